import { ADD_ON_PODS } from "./add-on-pods";
import type { NlbServiceSpec } from "./nlb-service";
import { quoteAll } from "./problem";

/**
 * What upstream says of the project's future.
 *
 * As of 2026-11-21. Sources: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/ and README.md of
 * kubernetes/ingress-nginx at dbb11b92 (2026-03-20).
 */
const LAST_RELEASE = "2026-03-19";

/** Kubernetes versions with which the last release was tested. */
const TESTED_VERSIONS = ["1.31", "1.32", "1.33", "1.34", "1.35"];

export const NGINX_RETIRED_WARNING = `ingress-nginx has ended: nobody mends it since its last release of ${LAST_RELEASE}, not even where it is not safe; use Ingresses of the AWS Load Balancer Controller, or say that you know with 'retirementAccepted'`;

/**
 * Why the last release may not work on the Kubernetes version, or `undefined`.
 *
 * @param kubernetesVersion such as `1.36`
 */
export function nginxVersionWarning(kubernetesVersion: string): string | undefined {
  return TESTED_VERSIONS.includes(kubernetesVersion)
    ? undefined
    : `the last release of ingress-nginx was tested with Kubernetes ${quoteAll(TESTED_VERSIONS)} and not with "${kubernetesVersion}"`;
}

/** What may be chosen about the load balancer in front of nginx. */
export type NginxServiceOptions = Pick<
  NlbServiceSpec,
  "scheme" | "certificateArns" | "sslPolicy" | "preserveClientIp" | "inboundCidrs" | "subnetIds" | "annotations"
>;

/** The Service of the chart, as one of ours: with certificates, the load balancer ends TLS. */
export function nginxService(options: NginxServiceOptions): NlbServiceSpec {
  const { certificateArns = [] } = options;
  return {
    ...options,
    namespace: ADD_ON_PODS.ingressNginx.namespace,
    name: "ingress-nginx-controller",
    selector: ADD_ON_PODS.ingressNginx.labels,
    ports: {
      http: { port: 80, targetPort: "http" },
      https:
        certificateArns.length === 0
          ? { port: 443, targetPort: "https" }
          : { port: 443, targetPort: "http", tls: true },
    },
  };
}
