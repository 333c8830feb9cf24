import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const ZONES = "  zones: [eu-west-1a, eu-west-1b]\n";

const settings = (cluster: string, network = ZONES) =>
  parseEcsSettings(`name: shop\nregion: eu-west-1\nnetwork:\n${network}ecs:\n  cluster:\n    ${cluster}\n`, "ecs.yaml");

const problems = (cluster: string, network?: string) => problemsOf(() => settings(cluster, network));

const group = (more: string) => `autoScalingGroups: { web: { instanceTypes: [m7g.large], maxSize: 3${more} } }`;

describe("the cluster in the settings", () => {
  test("needs nothing said", () => {
    expect(settings("{}").ecs.cluster).toEqual({});
  });

  test("may be told that nobody opens a shell and nothing is counted", () => {
    expect(settings("{ exec: false, containerInsights: false }").ecs.cluster).toEqual({
      exec: false,
      containerInsights: false,
    });
  });

  test("is told what is wrong where it stands", () => {
    expect(problems("exec: { retentionInDays: 2 }")).toEqual([
      expect.stringMatching(/line 7, ecs\.cluster\.exec\.retentionInDays.*'retentionInDays' must be one of/),
    ]);
    expect(problems("defaultCapacity: { FARGATE: { weight: 0 } }")).toEqual([
      expect.stringMatching(/ecs\.cluster\.defaultCapacity.*a 'weight' above 0/),
    ]);
    expect(problems(group(", minSize: 4"))).toEqual([
      expect.stringMatching(/ecs\.cluster\.autoScalingGroups\.web\.minSize.*must be at most 'maxSize' 3, got 4/),
    ]);
    expect(problems("externalInstances: { registrationLimit: 0 }")).toEqual([
      expect.stringMatching(/ecs\.cluster\.externalInstances\.registrationLimit/),
    ]);
  });

  test("runs tasks on its groups by the names of their capacity providers", () => {
    expect(settings(`${group("")}\n    defaultCapacity: { shop-web: {} }`)).toBeDefined();
    expect(problems(`${group("")}\n    defaultCapacity: { web: {} }`)).toEqual([
      expect.stringContaining(`it has "FARGATE", "FARGATE_SPOT", "shop-web"`),
    ]);
  });

  test("has instances in zones of the VPC", () => {
    expect(settings(group(", zones: [eu-west-1b]"))).toBeDefined();
    expect(problems(group(", zones: [eu-west-1c]"))).toEqual([
      expect.stringMatching(/autoScalingGroups\.web\.zones.*'zones' names "eu-west-1c"/),
    ]);
  });

  test("has endpoints for the agent of its instances where there is no NAT gateway", () => {
    const without = `${ZONES}  nat: none\n  interfaceEndpoints: `;
    expect(settings("{}", `${without}true\n`)).toBeDefined();
    expect(problems(group(""), `${without}true\n`)).toEqual([
      expect.stringMatching(/ecs\.cluster\.autoScalingGroups.*has none for "ec2", "ecs", "ecs-agent", "ecs-telemetry"/),
    ]);
    const agent = `${without}[ecr.api, ecr.dkr, ecs, ecs-agent, ecs-telemetry, logs]\n`;
    expect(problems(group(""), agent)).toEqual([expect.stringContaining('has none for "ec2"; set it to')]);
    expect(settings(group(", os: bottlerocket"), agent)).toBeDefined();
    expect(settings(group(""), agent.replace("ecs,", "ec2, ecs,"))).toBeDefined();
    expect(settings(group(""), `${ZONES}  interfaceEndpoints: true\n`)).toBeDefined();
  });
});
