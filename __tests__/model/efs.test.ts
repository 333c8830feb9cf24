import { type AccessPoint, type EfsOptions, efsKeyProblem, efsProblems, lifecyclePolicies } from "../../src/model/efs";

const problems = (options: Partial<EfsOptions>) => efsProblems({ accessPoints: { data: {} }, ...options });
const ofAccessPoint = (accessPoint: AccessPoint) => problems({ accessPoints: { data: accessPoint } });

describe("an access point", () => {
  test.each<AccessPoint>([
    {},
    { path: "/" },
    { path: "/a/b/c/d" },
    { path: `/${"a".repeat(99)}` },
    { uid: 0, gid: 4_294_967_295, secondaryGids: Array.from({ length: 16 }, (_, index) => index) },
    { permissions: "1777" },
  ])("may be %j", (accessPoint) => {
    expect(ofAccessPoint(accessPoint)).toEqual([]);
  });

  test.each(["data", "", "/a/b/c/d/e", "/a//b", "/.a", "/a/../b", "/a*", `/${"a".repeat(100)}`, "/a/"])(
    "cannot have the path %j",
    (path) => {
      expect(ofAccessPoint({ path })).toEqual([
        {
          at: ["accessPoints", "data", "path"],
          message: `'path' of access point "data" must be a directory of up to four levels and 100 characters, like "/data/uploads", got ${JSON.stringify(path)}`,
        },
      ]);
    },
  );

  test.each(["75", "0888", "rwxr-x---", "07500"])("cannot have the permissions %j", (permissions) => {
    expect(ofAccessPoint({ permissions })[0]?.message).toBe(
      `'permissions' of access point "data" must be three or four octal digits in quotes, like "0750", got "${permissions}"`,
    );
  });

  test.each([-1, 4_294_967_296, 1.5])("cannot have the ids %p", (id) => {
    const message = (property: string) =>
      `'${property}' of access point "data" must be a whole number of 0 to 4294967295, got ${id}`;
    expect(ofAccessPoint({ uid: id, gid: id, secondaryGids: [id] })).toEqual([
      { at: ["accessPoints", "data", "uid"], message: message("uid") },
      { at: ["accessPoints", "data", "gid"], message: message("gid") },
      { at: ["accessPoints", "data", "secondaryGids"], message: message("secondaryGids") },
    ]);
  });

  test("cannot have more than 16 further groups", () => {
    const secondaryGids = Array.from({ length: 17 }, (_, index) => index);
    expect(ofAccessPoint({ secondaryGids })[0]?.message).toBe(
      `'secondaryGids' of access point "data" must hold at most 16 groups, got 17`,
    );
  });

  test.each(["Data", "1data", "data-", "a_b", "", "a".repeat(41)])("cannot be called %j", (key) => {
    expect(efsKeyProblem("an access point", key)).toBe(
      `the name of an access point must be 1 to 40 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit, got ${JSON.stringify(key)}`,
    );
    expect(problems({ accessPoints: { [key]: {} } })[0]?.at).toEqual(["accessPoints", key]);
  });

  test("has to be there, because pods on Fargate mount nothing else", () => {
    expect(problems({ accessPoints: {} })).toEqual([
      {
        at: ["accessPoints"],
        message: `'accessPoints' must hold 1 to 10000 entries, because pods on Fargate mount nothing else, got 0; add one, like { data: {} }`,
      },
    ]);
  });
});

describe("throughput", () => {
  test("is elastic, bursting or paid for", () => {
    expect(problems({ throughput: "bursting" })).toEqual([]);
    expect(problems({ throughput: { provisionedInMibps: 3414 } })).toEqual([]);
    for (const throughput of [{ provisionedInMibps: 0 }, { provisionedInMibps: 3415 }, "fast"]) {
      expect(problems({ throughput: throughput as never })).toEqual([
        {
          at: ["throughput"],
          message: `'throughput' must be "elastic", "bursting" or { provisionedInMibps } of 1 to 3414, got ${JSON.stringify(throughput)}`,
        },
      ]);
    }
  });
});

describe("lifecycle", () => {
  test("moves files that nobody reads for 30 days, and back when somebody does", () => {
    expect(lifecyclePolicies()).toEqual([
      { transitionToIa: "AFTER_30_DAYS" },
      { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
    ]);
  });

  test("may do everything, less, or nothing", () => {
    expect(lifecyclePolicies({ infrequentAccessAfterDays: 1, archiveAfterDays: 90, backOnAccess: false })).toEqual([
      { transitionToIa: "AFTER_1_DAY" },
      { transitionToArchive: "AFTER_90_DAYS" },
    ]);
    expect(lifecyclePolicies({ infrequentAccessAfterDays: false, archiveAfterDays: 365 })).toEqual([
      { transitionToArchive: "AFTER_365_DAYS" },
      { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
    ]);
    expect(lifecyclePolicies({ infrequentAccessAfterDays: false })).toEqual([]);
  });

  test("knows the days that EFS knows", () => {
    const accepted = Array.from({ length: 400 }, (_, days) => days).filter(
      (days) => problems({ lifecycle: { infrequentAccessAfterDays: days, archiveAfterDays: days } }).length === 0,
    );
    expect(accepted).toEqual([1, 7, 14, 30, 60, 90, 180, 270, 365]);
    expect(problems({ lifecycle: { archiveAfterDays: 31 } })).toEqual([
      {
        at: ["lifecycle", "archiveAfterDays"],
        message:
          "'archiveAfterDays' of 'lifecycle' must be false or one of 1, 7, 14, 30, 60, 90, 180, 270, 365 days, got 31",
      },
    ]);
  });

  test("archives with elastic throughput only", () => {
    expect(problems({ throughput: "bursting", lifecycle: { archiveAfterDays: 90 } })).toEqual([
      {
        at: ["lifecycle", "archiveAfterDays"],
        message: `'archiveAfterDays' of 'lifecycle' needs 'throughput' "elastic", got "bursting"; leave one of the two out`,
      },
    ]);
  });
});
