import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { NodeRole, type NodeRoleProps } from "../../../src/constructs/nodes/node-role";
import { importedClusterIn } from "../../support/constructs";
import { PARTITIONS, refusal, resource, resources, stackFor, statements, synth } from "../../support/stack";

function build(props: Partial<NodeRoleProps> = {}, region = "eu-west-1") {
  const stack = stackFor(region);
  const role = new NodeRole(stack, "node-role", { cluster: importedClusterIn(stack), ...props });
  return { role, text: synth(stack) };
}

const policies = (text: string) =>
  Object.values(resources(text, IamRolePolicyAttachment)).map(({ policy_arn: arn }) => arn);

describe("NodeRole", () => {
  test("joins the cluster and pulls images, and may not change network interfaces", () => {
    const { text } = build();
    expect(resource(text, IamRole)).toMatchObject({
      name: "platform-nodes",
      description: "Nodes of EKS cluster platform",
    });
    expect(policies(text)).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
  });

  test("lets people in through Systems Manager where that is asked for", () => {
    expect(policies(build({ sessionManager: true }).text)).toContain(
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    );
  });

  test("is another one for Windows", () => {
    const { role, text } = build({ windows: true });
    expect(role.windows).toBe(true);
    expect(resource(text, IamRole)).toMatchObject({
      name: "platform-nodes-windows",
      description: "Windows nodes of EKS cluster platform",
    });
  });

  test("has a name of one's own where one is given", () => {
    const { role, text } = build({ roleName: "mine" });
    expect(role.roleName).toBe("mine");
    expect(resource(text, IamRole).name).toBe("mine");
  });

  test.each(PARTITIONS)("is for instances of EC2 in $partition", ({ region, partition, dnsSuffix }) => {
    const { text } = build({}, region);
    expect(statements(resource(text, IamRole).assume_role_policy)).toEqual([
      { Effect: "Allow", Principal: { Service: `ec2.${dnsSuffix}` }, Action: "sts:AssumeRole" },
    ]);
    expect(policies(text)).toContain(`arn:${partition}:iam::aws:policy/AmazonEKSWorkerNodePolicy`);
  });

  test("is refused with a name that IAM refuses", () => {
    expect(refusal(() => build({ roleName: "a b" }))).toBe(
      `[test/node-role] the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "a b" (3); give a shorter 'roleName'`,
    );
  });
});
