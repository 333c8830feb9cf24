import type { DownwardApiVolume, PodVolume, ProjectedSource, VolumeItems } from "../../model/pod-volume";
import { Memory } from "../../units/memory";
import { parseQuantity } from "../../units/quantity";
import { present, sorted } from "./container-manifest";
import type { Manifest } from "./terraform-block";

/** A volume as a Kubernetes manifest has it. */
export function volumeManifest([name, volume]: [string, PodVolume]): Manifest {
  return { name, ...sourceManifest(volume) };
}

function sourceManifest(volume: PodVolume): Manifest {
  if ("emptyDir" in volume) {
    const { sizeLimit, medium } = volume.emptyDir;
    return { emptyDir: present({ medium, sizeLimit: canonical(sizeLimit) }) };
  }
  if ("configMap" in volume) {
    return { configMap: keysManifest(volume.configMap) };
  }
  if ("secret" in volume) {
    return { secret: keysManifest(volume.secret) };
  }
  if ("downwardAPI" in volume) {
    return { downwardAPI: fieldsManifest(volume.downwardAPI) };
  }
  if ("projected" in volume) {
    return { projected: { sources: volume.projected.sources.map(projectedManifest) } };
  }
  return { persistentVolumeClaim: { ...volume.persistentVolumeClaim } };
}

function projectedManifest(source: ProjectedSource): Manifest {
  if ("serviceAccountToken" in source) {
    return { serviceAccountToken: { ...source.serviceAccountToken } };
  }
  if ("downwardAPI" in source) {
    return { downwardAPI: fieldsManifest(source.downwardAPI) };
  }
  return "configMap" in source
    ? { configMap: keysManifest(source.configMap) }
    : { secret: keysManifest(source.secret) };
}

/** What names an object, and which of its keys become files. */
function keysManifest({ items = {}, ...source }: { readonly items?: VolumeItems }): Manifest {
  return present({ ...source, items: sorted(items).map(([path, key]) => ({ key, path })) });
}

function fieldsManifest({ items }: DownwardApiVolume): Manifest {
  return { items: sorted(items).map(([path, fieldPath]) => ({ path, fieldRef: { fieldPath } })) };
}

/** A quantity in Kubernetes' own spelling. */
function canonical(quantity: string | undefined): string | undefined {
  const bytes = quantity === undefined ? undefined : parseQuantity(quantity, 0);
  return bytes === undefined ? undefined : Memory.ofBytes(bytes).toString();
}
