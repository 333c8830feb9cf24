import { namedProfiles } from "../../src/settings/named-profiles";

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
