import * as v from "valibot";
import { albIdentityProblems, ingressClassProblems } from "../../model/alb-controller";
import { SCHEMES } from "../../model/load-balancing";
import { nameProblem, names } from "../../model/names";
import { type Problem, problemAt, under } from "../../model/problem";
import { replicasProblems } from "../../model/replicas";
import { chart, described, image, replicas, text } from "../pieces";
import type { Settings } from "../schema";

const ingressClass = v.strictObject({
  default: v.exactOptional(described(v.boolean(), "Class of Ingresses that name none. Default: false.")),
  scheme: v.exactOptional(described(v.picklist(SCHEMES), "Of all load balancers. Default: each Ingress's own.")),
  group: v.exactOptional(described(text, "Group whose Ingresses share a load balancer. Default: each Ingress's own.")),
});

export const albControllerSchema = described(
  v.strictObject({
    replicas: v.exactOptional(replicas),
    ingressClass: v.exactOptional(described(ingressClass, 'Class "alb".')),
    waf: v.exactOptional(described(v.boolean(), "Whether Ingresses may have a web ACL. Default: true with NAT.")),
    shield: v.exactOptional(described(v.boolean(), "AWS Shield Advanced. Default: false.")),
    guard: v.exactOptional(
      described(v.boolean(), "Whether destroying is refused while load balancers are left. Default: true."),
    ),
    roleArn: v.exactOptional(
      described(text, "IAM role of somebody else's. Default: that of the top-level 'albController', or a new one."),
    ),
    roleName: v.exactOptional(described(text, "Of the new role. Default: <name>-irsa.")),
    policyName: v.exactOptional(described(text, "Of the new role's policy. Default: ALBIngressControllerIAMPolicy.")),
    serviceAccount: v.exactOptional(described(text, "Default: aws-load-balancer-controller.")),
    chart: v.exactOptional(chart),
    image: v.exactOptional(image),
  }),
  "AWS Load Balancer Controller; {} for the defaults.",
);

/** What is wrong with the controller. */
export function albControllerProblems({ name, albController: inCluster, inCluster: all }: Settings): Problem[] {
  const options = all?.albController;
  if (options === undefined) {
    return [];
  }
  const { roleArn, roleName = names.albControllerRole(name), policyName = names.albControllerPolicy() } = options;
  return [
    ...replicasProblems(options.replicas ?? 1),
    ...albIdentityProblems(options),
    ...under("ingressClass", ingressClassProblems(options.ingressClass ?? {})),
    ...(roleArn === undefined && inCluster === undefined
      ? [
          ...problemAt(["roleName"], nameProblem("role", roleName, "set another 'roleName'")),
          ...problemAt(["policyName"], nameProblem("policy", policyName, "set another 'policyName'")),
        ]
      : []),
    ...(inCluster === undefined ? [] : sharedRoleProblems(inCluster, options)),
  ];
}

type ClusterSide = NonNullable<Settings["albController"]>;
type Options = v.InferOutput<typeof albControllerSchema>;

/** The role of the cluster's stack trusts one service account, which must be that of the controller. */
function sharedRoleProblems({ namespace = "kube-system" }: ClusterSide, options: Options): Problem[] {
  const own = (["roleArn", "roleName", "policyName", "serviceAccount"] as const).filter(
    (property) => options[property] !== undefined,
  );
  return [
    ...own.flatMap((property) =>
      problemAt(
        [property],
        `'${property}' is that of the top-level 'albController' already, whose role the controller takes; set it there, or remove 'albController' there`,
      ),
    ),
    ...(namespace === "kube-system"
      ? []
      : problemAt(
          [],
          `the controller runs in namespace "kube-system", and the role of the top-level 'albController' is for "${namespace}"; remove 'namespace' there`,
        )),
  ];
}
