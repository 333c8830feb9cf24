import { arnPlaceProblems, elsewhereProblem, isElsewhere } from "../../src/model/place";

const HERE = { region: "eu-west-1", account: "111122223333" };
const key = (region: string, account = "111122223333", partition = "aws") =>
  `arn:${partition}:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const role = (account: string, partition = "aws") => `arn:${partition}:iam::${account}:role/web`;

describe("what an ARN names is reached", () => {
  test("in the Region, where Regions have to agree", () => {
    expect(elsewhereProblem("kmsKeyArn", key("eu-west-1", "444455556666"), HERE, ["region"])).toBeUndefined();
    expect(elsewhereProblem("kmsKeyArn", key("us-east-1"), HERE, ["region"])).toBe(
      `'kmsKeyArn' must be of the stack's Region, "eu-west-1", got "${key("us-east-1")}"; make one there`,
    );
    expect(elsewhereProblem("kmsKeyArn", key("us-east-1"), HERE, [])).toBeUndefined();
  });

  test("in the account, where accounts have to agree and both are known", () => {
    expect(elsewhereProblem("roleArn", role("111122223333"), HERE, ["account"])).toBeUndefined();
    expect(elsewhereProblem("roleArn", role("444455556666"), HERE, ["account"], "service")).toBe(
      `'roleArn' must be of the service's account, "111122223333", got "${role("444455556666")}"; make one there`,
    );
    expect(elsewhereProblem("roleArn", role("444455556666"), { region: "eu-west-1" }, ["account"])).toBeUndefined();
  });

  test("in the partition, always", () => {
    expect(elsewhereProblem("roleArn", role("111122223333", "aws-cn"), HERE, [])).toBe(
      `'roleArn' must be of the stack's partition, "aws", got "${role("111122223333", "aws-cn")}"; make one there`,
    );
    const china = { region: "cn-north-1" };
    expect(elsewhereProblem("roleArn", role("111122223333", "aws-cn"), china, ["account"])).toBeUndefined();
    expect(isElsewhere(key("eu-west-1"), HERE)).toBe(false);
    expect(isElsewhere(key("eu-west-1", "111122223333", "aws-cn"), HERE)).toBe(true);
  });

  test("when it is none, which other rules tell", () => {
    expect(elsewhereProblem("kmsKeyArn", "alias/shop", HERE, ["region", "account"])).toBeUndefined();
  });
});

describe("ARNs in options", () => {
  test("are found in lists and mappings, by the property that holds them", () => {
    const options = {
      a: [{ roleArn: role("444455556666") }],
      b: { x: [key("us-east-1")] },
      c: undefined,
      d: null,
      e: 3,
    };
    const places = { "a.*.roleArn": ["account"], "b.*.*": ["region"], "c.*.x": [], "d.x": [], "e.x": [] } as const;
    expect(arnPlaceProblems(options, places, HERE).map(({ at, message }) => [at.join("."), message])).toEqual([
      ["a.0.roleArn", expect.stringContaining("'roleArn' must be of the stack's account")],
      ["b.x.0", expect.stringContaining("'b' must be of the stack's Region")],
    ]);
  });

  test("are left to AWS as long as Terraform alone knows them", () => {
    expect(arnPlaceProblems({ k: key("us-east-1") }, { k: ["region"] }, HERE, () => false)).toEqual([]);
  });
});
