import { parseSettings } from "../../src/settings/load";
import { edited, MINIMAL, problems } from "./refusal";

const TOP_LEVEL =
  '"access", "account", "albController", "backend", "cluster", "coreDns", "ebsCsiDriver", "fargate", "inCluster", "name", "network", "nodeGroups", "pricing", "region", "serviceAccountRoles", "tags", "workloads"';

describe("keys that are not settings", () => {
  test.each([
    ["at the top", "regoin: x", `line 15, regoin: 'regoin' is not a setting; did you mean "region"?`],
    [
      "in other case",
      "albcontroller: {}",
      `line 15, albcontroller: 'albcontroller' is not a setting; did you mean "albController"?`,
    ],
    [
      "in a mapping",
      "cluster: {verison: x}",
      `line 15, cluster.verison: 'verison' is not a setting; did you mean "version"?`,
    ],
    [
      "under a name of the user's choice",
      "serviceAccountRoles: {up: {namespace: web, serviceAccount: a, policyArn: {}}}",
      `line 15, serviceAccountRoles.up.policyArn: 'policyArn' is not a setting; did you mean "policyArns"?`,
    ],
    [
      "in the chosen alternative",
      "backend: {type: s3, bucket: b, region: r, dynamoTable: t}",
      `line 15, backend.dynamoTable: 'dynamoTable' is not a setting; did you mean "dynamodbTable"?`,
    ],
    [
      "of another alternative",
      "backend: {type: local, bucket: b}",
      `line 15, backend.bucket: 'bucket' is not a setting; the settings here are "path", "type"`,
    ],
  ])("%s are refused", (_where, line, problem) => {
    expect(problems(`${MINIMAL}${line}\n`)).toEqual([problem]);
  });

  test("in a list are refused with their place", () => {
    expect(problems(edited("- namespace: kube-system", "- namespace: kube-system\n          label: {}"))).toEqual([
      `line 15, fargate.profiles.default.selectors.0.label: 'label' is not a setting; did you mean "labels"?`,
    ]);
  });

  test("in a mapping that may be something else are refused", () => {
    const zones = edited("[eu-west-1a, eu-west-1b]", "{count: 2, cuont: 3}");
    expect(problems(zones)).toEqual([`line 4, network.zones.cuont: 'cuont' is not a setting; did you mean "count"?`]);
    expect(problems(edited("network:\n", "network:\n  flowLogs: {retentionDays: 30}\n"))).toEqual([
      `line 4, network.flowLogs.retentionDays: 'retentionDays' is not a setting; did you mean "retentionInDays"?`,
    ]);
  });

  test("in a mapping whose alternative is not chosen are refused when no alternative has them", () => {
    expect(problems(`${MINIMAL}backend: {buckett: b, path: p}\n`)).toEqual([
      `line 15, backend.buckett: 'buckett' is not a setting; did you mean "bucket"?`,
      `line 15, backend.type: 'type' is missing; add it: "local" or "s3"`,
    ]);
  });

  test("far from every setting are refused with the settings that there are", () => {
    expect(problems(`${MINIMAL}kubernetes: {}\n`)).toEqual([
      `line 15, kubernetes: 'kubernetes' is not a setting; the settings here are ${TOP_LEVEL}`,
    ]);
  });

  test("too short to be any setting misspelt are refused with the settings that there are", () => {
    expect(problems(edited("network:\n", "network:\n  cpu: 1\n"))[0]).toMatch(
      /'cpu' is not a setting; the settings here are "cidr", "existing", "flowLogs", /,
    );
  });

  test.each([
    ["addonVers", /did you mean "addonVersion"\?$/],
    ["addonVer", /the settings here are "addonVersion", "replicas"$/],
  ])("up to three edits away are taken for a setting: %s", (key, fix) => {
    expect(problems(`${MINIMAL}coreDns: {${key}: a}\n`)).toEqual([expect.stringMatching(fix)]);
  });

  test.each([
    ["tgas", /did you mean "tags"\?$/],
    ["barr", /the settings here are "access", /],
  ])("up to half of a setting's letters away are taken for it: %s", (key, fix) => {
    expect(problems(`${MINIMAL}${key}: a\n`)).toEqual([expect.stringMatching(fix)]);
  });

  test("are all refused, also those of one and the same mapping", () => {
    expect(problems(`${MINIMAL}regoin: a\ntag: {}\ncluster: {supprt: a, roleNam: b}\n`)).toEqual([
      `line 15, regoin: 'regoin' is not a setting; did you mean "region"?`,
      `line 16, tag: 'tag' is not a setting; did you mean "tags"?`,
      `line 17, cluster.supprt: 'supprt' is not a setting; did you mean "support"?`,
      `line 17, cluster.roleNam: 'roleNam' is not a setting; did you mean "roleName"?`,
    ]);
  });
});

describe("names of the user's choice", () => {
  test("may be anything else than what JavaScript keeps for itself", () => {
    const text = `${MINIMAL}tags: {toString: a, hasOwnProperty: b, "1": c}\n`;
    expect(parseSettings(text, "team.yaml").tags).toEqual({ toString: "a", hasOwnProperty: "b", "1": "c" });
  });

  test.each(["__proto__", "constructor", "prototype"])("%s as a name is refused", (key) => {
    expect(problems(`${MINIMAL}tags:\n  ${key}: a\n`)).toEqual([
      `line 16, tags.${key}: '${key}' cannot be a name here; choose another`,
    ]);
    expect(problems(edited("    default:", `    ${key}: 5\n    default:`))).toEqual([
      `line 12, fargate.profiles.${key}: '${key}' cannot be a name here; choose another`,
    ]);
  });

  test.each(["__proto__", "constructor", "toString"])("%s as a setting is refused and changes nothing", (key) => {
    expect(problems(`${MINIMAL}${key}: {polluted: true}\n`)).toEqual([
      `line 15, ${key}: '${key}' is not a setting; the settings here are ${TOP_LEVEL}`,
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("lists where mappings must be", () => {
  const FIX = 'must be a mapping, got a list; write its entries as "name: value", without "-"';

  test.each([
    ["tags: [a, b]", "tags"],
    ["tags: []", "tags"],
    ["cluster: [{version: '1.36'}]", "cluster"],
    ["backend: [local]", "backend"],
    ["albController: []", "albController"],
  ])("%s is refused", (line, key) => {
    expect(problems(`${MINIMAL}${line}\n`)).toEqual([`line 15, ${key}: '${key}' ${FIX}`]);
  });

  test("a list of profiles is refused as a whole", () => {
    expect(problems(edited("    default:\n      selectors:", "    - default:\n      selectors:"))).toEqual([
      `line 12, fargate.profiles: 'profiles' ${FIX}`,
    ]);
  });

  test("a list instead of an alternative that is a mapping is refused", () => {
    expect(problems(edited("network:\n", "network:\n  flowLogs: [ALL]\n"))).toEqual([
      `line 4, network.flowLogs: 'flowLogs' ${FIX}`,
    ]);
  });
});
