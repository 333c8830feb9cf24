import { DataAwsAvailabilityZone } from "@cdktf/provider-aws/lib/data-aws-availability-zone";
import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { AvailabilityZones } from "../../../src/constructs/network/availability-zones";
import { dataSources, refusal, resolved, stackFor, synth } from "../../support/stack";

function zonesIn(region: string, zones: readonly string[] | { count: number }) {
  const stack = stackFor(region);
  const construct = new AvailabilityZones(stack, "zones", zones);
  return { construct, stack, text: synth(stack) };
}

describe("zones by name", () => {
  test("keep their names, in alphabetical order", () => {
    const { construct } = zonesIn("eu-west-1", ["eu-west-1c", "eu-west-1a"]);
    expect(construct.keys).toEqual(["eu-west-1a", "eu-west-1c"]);
    expect(construct.zoneName("eu-west-1c")).toBe("eu-west-1c");
    expect(construct.lookedUp).toBe(false);
  });

  test("are looked up nowhere in a Region whose every zone will do", () => {
    const { text } = zonesIn("eu-west-1", ["eu-west-1a", "eu-west-1b"]);
    expect(text).not.toHaveDataSource(DataAwsAvailabilityZone);
    expect(text).not.toHaveDataSource(DataAwsAvailabilityZones);
  });

  test.each([
    ["us-east-1", '["use1-az3"]'],
    ["ca-central-1", '["cac1-az3"]'],
  ])("in %s are proven at plan time to be none of the refused zone ids", (region, ids) => {
    const { text } = zonesIn(region, [`${region}a`, `${region}b`]);
    const found = dataSources(text, DataAwsAvailabilityZone);
    expect(Object.keys(found)).toEqual([`zones_${region}a`, `zones_${region}b`]);
    expect(found[`zones_${region}a`]).toEqual({
      name: `${region}a`,
      lifecycle: {
        postcondition: [
          {
            condition: `\${!contains(${ids}, self.zone_id)}`,
            error_message: expect.stringMatching(/^zone ".*a" is one of .*-az3 in this account, .* name another zone/),
          },
        ],
      },
    });
  });

  test.each([
    ["us-west-1", '["usw1-az1","usw1-az3"]'],
    ["ap-northeast-1", '["apne1-az1","apne1-az2","apne1-az4"]'],
    ["cn-north-1", '["cnn1-az1","cnn1-az2"]'],
  ])("in %s are proven at plan time to be among the allowed zone ids", (region, ids) => {
    const { text } = zonesIn(region, [`${region}a`, `${region}c`]);
    expect(text).toHaveDataSourceWithProperties(DataAwsAvailabilityZone, {
      name: `${region}c`,
      lifecycle: {
        postcondition: [
          {
            condition: `\${contains(${ids}, self.zone_id)}`,
            error_message: expect.stringMatching(/^zone ".*c" is none of .* in this account, where EKS with Fargate/),
          },
        ],
      },
    });
  });

  test.each([
    [
      "one zone alone",
      ["eu-west-1a"],
      `'zones' must hold at least 2 zones, as EKS wants it, got ["eu-west-1a"]; add one`,
    ],
    ["a zone twice", ["eu-west-1a", "eu-west-1a"], `'zones' holds "eu-west-1a" twice; name each zone once`],
    ["a zone of another Region", ["eu-west-1a", "eu-west-2b"], `"eu-west-2b" is not an Availability Zone of eu-west-1`],
    [
      "a Local Zone",
      ["us-east-1a", "us-east-1-bos-1a"],
      "is a Local Zone or Wavelength Zone, where Fargate does not run",
    ],
  ])("are refused with %s", (_, zones, message) => {
    const region = zones[0]?.slice(0, -1) ?? "";
    const refused = refusal(() => new AvailabilityZones(stackFor(region), "zones", zones));
    expect(refused).toContain("[test/zones] ");
    expect(refused).toContain(message);
  });
});

describe("zones by count", () => {
  test("are numbered, and take their names from those that AWS lists", () => {
    const { construct, stack } = zonesIn("eu-west-1", { count: 3 });
    expect(construct.keys).toEqual(["1", "2", "3"]);
    expect(construct.lookedUp).toBe(true);
    expect(resolved(stack, construct.zoneName("3"))).toBe(
      "${element(data.aws_availability_zones.zones_available.names, 2)}",
    );
  });

  test("are looked up among the available ones that need no opt-in, and must be enough", () => {
    const { text } = zonesIn("eu-west-1", { count: 3 });
    expect(dataSources(text, DataAwsAvailabilityZones)).toEqual({
      zones_available: {
        state: "available",
        filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
        lifecycle: {
          postcondition: [
            {
              condition: "${length(self.names) >= 3}",
              error_message: expect.stringMatching(/^this account has fewer than 3 zones .* ask for fewer in 'zones'$/),
            },
          ],
        },
      },
    });
  });

  test.each([
    ["us-east-1", "use1-az3"],
    ["ca-central-1", "cac1-az3"],
  ])("in %s leave out the refused zone id %s", (region, id) => {
    expect(zonesIn(region, { count: 2 }).text).toHaveDataSourceWithProperties(DataAwsAvailabilityZones, {
      exclude_zone_ids: [id],
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
  });

  test.each([
    ["us-west-1", ["usw1-az1", "usw1-az3"]],
    ["ap-northeast-1", ["apne1-az1", "apne1-az2", "apne1-az4"]],
    ["cn-north-1", ["cnn1-az1", "cnn1-az2"]],
  ])("in %s come from the allowed zone ids alone", (region, values) => {
    const { text } = zonesIn(region, { count: 2 });
    expect(text).toHaveDataSourceWithProperties(DataAwsAvailabilityZones, {
      filter: [
        { name: "opt-in-status", values: ["opt-in-not-required"] },
        { name: "zone-id", values },
      ],
    });
    expect(text).not.toContain("exclude_zone_ids");
  });

  test.each([1, 9, 2.5])("are refused when %d are asked for", (count) => {
    expect(refusal(() => new AvailabilityZones(stackFor(), "zones", { count }))).toBe(
      `[test/zones] 'count' of 'zones' must be 2 to 8, got ${count}`,
    );
  });
});
