import { type NamedThing, nameProblem, names } from "../../src/model/names";

describe("names", () => {
  test("names in AWS begin with the cluster's or the VPC's", () => {
    expect(names.clusterRole("c")).toBe("c-cluster");
    expect(names.clusterKey("c")).toBe("c-eks");
    expect(names.fargateProfile("c", "web")).toBe("c-fargate-web");
    expect(names.sharedPodExecutionRole("c")).toBe("c-pod-execution");
    expect(names.podExecutionRole("c", "web")).toBe("c-fargate-web");
    expect(names.irsaRole("c", "uploads")).toBe("c-irsa-uploads");
    expect(names.albControllerRole("c")).toBe("c-irsa");
    expect(names.subnet("v", "private", "eu-west-1a")).toBe("v-private-eu-west-1a");
    expect(names.natGateway("v", "eu-west-1a")).toBe("v-nat-eu-west-1a");
    expect(names.flowLogs("v")).toBe("v-flow-logs");
    expect(names.vpcEndpoint("v", "ecr.api")).toBe("v-ecr.api");
    expect(names.endpointSecurityGroup("v")).toBe("v-vpc-endpoints");
  });

  test("the control plane logs to the one group that EKS writes to", () => {
    expect(names.controlPlaneLogGroup("c")).toBe("/aws/eks/c/cluster");
    expect(names.flowLogGroup("v")).toBe("/aws/vpc/v/flow-logs");
  });

  test("the policy of the load balancer controller is named as AWS's guide names it", () => {
    expect(names.albControllerPolicy()).toBe("ALBIngressControllerIAMPolicy");
  });
});

describe("nameProblem", () => {
  const longest: [NamedThing, number, string][] = [
    ["cluster", 100, "EKS cluster"],
    ["role", 64, "IAM role"],
    ["policy", 128, "IAM policy"],
  ];

  test.each(longest)("a %s has a name of 1 to %d characters", (thing, max, what) => {
    expect(nameProblem(thing, "a", "choose another")).toBeUndefined();
    expect(nameProblem(thing, "a".repeat(max), "choose another")).toBeUndefined();
    expect(nameProblem(thing, "a".repeat(max + 1), "choose another")).toMatch(
      new RegExp(`^the name of an ${what} must be 1 to ${max} characters .* \\(${max + 1}\\); choose another$`),
    );
    expect(nameProblem(thing, "", "choose another")).toMatch(/got "" \(0\); choose another$/);
  });

  test("a refused name is shown with its length, the rule and the fix", () => {
    expect(nameProblem("cluster", "my cluster", "choose another")).toBe(
      'the name of an EKS cluster must be 1 to 100 characters (letters, digits, "-" and "_", beginning with a letter or digit), got "my cluster" (10); choose another',
    );
  });

  test.each(["0", "a-b_c", "A"])("%j may name a cluster", (name) => {
    expect(nameProblem("cluster", name, "")).toBeUndefined();
  });

  test.each(["-a", "_a", "a.b", "a/b", "ä", "a\n"])("%j may not name a cluster", (name) => {
    expect(nameProblem("cluster", name, "")).toBeDefined();
  });

  test.each(["role", "policy"] as const)("a %s may be named with +=,.@-_ and nothing more", (thing) => {
    expect(nameProblem(thing, "-a+=,.@_", "")).toBeUndefined();
    for (const name of ["a b", "a/b", "a:b", "ä", "a\n"]) {
      expect(nameProblem(thing, name, "")).toMatch(/\(letters, digits and "\+=,\.@-_"\)/);
    }
  });
});
