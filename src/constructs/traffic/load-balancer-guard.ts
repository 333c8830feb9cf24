import { type ITerraformDependable, TerraformResource, type TerraformResourceConfig } from "cdktf";
import { Construct } from "constructs";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";

/** What a `LoadBalancerGuard` is told. */
export interface LoadBalancerGuardProps {
  readonly cluster: IEksCluster;
  /** What must outlive the load balancers, such as their controller. @default - nothing but the cluster */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Fails when load balancers are left in the VPC that carry the tag of the AWS Load Balancer Controller for the cluster.
 * It asks AWS and not Kubernetes, so that it sees what is left whatever object it came from.
 *
 * Source of the tags: kubernetes-sigs/aws-load-balancer-controller, pkg/deploy/tracking/provider.go at v3.5.0.
 */
const SCRIPT = `
set -eu
arns=$(aws elbv2 describe-load-balancers --region "$REGION" --output text \\
  --query "LoadBalancers[?VpcId=='$VPC_ID'].LoadBalancerArn")
[ -n "$arns" ] || exit 0
left=$(printf '%s\\n' $arns | xargs -n 20 aws elbv2 describe-tags --region "$REGION" --output text \\
  --query "TagDescriptions[?Tags[?Key=='elbv2.k8s.aws/cluster' && Value=='$CLUSTER']].[ResourceArn, join(' ', Tags[?Key=='ingress.k8s.aws/stack' || Key=='service.k8s.aws/stack'].Value)]" \\
  --resource-arns)
[ -n "$left" ] || exit 0
echo "load balancers of EKS cluster $CLUSTER are left, which nobody would delete once their controller is gone:" >&2
echo "$left" >&2
echo "delete the Ingress or Service that stands behind each (kubectl delete), and then destroy again" >&2
exit 1
`.trim();

/**
 * Keeps Terraform from destroying what load balancers need to be deleted while some are left that it does not know, such
 * as those of an Ingress that somebody made with kubectl. It runs the `aws` program where Terraform runs.
 *
 * Terraform forgets the guard when it is taken out of the app, so destroy it with what it guards.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax#destroy-time-provisioners
 * @example
 * new LoadBalancerGuard(this, "load-balancer-guard", { cluster });
 */
export class LoadBalancerGuard extends Construct {
  /** What makes load balancers waits for it, and so is destroyed before it is asked. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { cluster, dependsOn = [] }: LoadBalancerGuardProps) {
    super(scope, id);
    this.ready = new TerraformData(this, "guard", {
      input: { cluster: cluster.clusterId, region: AwsEnvironment.of(this).region, vpc_id: cluster.vpc.vpcId },
      provisioners: [
        {
          type: "local-exec",
          when: "destroy",
          interpreter: ["sh", "-c"],
          command: SCRIPT,
          // When it is destroyed, Terraform knows nothing but the guard itself.
          environment: {
            CLUSTER: "${self.input.cluster}",
            REGION: "${self.input.region}",
            VPC_ID: "${self.input.vpc_id}",
          },
        },
      ],
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}

interface TerraformDataProps extends Omit<TerraformResourceConfig, "terraformResourceType"> {
  readonly input: Readonly<Record<string, string>>;
}

/** cdktf's own class asks Terraform for its version at synth, where Node has to be enough. */
class TerraformData extends TerraformResource {
  private readonly input: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { input, ...config }: TerraformDataProps) {
    super(scope, id, { terraformResourceType: "terraform_data", ...config });
    this.input = input;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input };
  }
}
