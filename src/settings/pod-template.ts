import * as v from "valibot";
import { FARGATE_CAPABILITIES } from "../model/capabilities";
import type { PodTemplate } from "../model/pod-template";
import { described, text } from "./pieces";

const texts = v.array(v.string());
const map = v.record(text, v.string());

const keyed = { items: v.exactOptional(map), optional: v.exactOptional(v.boolean()) };

const port = v.union([v.string(), v.number()]);

/** Way and times of a health check; that it is one way is a rule of the model. */
export const probe = v.strictObject({
  http: v.exactOptional(
    v.strictObject({
      port,
      path: v.exactOptional(text),
      scheme: v.exactOptional(v.picklist(["HTTP", "HTTPS"])),
    }),
  ),
  tcp: v.exactOptional(v.strictObject({ port })),
  exec: v.exactOptional(texts),
  initialDelaySeconds: v.exactOptional(described(v.number(), "Seconds before the first. Default: 0.")),
  periodSeconds: v.exactOptional(described(v.number(), "Seconds from one to the next. Default: 10.")),
  timeoutSeconds: v.exactOptional(
    described(v.number(), "Seconds after which one without an answer has failed. Default: 1; 5 for liveness in ECS."),
  ),
  failureThreshold: v.exactOptional(described(v.number(), "Failures after which it has failed. Default: 3.")),
  successThreshold: v.exactOptional(
    described(v.number(), "Successes after which it is well, of readiness. Default: 1."),
  ),
});

export const mounts = described(
  v.record(
    text,
    v.strictObject({
      volume: text,
      readOnly: v.exactOptional(v.boolean()),
      subPath: v.exactOptional(text),
    }),
  ),
  "Volumes by the path on which they are mounted.",
);

const container = v.strictObject({
  name: text,
  image: described(text, "With a tag or a digest."),
  command: v.exactOptional(described(texts, "Replaces the image's ENTRYPOINT.")),
  args: v.exactOptional(described(texts, "Replaces the image's CMD.")),
  workingDir: v.exactOptional(text),
  environment: v.exactOptional(described(map, "Variables by name. A value may refer to others as $(NAME).")),
  secrets: v.exactOptional(
    described(
      v.record(text, v.strictObject({ secretName: text, key: text })),
      "Variables by name, each with a key of a Kubernetes Secret.",
    ),
  ),
  podFields: v.exactOptional(described(map, "Variables by name, each with a field of the pod such as metadata.name.")),
  ports: v.exactOptional(
    described(
      v.record(
        text,
        v.union([
          v.number(),
          v.strictObject({ port: v.number(), protocol: v.exactOptional(v.picklist(["TCP", "UDP"])) }),
        ]),
      ),
      "Ports by name.",
    ),
  ),
  cpu: described(text, 'Request and limit, such as "250m".'),
  memory: described(text, 'Request and limit, such as "512Mi".'),
  ephemeralStorage: v.exactOptional(described(text, "Default: 20 GiB, shared by the pod's containers.")),
  liveness: v.exactOptional(probe),
  readiness: v.exactOptional(probe),
  startup: v.exactOptional(probe),
  preStop: v.exactOptional(described(texts, "Command that runs before the container is told to stop.")),
  mounts: v.exactOptional(mounts),
  user: v.exactOptional(
    described(v.number(), "Id of the user; 0 is root. Default: the image's, which must not be root."),
  ),
  group: v.exactOptional(v.number()),
  readOnlyRootFilesystem: v.exactOptional(described(v.boolean(), "Default: true.")),
  addCapabilities: v.exactOptional(v.array(v.picklist(FARGATE_CAPABILITIES))),
});

const projectedSource = v.strictObject({
  configMap: v.exactOptional(v.strictObject({ name: text, ...keyed })),
  secret: v.exactOptional(v.strictObject({ name: text, ...keyed })),
  downwardAPI: v.exactOptional(v.strictObject({ items: map })),
  serviceAccountToken: v.exactOptional(
    v.strictObject({
      path: text,
      audience: v.exactOptional(text),
      expirationSeconds: v.exactOptional(v.number()),
    }),
  ),
});

const volume = v.strictObject({
  emptyDir: v.exactOptional(
    v.strictObject({ sizeLimit: v.exactOptional(text), medium: v.exactOptional(v.picklist(["Memory"])) }),
  ),
  configMap: v.exactOptional(v.strictObject({ name: text, ...keyed })),
  secret: v.exactOptional(v.strictObject({ secretName: text, ...keyed })),
  downwardAPI: v.exactOptional(v.strictObject({ items: map })),
  projected: v.exactOptional(v.strictObject({ sources: v.array(projectedSource) })),
  persistentVolumeClaim: v.exactOptional(v.strictObject({ claimName: text, readOnly: v.exactOptional(v.boolean()) })),
});

/** The pods of a workload that the settings describe. */
export const podTemplateSchema = described(
  v.strictObject({
    containers: v.array(container),
    initContainers: v.exactOptional(v.array(container)),
    volumes: v.exactOptional(described(v.record(text, volume), "Volumes by name, each of one type.")),
    labels: v.exactOptional(map),
    annotations: v.exactOptional(map),
    serviceAccountName: v.exactOptional(text),
    automountServiceAccountToken: v.exactOptional(
      described(v.boolean(), "Whether containers get a token for the Kubernetes API. Default: false."),
    ),
    fsGroup: v.exactOptional(v.number()),
    terminationGracePeriodSeconds: v.exactOptional(v.number()),
  }),
  "The pods: requests are limits, and nothing runs as root unless it says so.",
);

/** The same as the model has it. That probes and volumes are of one type each is a rule of the model. */
export function podTemplateOf(settings: v.InferOutput<typeof podTemplateSchema>): PodTemplate {
  return settings as PodTemplate;
}
