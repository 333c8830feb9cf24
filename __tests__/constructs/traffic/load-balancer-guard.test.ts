import { DataResource } from "cdktf";
import { LoadBalancerGuard } from "../../../src/constructs/traffic/load-balancer-guard";
import { clusterIn } from "../../support/constructs";
import { resource, stackFor, synth } from "../../support/stack";

function guard() {
  const stack = stackFor();
  const cluster = clusterIn(stack);
  new LoadBalancerGuard(stack, "guard", { cluster });
  return resource(synth(stack), DataResource);
}

describe("LoadBalancerGuard", () => {
  test("asks when it is destroyed, by what it was told when it was created", () => {
    expect(guard()).toEqual({
      input: { cluster: "${aws_eks_cluster.cluster_cluster.id}", region: "eu-west-1", vpc_id: "vpc-1" },
      provisioner: [
        {
          "local-exec": {
            when: "destroy",
            interpreter: ["sh", "-c"],
            command: expect.stringContaining("aws elbv2 describe-load-balancers"),
            environment: {
              CLUSTER: "${self.input.cluster}",
              REGION: "${self.input.region}",
              VPC_ID: "${self.input.vpc_id}",
            },
          },
        },
      ],
    });
  });

  test("has no ${ in its script, which Terraform would take for an expression", () => {
    expect(JSON.stringify(guard().provisioner)).not.toMatch(/\$\{(?!self\.input)/);
  });
});
