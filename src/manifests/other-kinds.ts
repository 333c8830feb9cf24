import * as v from "valibot";
import type {
  DisruptionBudget,
  Ingress,
  KubernetesObject,
  PersistentVolume,
  PersistentVolumeClaim,
  PodIdentityAssociation,
  Service,
  ServiceAccount,
  StorageClass,
} from "../model/inventory";
import { compareText } from "../model/order";
import { type Identity, readIdentity } from "./identity";
import type { RawObject } from "./objects";
import {
  type Checked,
  check,
  count,
  defined,
  list,
  mapping,
  name,
  openMapping,
  optional,
  problemsIn,
  text,
  texts,
} from "./schema";

/** Objects that are no workloads but decide whether and how workloads run. */
export interface OtherObjects {
  services: Service[];
  ingresses: Ingress[];
  claims: PersistentVolumeClaim[];
  volumes: PersistentVolume[];
  storageClasses: StorageClass[];
  disruptionBudgets: DisruptionBudget[];
  podIdentities: PodIdentityAssociation[];
  serviceAccounts: ServiceAccount[];
}

export function noOtherObjects(): OtherObjects {
  return {
    services: [],
    ingresses: [],
    claims: [],
    volumes: [],
    storageClasses: [],
    disruptionBudgets: [],
    podIdentities: [],
    serviceAccounts: [],
  };
}

/** Each list by namespace, then name. */
export function sortOtherObjects(objects: OtherObjects): OtherObjects {
  const lists: Named[][] = Object.values(objects);
  for (const each of lists) {
    each.sort((a, b) => compareText(a.namespace ?? "", b.namespace ?? "") || compareText(a.name, b.name));
  }
  return objects;
}

type Named = { readonly namespace?: string; readonly name: string };

/** Adds what an object says; gives back what is wrong with it. */
type OtherReader = (object: RawObject, namespace: string, into: OtherObjects) => Checked<undefined>;

function reader<S extends v.GenericSchema>(
  schema: S,
  add: (value: v.InferOutput<S>, object: KubernetesObject, identity: Identity, into: OtherObjects) => void,
): OtherReader {
  return (object, namespace, into) => {
    const identity = readIdentity(object, namespace);
    const checked = check(schema, object.value);
    if ("problems" in identity || "problems" in checked) {
      return { problems: problemsIn(identity, checked) };
    }
    const { namespace: own, name: called } = identity.value;
    add(checked.value, { namespace: own, name: called, source: object.source }, identity.value, into);
    return { value: undefined };
  };
}

const service = reader(
  mapping({
    spec: optional(mapping({ type: optional(text), selector: optional(texts), loadBalancerClass: optional(text) })),
  }),
  ({ spec }, object, { metadata }, into) => {
    into.services.push({
      ...object,
      type: spec?.type || "ClusterIP",
      selector: spec?.selector ?? {},
      annotations: metadata.annotations ?? {},
      ...defined({ loadBalancerClass: spec?.loadBalancerClass }),
    });
  },
);

/** The service of a backend as `networking.k8s.io/v1` writes it, and as the versions before did. */
const backend = mapping({ service: optional(mapping({ name })), serviceName: optional(text) });

const ingress = reader(
  mapping({
    spec: optional(
      mapping({
        ingressClassName: optional(text),
        defaultBackend: optional(backend),
        backend: optional(backend),
        rules: optional(
          list(mapping({ http: optional(mapping({ paths: list(mapping({ backend: optional(backend) })) })) })),
        ),
      }),
    ),
  }),
  ({ spec }, object, { metadata }, into) => {
    const paths = (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
    const backends = [spec?.defaultBackend, spec?.backend, ...paths.map((path) => path.backend)];
    const names = backends.flatMap((each) => each?.service?.name ?? each?.serviceName ?? []);
    into.ingresses.push({
      ...object,
      annotations: metadata.annotations ?? {},
      services: [...new Set(names)].sort(),
      ...defined({ ingressClassName: spec?.ingressClassName }),
    });
  },
);

const claim = reader(
  mapping({ spec: optional(mapping({ storageClassName: optional(text), volumeName: optional(text) })) }),
  ({ spec }, object, _identity, into) => {
    into.claims.push({
      ...object,
      ...defined({ storageClassName: spec?.storageClassName, volumeName: spec?.volumeName }),
    });
  },
);

/** What a volume's specification has apart from its source. Source: Kubernetes API reference, PersistentVolumeSpec. */
const NO_SOURCE: ReadonlySet<string> = new Set([
  "accessModes",
  "capacity",
  "claimRef",
  "mountOptions",
  "nodeAffinity",
  "persistentVolumeReclaimPolicy",
  "storageClassName",
  "volumeAttributesClassName",
  "volumeMode",
]);

const volume = reader(
  mapping({
    spec: openMapping({
      storageClassName: optional(text),
      claimRef: optional(mapping({ name, namespace: optional(text) })),
      csi: optional(mapping({ driver: name })),
    }),
  }),
  ({ spec }, { name: called, source, namespace }, _identity, into) => {
    const { claimRef, csi, storageClassName } = spec;
    const key = Object.keys(defined(spec)).find((each) => !NO_SOURCE.has(each));
    into.volumes.push({
      name: called,
      source,
      driver: csi?.driver ?? key ?? "",
      ...defined({
        storageClassName,
        claim: claimRef ? { namespace: claimRef.namespace || namespace, name: claimRef.name } : undefined,
      }),
    });
  },
);

const storageClass = reader(
  mapping({ provisioner: name }),
  ({ provisioner }, { name: called, source }, _identity, into) => {
    into.storageClasses.push({ name: called, source, provisioner });
  },
);

const countOrPercent = optional(v.union([count, text]));

const disruptionBudget = reader(
  mapping({
    spec: optional(
      mapping({
        selector: optional(mapping({ matchLabels: optional(texts), matchExpressions: optional(list(mapping({}))) })),
        minAvailable: countOrPercent,
        maxUnavailable: countOrPercent,
      }),
    ),
  }),
  ({ spec }, object, _identity, into) => {
    const { matchLabels, matchExpressions } = spec?.selector ?? {};
    // Without a selector it takes no pods, and of one of expressions alone nothing is known: not that it takes all.
    if (!spec?.selector || (!matchLabels && (matchExpressions ?? []).length > 0)) {
      return;
    }
    into.disruptionBudgets.push({
      ...object,
      selector: matchLabels ?? {},
      ...defined({ minAvailable: spec.minAvailable, maxUnavailable: spec.maxUnavailable }),
    });
  },
);

const podIdentity = reader(
  mapping({ spec: mapping({ namespace: name, serviceAccount: name }) }),
  ({ spec }, object, _identity, into) => {
    into.podIdentities.push({ ...object, namespace: spec.namespace, serviceAccount: spec.serviceAccount });
  },
);

const serviceAccount = reader(mapping({}), (_value, object, { metadata }, into) => {
  into.serviceAccounts.push({ ...object, annotations: metadata.annotations ?? {} });
});

/** The kinds that decide whether and how workloads run, by API group and kind. */
export const OTHER_KINDS: ReadonlyMap<string, OtherReader> = new Map([
  ["/Service", service],
  ["/PersistentVolumeClaim", claim],
  ["/PersistentVolume", volume],
  ["/ServiceAccount", serviceAccount],
  ["networking.k8s.io/Ingress", ingress],
  ["storage.k8s.io/StorageClass", storageClass],
  ["policy/PodDisruptionBudget", disruptionBudget],
  ["eks.services.k8s.aws/PodIdentityAssociation", podIdentity],
]);
