import { type PodTemplate, podLabels } from "../../model/pod-template";
import { containerManifest, present, sorted } from "./container-manifest";
import type { Manifest } from "./terraform-block";
import { volumeManifest } from "./volume-manifest";

/**
 * A pod template as a Kubernetes manifest has it, as restricted as Kubernetes' Pod Security Standards ask for: nothing
 * runs as root, gains privileges, has capabilities or writes to its image, unless the template says so.
 *
 * @param name of the workload
 * @param restartPolicy of the pods, where it is not `Always`
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podTemplateManifest(
  name: string,
  template: PodTemplate,
  restartPolicy?: "Never" | "OnFailure",
): Manifest {
  const { containers, initContainers = [], volumes = {}, annotations = {} } = template;
  return {
    metadata: {
      labels: Object.fromEntries(sorted(podLabels(name, template))),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: Object.fromEntries(sorted(annotations)) }),
    },
    spec: present({
      serviceAccountName: template.serviceAccountName,
      automountServiceAccountToken: template.automountServiceAccountToken ?? false,
      restartPolicy,
      terminationGracePeriodSeconds: template.terminationGracePeriodSeconds,
      securityContext: securityContext(template),
      initContainers: initContainers.map(containerManifest),
      containers: containers.map(containerManifest),
      volumes: sorted(volumes).map(volumeManifest),
    }),
  };
}

function securityContext({ containers, initContainers = [], fsGroup }: PodTemplate): Manifest {
  const root = [...containers, ...initContainers].some(({ user }) => user === 0);
  return present({ runAsNonRoot: !root, fsGroup, seccompProfile: { type: "RuntimeDefault" } });
}
