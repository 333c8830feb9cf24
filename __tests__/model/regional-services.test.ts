import { appRunnerRegionWarning, partitionProblem } from "../../src/model/regional-services";

describe("services that are not everywhere", () => {
  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("are refused in %s, whose partition has neither", (region, partition) => {
    expect(partitionProblem("App Runner", region)).toBe(
      `App Runner must be in a Region of partition "aws", got "${region}", whose partition "${partition}" does not have it; run the container on ECS there, as LoadBalancedService does`,
    );
    expect(partitionProblem("Lightsail", region)).toMatch(/^Lightsail must be in a Region of partition "aws"/);
  });

  test("are for AWS to judge in other partitions", () => {
    expect(
      ["eu-west-1", "af-south-1", "eusc-de-east-1"].map((region) => partitionProblem("Lightsail", region)),
    ).toEqual([undefined, undefined, undefined]);
  });

  test("are a warning where App Runner is not known to be", () => {
    expect(appRunnerRegionWarning("eu-west-1")).toBeUndefined();
    expect(appRunnerRegionWarning("eu-south-1")).toMatch(
      /^"eu-south-1" is not among the Regions with App Runner known as of 2026-/,
    );
  });
});
