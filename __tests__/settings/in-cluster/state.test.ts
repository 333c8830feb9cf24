import { parseSettings } from "../../../src/settings/load";
import { MINIMAL, problems } from "../refusal";

const withKeys = (cluster: string, inCluster: string) =>
  `${MINIMAL}backend: { type: s3, bucket: states, region: eu-west-1${cluster} }
inCluster:
  backend: { type: s3, bucket: states, region: eu-west-1${inCluster} }
  metricsServer: {}
`;

test("the state of the cluster's stack cannot be that of the other stack, which would destroy the cluster", () => {
  expect(problems(withKeys(", key: shop", ", key: shop"))).toEqual([
    `line 17, inCluster.backend.key: 'key' must be another than that of stack "platform-cluster", or each apply would destroy what the other stack has, got "shop"; leave it out for one derived from the stack's name`,
  ]);
});

test("two keys of one bucket are two states", () => {
  expect(() => parseSettings(withKeys(", key: shop", ""), "team.yaml")).not.toThrow();
});
