import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SettingsError } from "../../src/settings/errors";
import { loadSettings, loadSettingsFile, parseSettings } from "../../src/settings/load";
import { edited, MINIMAL, problems, refusal } from "./refusal";

describe("loadSettings", () => {
  let folder: string;
  const before = process.env.SETTINGS_FILE;
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  beforeEach(() => {
    delete process.env.SETTINGS_FILE;
    folder = mkdtempSync(join(tmpdir(), "settings-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  afterAll(() => {
    if (before !== undefined) {
      process.env.SETTINGS_FILE = before;
    }
  });

  test.each(["development", "production"])("the settings/%s.yaml of the project load", (environment) => {
    expect(loadSettings(`settings/${environment}.yaml`).name).toBe(`platform-${environment}`);
  });

  test("without a context and a variable, the settings of development are read", () => {
    expect(loadSettings(undefined).name).toBe("platform-development");
  });

  test("the file that the context names is read", () => {
    expect(loadSettings(file("a.yaml", MINIMAL)).name).toBe("platform");
  });

  test("SETTINGS_FILE wins over the context", () => {
    process.env.SETTINGS_FILE = file("a.yaml", edited("name: platform", "name: other"));
    expect(loadSettings("settings/development.yaml").name).toBe("other");
  });

  test("an empty SETTINGS_FILE counts as none", () => {
    process.env.SETTINGS_FILE = "";
    expect(loadSettings("settings/production.yaml").name).toBe("platform-production");
  });

  test.each([
    [undefined, "missing.yaml", 'from "settings" in the context of cdktf.json'],
    ["missing.yaml", "settings/development.yaml", "from the environment variable SETTINGS_FILE"],
  ])("a missing file is refused with the path and how it was chosen", (variable, context, source) => {
    if (variable !== undefined) {
      process.env.SETTINGS_FILE = variable;
    }
    expect(() => loadSettings(context)).toThrow(
      new SettingsError(
        `there is no settings file at "${resolve("missing.yaml")}" (${source}); create it, or name another with the environment variable SETTINGS_FILE or "settings" in the context of cdktf.json`,
      ),
    );
  });

  test("a file that a program names is read, whatever the environment says", () => {
    process.env.SETTINGS_FILE = "missing.yaml";
    expect(loadSettingsFile("settings/production.yaml").name).toBe("platform-production");
    expect(() => loadSettingsFile("missing.yaml")).toThrow(
      new SettingsError(
        `there is no settings file at "${resolve("missing.yaml")}" (named by the program); create it, or name another`,
      ),
    );
  });

  test("the missing file of the default says so", () => {
    const working = process.cwd();
    process.chdir(folder);
    try {
      expect(() => loadSettings(undefined)).toThrow('settings/development.yaml" (the default); create it');
    } finally {
      process.chdir(working);
    }
  });

  test("a folder instead of a file is refused with its path", () => {
    mkdirSync(join(folder, "a.yaml"));
    expect(() => loadSettings(join(folder, "a.yaml"))).toThrow(
      new SettingsError(
        `the settings file "${join(folder, "a.yaml")}" cannot be read: EISDIR: illegal operation on a directory, read`,
      ),
    );
  });

  test("problems name the file as it was given", () => {
    const path = file("a.yaml", "");
    expect(() => loadSettings(path)).toThrow(`1 problem in the settings file "${path}":`);
  });
});

describe("what is accepted", () => {
  test("the minimal settings are given back as they are written", () => {
    expect(parseSettings(MINIMAL, "team.yaml")).toEqual({
      name: "platform",
      region: "eu-west-1",
      network: { zones: ["eu-west-1a", "eu-west-1b"] },
      access: {
        admins: {
          principal: "arn:aws:iam::111122223333:role/platform-admin",
          policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
        },
      },
      fargate: { profiles: { default: { selectors: [{ namespace: "kube-system" }] } } },
    });
  });

  test("an anchor stands for its value wherever its alias is", () => {
    const text = `${edited("name: platform", "name: &name platform")}tags: {owner: *name, project: *name}\n`;
    expect(parseSettings(text, "team.yaml").tags).toEqual({ owner: "platform", project: "platform" });
  });

  test("JSON is accepted, as it is YAML", () => {
    const settings = parseSettings(MINIMAL, "team.yaml");
    expect(parseSettings(JSON.stringify(settings), "team.json")).toEqual(settings);
  });

  test("keys that look like numbers are names", () => {
    const text = edited(
      "zones: [eu-west-1a, eu-west-1b]",
      "zones: {count: 2}\n  subnetCidrs: {1: {private: 10.0.0.0/20}}",
    );
    expect(parseSettings(text, "team.yaml").network.subnetCidrs).toEqual({ "1": { private: "10.0.0.0/20" } });
  });

  test("the result is frozen through and through", () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    const text = readFileSync("settings/production.yaml", "utf8");
    expect(frozen(parseSettings(text, "production.yaml"))).toBe(true);
  });
});

describe("aliases", () => {
  test("aliases that multiply to exhaust memory are refused", () => {
    const bomb = [..."bcdefghi"].map((name, index) => `${name}: &${name} [${`*${"abcdefghi"[index]},`.repeat(9)}]`);
    expect(refusal(["a: &a [x]", ...bomb].join("\n"))).toEqual([
      '1 problem in the settings file "team.yaml":',
      'its aliases ("*name") stand for more than 100 copies of what they name; write the values out',
    ]);
  });
});

describe("every problem at once", () => {
  test("each has its line, its path, the value, the rule and the fix, from top to bottom", () => {
    const text = MINIMAL.replace("eu-west-1\n", "Ireland\n")
      .replace("zones:", "zone:")
      .replace("principal: arn:aws:iam::111122223333:role/platform-admin", "principal: jane")
      .replace("namespace: kube-system", "namespace: 7");
    expect(refusal(`${text}cluster: {version: 1.36}\n`)).toEqual([
      '5 problems in the settings file "team.yaml":',
      `line 2, region: "Ireland" is not an AWS Region; write it like "eu-west-1"`,
      `line 4, network.zone: 'zone' is not a setting; did you mean "zones"?`,
      `line 7, access.admins.principal: 'principal' of access "admins" must be the ARN of an IAM user or role, got "jane"; write it like "arn:aws:iam::111122223333:role/platform-admin"`,
      "line 14, fargate.profiles.default.selectors.0.namespace: 'namespace' must be text, got 7; put it in quotes",
      "line 15, cluster.version: 'version' must be text, got 1.36; put it in quotes",
    ]);
  });

  test("a section whose shape is wrong does not hide what is wrong in others", () => {
    const text = edited("network:\n  zones: [eu-west-1a, eu-west-1b]", "network: yes please");
    expect(problems(text.replace("policy: AmazonEKSClusterAdminPolicy", "policy: AmazonEKSViewPolicy"))).toEqual([
      "line 3, network: 'network' must be a mapping, got \"yes please\"",
      expect.stringMatching(/^line 5, access: nobody could administer the cluster/),
    ]);
  });

  test("a malformed network is not compared with that of the Services, and does not stop the other rules", () => {
    const text = edited("  zones:", "  cidr: garbage\n  zones:");
    expect(problems(`${text}cluster: {serviceCidr: 172.20.0.0/16, version: "1.29"}\n`)).toEqual([
      expect.stringMatching(/^line 4, network\.cidr: 'cidr' "garbage" is not an IPv4 network/),
      expect.stringMatching(/^line 16, cluster\.version: 'version' "1\.29" is no longer offered/),
    ]);
  });
});
