import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration";
import { RegistryScanning } from "../../../src/constructs/ecs/registry-scanning";
import type { RegistryScanningOptions } from "../../../src/model/ecr-scanning";
import { refusal, resource, stackFor, synth } from "../../support/stack";

function build(options?: RegistryScanningOptions) {
  const stack = stackFor();
  new RegistryScanning(stack, "registry", options);
  return resource(synth(stack), EcrRegistryScanningConfiguration);
}

const wildcard = (filter: string) => ({ filter, filter_type: "WILDCARD" });

describe("RegistryScanning", () => {
  test("scans every image when it is pushed, by ECR's own scanner", () => {
    expect(build()).toEqual({
      scan_type: "BASIC",
      rule: [{ scan_frequency: "SCAN_ON_PUSH", repository_filter: [wildcard("*")] }],
    });
  });

  test("scans again what is named, by Amazon Inspector", () => {
    expect(build({ type: "enhanced", continuous: ["shop/*", "base/*"], onPush: ["docker-hub/*"] })).toEqual({
      scan_type: "ENHANCED",
      rule: [
        { scan_frequency: "CONTINUOUS_SCAN", repository_filter: [wildcard("base/*"), wildcard("shop/*")] },
        { scan_frequency: "SCAN_ON_PUSH", repository_filter: [wildcard("docker-hub/*")] },
      ],
    });
    expect(build({ type: "enhanced", continuous: ["*"], onPush: [] }).rule).toHaveLength(1);
  });

  test("refuses what ECR would refuse", () => {
    expect(refusal(() => build({ continuous: ["*"], onPush: ["Shop"] })).split("\n")).toEqual([
      `[test/registry] 'continuous' is for 'type' "enhanced", got "basic"; remove it, or change 'type'`,
      `[test/registry] 'onPush' must hold names of repositories, with "*" for anything, like "shop/*", got "Shop"`,
    ]);
    expect(refusal(() => build({ type: "full" as "basic" }))).toContain(
      `'type' must be "basic" or "enhanced", got "full"`,
    );
    expect(refusal(() => build({ onPush: Array.from({ length: 101 }, (_, index) => `r${index}`) }))).toContain(
      "'onPush' must hold at most 100 names of repositories, got 101",
    );
  });
});
