import { acceleratorOf, architectureOf, instanceTypeProblem, instanceTypeWarning } from "../../src/model/instance-type";

describe("the name of an instance type", () => {
  test.each([
    "m6i.large",
    "m7i-flex.xlarge",
    "u-6tb1.56xlarge",
    "c7g.metal",
    "m8g.metal-24xl",
    "a1.medium",
    "trn1n.32xlarge",
  ])("may be %s", (type) => {
    expect(instanceTypeProblem(type)).toBeUndefined();
    expect(instanceTypeWarning(type)).toBeUndefined();
  });

  test.each(["m6i", "m6i.", ".large", "M6i.large", "m6i large", "m6i.large,m5.large", "", "m6i.large."])(
    "may not be %j",
    (type) => {
      expect(instanceTypeProblem(type)).toBe(
        `'instanceTypes' must hold names of EC2 instance types, like "m7g.large", got ${JSON.stringify(type)}`,
      );
    },
  );
});

describe("the architecture", () => {
  test.each([
    "m7g.large",
    "c7gn.xlarge",
    "t4g.small",
    "r8gd.metal-24xl",
    "x2gd.large",
    "im4gn.large",
    "g5g.xlarge",
    "a1.large",
    "hpc7g.4xlarge",
    "i8ge.large",
  ])("of %s is arm64", (type) => {
    expect(architectureOf(type)).toBe("arm64");
  });

  test.each([
    "m6i.large",
    "m6a.large",
    "t3.large",
    "g4dn.xlarge",
    "g6e.xlarge",
    "gr6.4xlarge",
    "m7i-flex.large",
    "u-6tb1.56xlarge",
    "d3en.xlarge",
    "trn1.2xlarge",
    "p5en.48xlarge",
  ])("of %s is amd64", (type) => {
    expect(architectureOf(type)).toBe("amd64");
  });
});

describe("the accelerator", () => {
  test.each([
    ["g5.xlarge", "nvidia"],
    ["g5g.xlarge", "nvidia"],
    ["gr6.4xlarge", "nvidia"],
    ["p5.48xlarge", "nvidia"],
    ["inf2.xlarge", "neuron"],
    ["trn1n.32xlarge", "neuron"],
    ["g4ad.xlarge", undefined],
    ["m7g.large", undefined],
    ["t4g.large", undefined],
  ])("of %s is %s", (type, accelerator) => {
    expect(acceleratorOf(type)).toBe(accelerator);
  });
});

test.each(["m7g.lrage", "t4g.smal", "m7g.xlarge2", "m7g.metal-24"])("the size of %s is doubted", (type) => {
  expect(instanceTypeProblem(type)).toBeUndefined();
  expect(instanceTypeWarning(type)).toBe(
    `instance type "${type}" ends in no size that EC2 had as of 2026-11-22, such as "large" or "2xlarge"; check its name`,
  );
});
