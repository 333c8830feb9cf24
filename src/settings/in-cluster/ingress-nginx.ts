import * as v from "valibot";
import { nginxService } from "../../model/ingress-nginx";
import { SCHEMES } from "../../model/load-balancing";
import { nlbServiceProblems } from "../../model/nlb-service";
import type { Problem } from "../../model/problem";
import { replicasProblems } from "../../model/replicas";
import { chart, described, image, names, replicas, text } from "../pieces";
import type { Settings } from "../schema";
import { allCertificates, isKnownNow, LATER, loadBalancerProblems } from "./ingresses";

export const ingressNginxSchema = described(
  v.strictObject({
    retirementAccepted: v.exactOptional(
      described(
        v.boolean(),
        "Says that you know of the end of ingress-nginx; else there is a warning. Default: false.",
      ),
    ),
    replicas: v.exactOptional(replicas),
    scheme: v.exactOptional(described(v.picklist(SCHEMES), "Default: internal.")),
    certificates: v.exactOptional(
      described(names, "Keys of 'certificates', with which the load balancer ends TLS. Default: none."),
    ),
    certificateArns: v.exactOptional(described(names, "Certificates of somebody else's. Default: none.")),
    sslPolicy: v.exactOptional(text),
    preserveClientIp: v.exactOptional(v.boolean()),
    inboundCidrs: v.exactOptional(described(names, "Networks that may connect. Default: all.")),
    subnetIds: v.exactOptional(names),
    annotations: v.exactOptional(v.record(text, v.string())),
    config: v.exactOptional(described(v.record(text, v.string()), "Further settings of nginx.")),
    chart: v.exactOptional(chart),
    image: v.exactOptional(image),
  }),
  "ingress-nginx behind a Network Load Balancer. The project has ended; {} for the defaults.",
);

/** What is wrong with ingress-nginx. */
export function ingressNginxProblems(settings: Settings): Problem[] {
  const options = settings.inCluster?.ingressNginx;
  return options === undefined
    ? []
    : [
        ...replicasProblems(options.replicas ?? 1),
        ...nlbServiceProblems(nginxService({ ...options, ...allCertificates(options, () => LATER) }), isKnownNow),
        ...loadBalancerProblems(settings, options),
      ];
}
