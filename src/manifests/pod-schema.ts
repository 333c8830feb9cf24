import type * as v from "valibot";
import {
  count,
  flag,
  integer,
  list,
  mapping,
  name,
  named,
  openMapping,
  optional,
  quantity,
  text,
  texts,
} from "./schema";

/*
 * The part of the Kubernetes API that decides where pods run and what they cost, as manifests write it.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */

/** What every object says of itself, as far as it matters here. */
export const metadataSchema = mapping({
  name: optional(text),
  generateName: optional(text),
  namespace: optional(text),
  labels: optional(texts),
  annotations: optional(texts),
  ownerReferences: optional(
    list(mapping({ apiVersion: optional(text), kind: name, name, controller: optional(flag), uid: optional(text) })),
  ),
});

const resourcesSchema = mapping({
  requests: optional(named(optional(quantity))),
  limits: optional(named(optional(quantity))),
});

const windowsOptions = mapping({ hostProcess: optional(flag) });

const containerSchema = mapping({
  name: optional(text),
  image: optional(text),
  command: optional(list(text)),
  args: optional(list(text)),
  env: optional(list(mapping({ name, value: optional(text) }))),
  ports: optional(
    list(
      mapping({
        name: optional(text),
        containerPort: optional(integer),
        hostPort: optional(integer),
        hostIP: optional(text),
      }),
    ),
  ),
  resources: optional(resourcesSchema),
  restartPolicy: optional(text),
  securityContext: optional(
    mapping({
      privileged: optional(flag),
      allowPrivilegeEscalation: optional(flag),
      capabilities: optional(mapping({ add: optional(list(text)) })),
      windowsOptions: optional(windowsOptions),
    }),
  ),
  volumeMounts: optional(list(mapping({ name, mountPath: name }))),
  volumeDevices: optional(list(mapping({ name }))),
});

const nodeTerm = mapping({
  matchExpressions: optional(list(mapping({ key: name, operator: name, values: optional(list(text)) }))),
  matchFields: optional(list(mapping({ key: name, operator: name, values: optional(list(text)) }))),
});

const podTerms = mapping({
  requiredDuringSchedulingIgnoredDuringExecution: optional(list(mapping({ topologyKey: name }))),
});

export const podSpecSchema = mapping({
  containers: list(containerSchema),
  initContainers: optional(list(containerSchema)),
  volumes: optional(
    list(
      openMapping({
        name,
        persistentVolumeClaim: optional(mapping({ claimName: name })),
        csi: optional(mapping({ driver: name })),
      }),
    ),
  ),
  nodeSelector: optional(texts),
  nodeName: optional(text),
  affinity: optional(
    mapping({
      nodeAffinity: optional(
        mapping({
          requiredDuringSchedulingIgnoredDuringExecution: optional(mapping({ nodeSelectorTerms: list(nodeTerm) })),
          preferredDuringSchedulingIgnoredDuringExecution: optional(list(mapping({ preference: nodeTerm }))),
        }),
      ),
      podAffinity: optional(podTerms),
      podAntiAffinity: optional(podTerms),
    }),
  ),
  topologySpreadConstraints: optional(list(mapping({ topologyKey: name, whenUnsatisfiable: name }))),
  hostNetwork: optional(flag),
  hostPID: optional(flag),
  hostIPC: optional(flag),
  schedulerName: optional(text),
  runtimeClassName: optional(text),
  serviceAccountName: optional(text),
  serviceAccount: optional(text),
  os: optional(mapping({ name })),
  resources: optional(resourcesSchema),
  securityContext: optional(mapping({ windowsOptions: optional(windowsOptions) })),
  activeDeadlineSeconds: optional(count),
  restartPolicy: optional(text),
});

export const podTemplateSchema = mapping({ metadata: optional(metadataSchema), spec: podSpecSchema });

export type PodSpecInput = v.InferOutput<typeof podSpecSchema>;
export type ContainerInput = v.InferOutput<typeof containerSchema>;
export type ResourcesInput = v.InferOutput<typeof resourcesSchema>;
export type PodTemplateInput = v.InferOutput<typeof podTemplateSchema>;
export type MetadataInput = v.InferOutput<typeof metadataSchema>;
