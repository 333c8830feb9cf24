import { DEFAULT_FARGATE_LIMITS } from "../../src/model/limits";

test("the limits are AWS's default quotas: 10 profiles, 5 selectors in each, 5 labels in each of those", () => {
  expect(DEFAULT_FARGATE_LIMITS).toEqual({ profilesPerCluster: 10, selectorsPerProfile: 5, labelsPerSelector: 5 });
});
