import { namedProfiles } from "../../src/settings/named-profiles";
import { edited, problems } from "./refusal";

const selectors = [{ namespace: "web" }];

test("profiles have the names that they get in AWS, in the order of their keys", () => {
  const profiles = { web: { selectors }, batch: { selectors, profileName: "team-batch" } };
  expect(namedProfiles({ name: "shop", fargate: { profiles } })).toEqual([
    { key: "batch", name: "team-batch", hashed: false, selectors },
    { key: "web", name: "shop-fargate-web", hashed: false, selectors },
  ]);
});

test("under create-before-destroy a hash stands behind the name", () => {
  const fargate = { profiles: { web: { selectors } }, replacement: "create-before-destroy" as const };
  expect(namedProfiles({ name: "shop", fargate })).toMatchObject([{ name: "shop-fargate-web", hashed: true }]);
});

test("a name without room for the hash is refused at its line, and so is a tenant's", () => {
  const text = edited("fargate:\n", "fargate:\n  replacement: create-before-destroy\n").replace(
    "    default:",
    `    ${"d".repeat(38)}:`,
  );
  expect(
    problems(`${text}inCluster:\n  tenants:\n    ${"t".repeat(38)}: { quota: { cpu: "1", memory: 1Gi, pods: 1 } }\n`),
  ).toEqual([
    expect.stringMatching(/^line 14, .* must be 1 to 54 .*d" \(55\); set another 'profileName'$/),
    expect.stringMatching(/^line 18, .* must be 1 to 54 .*t" \(55\); choose a shorter name of the tenant/),
  ]);
});
