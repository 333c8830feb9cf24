import {
  endpointServiceName,
  partitionOf,
  podsRegionWarning,
  regionProblem,
  regionWarning,
  zoneProblem,
  zoneRule,
} from "../../src/model/regions";

/** The Regions of "Regions for Linux containers on AWS Fargate", typed again. */
const REGIONS = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "ca-west-1", "mx-central-1", "sa-east-1"],
  ...["af-south-1", "il-central-1", "me-south-1", "me-central-1"],
  ...["ap-east-1", "ap-south-1", "ap-south-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-7"],
  ...["eu-central-1", "eu-central-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-south-1", "eu-south-2", "eu-north-1"],
  ...["cn-north-1", "cn-northwest-1"],
];

describe("regionProblem", () => {
  test.each([...REGIONS, "us-gov-west-1", "us-iso-east-1", "us-isob-east-1", "eusc-de-east-1", "xx-new-99"])(
    "%s is accepted",
    (region) => {
      expect(regionProblem(region)).toBeUndefined();
    },
  );

  test.each(["", "eu-west", "eu-west-1a", "EU-WEST-1", "Ireland", "eu_west_1", "europe-west1", " eu-west-1"])(
    "%j is refused",
    (region) => {
      expect(regionProblem(region)).toBe(`"${region}" is not an AWS Region; write it like "eu-west-1"`);
    },
  );
});

describe("regionWarning", () => {
  test.each(REGIONS)("%s has Fargate", (region) => {
    expect(regionWarning(region)).toBeUndefined();
  });

  test("a Region that is not known is a warning, as AWS adds some", () => {
    expect(regionWarning("eu-west-9")).toBe(
      '"eu-west-9" is not among the Regions with Fargate known as of 2026-11-21; check its name, and that Fargate is there',
    );
  });

  test.each(["us-gov-east-1", "us-gov-west-1"])("%s has Fargate, for tasks of ECS at least", (region) => {
    expect(regionWarning(region)).toBeUndefined();
  });
});

describe("podsRegionWarning", () => {
  test.each(["us-gov-east-1", "us-gov-west-1"])("%s is a warning, as its documentation is silent", (region) => {
    expect(podsRegionWarning(region)).toBe(
      `whether EKS runs pods on Fargate in "${region}" is not documented as of 2026-11-21; ask AWS before you rely on it`,
    );
  });

  test.each(REGIONS)("%s has Fargate for pods", (region) => {
    expect(podsRegionWarning(region)).toBeUndefined();
  });
});

describe("partitionOf", () => {
  test.each(REGIONS.filter((region) => !region.startsWith("cn-")))("%s is in aws", (region) => {
    expect(partitionOf(region)).toEqual({ name: "aws", dnsSuffix: "amazonaws.com" });
  });

  test.each([
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-east-1", "aws-us-gov", "amazonaws.com"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
    ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
    ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
    ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
    ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
  ])("%s is in %s, whose endpoints end in %s", (region, name, dnsSuffix) => {
    expect(partitionOf(region)).toEqual({ name, dnsSuffix });
  });
});

describe("endpointServiceName", () => {
  test.each(["s3", "ecr.api", "sts"])("outside China %s is named by its region alone", (service) => {
    expect(endpointServiceName("eu-west-1", service)).toBe(`com.amazonaws.eu-west-1.${service}`);
    expect(endpointServiceName("us-gov-west-1", service)).toBe(`com.amazonaws.us-gov-west-1.${service}`);
  });

  test.each(["ec2", "ecr.api", "ecr.dkr", "sts", "elasticfilesystem", "autoscaling", "xray"])(
    "in China %s carries the prefix",
    (service) => {
      expect(endpointServiceName("cn-north-1", service)).toBe(`cn.com.amazonaws.cn-north-1.${service}`);
    },
  );

  test.each(["s3", "logs", "elasticloadbalancing", "eks"])("in China %s carries no prefix", (service) => {
    expect(endpointServiceName("cn-northwest-1", service)).toBe(`com.amazonaws.cn-northwest-1.${service}`);
  });
});

describe("zoneRule", () => {
  test.each([
    ["us-east-1", { kind: "except", zoneIds: ["use1-az3"] }],
    ["ca-central-1", { kind: "except", zoneIds: ["cac1-az3"] }],
    ["us-west-1", { kind: "only", zoneIds: ["usw1-az1", "usw1-az3"] }],
    ["ap-northeast-1", { kind: "only", zoneIds: ["apne1-az1", "apne1-az2", "apne1-az4"] }],
    ["cn-north-1", { kind: "only", zoneIds: ["cnn1-az1", "cnn1-az2"] }],
  ])("%s takes the zones that EKS and Fargate both take", (region, rule) => {
    expect(zoneRule(region)).toEqual(rule);
  });

  test.each(["eu-west-1", "us-east-2", "xx-new-1"])("%s takes all zones", (region) => {
    expect(zoneRule(region)).toEqual({ kind: "all" });
  });
});

describe("zoneProblem", () => {
  test.each([
    ["eu-west-1", "eu-west-1a"],
    ["us-gov-west-1", "us-gov-west-1c"],
  ])("of %s, %s is a zone", (region, zone) => {
    expect(zoneProblem(region, zone)).toBeUndefined();
  });

  test.each(["", "a", "eu-west-1", "eu-west-2a", "eu-west-1A", "eu-west-1ab", "eu-west-12a", "euw1-az1"])(
    "%j is not a zone of eu-west-1",
    (zone) => {
      expect(zoneProblem("eu-west-1", zone)).toBe(
        `"${zone}" is not an Availability Zone of eu-west-1; name zones like "eu-west-1a"`,
      );
    },
  );

  test.each(["us-east-1-bos-1a", "us-east-1-wl1-bos-wlz-1"])("%s, where Fargate does not run, is refused", (zone) => {
    expect(zoneProblem("us-east-1", zone)).toBe(
      `"${zone}" is a Local Zone or Wavelength Zone, where Fargate does not run; name Availability Zones like "us-east-1a"`,
    );
  });
});
