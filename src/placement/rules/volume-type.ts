import { ownValue } from "../../model/own-value";
import type { Volume } from "../../model/pod";
import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { report } from "./support/sources";

const ALLOWED = new Set([
  "configMap",
  "downwardAPI",
  "emptyDir",
  "nfs",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

/** What serves instead, by type. */
const INSTEAD: Readonly<Record<string, string>> = {
  awsElasticBlockStore: "keep the data in EFS, on a static PersistentVolume",
  csi: "remove the volume; read secrets with an operator that copies them into Kubernetes Secrets",
  ephemeral: "use 'emptyDir', and request 'ephemeral-storage' for more than 20 GiB",
  hostPath: "use 'emptyDir' for scratch space, or EFS for data that outlives the pod",
};

export const volumeType: Rule = {
  id: "volume-type",
  severity: "error",
  title: "Volumes are of a type that Fargate mounts",
  reason: `Fargate mounts only ${[...ALLOWED].join(", ")}, and refuses the pod with "volumes not supported"`,
  fix: "use 'emptyDir' for scratch space, or EFS for data that outlives the pod",
  source: report("cert-manager/website", 324),
  check: ({ pod, podPath }) =>
    pod.volumes.flatMap((volume, index) =>
      ALLOWED.has(volume.type)
        ? []
        : [
            {
              at: [...podPath, "volumes", index],
              message: `volume ${quote(volume.name)} is of type '${volume.type}'${describeDriver(volume)}`,
              ...fixOf(volume),
            },
          ],
    ),
};

function describeDriver({ driver }: Volume): string {
  return driver === undefined ? "" : ` with driver ${quote(driver)}`;
}

function fixOf({ type }: Volume): { fix?: string } {
  const fix = ownValue(INSTEAD, type);
  return fix === undefined ? {} : { fix };
}
