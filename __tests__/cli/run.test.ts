import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../../package.json";
import { COMMANDS, OPTION_TABLE } from "../../src/cli/options";
import { commandLine } from "../support/command-line";

const folder = mkdtempSync(join(tmpdir(), "run-"));
const here = process.cwd();
afterEach(() => process.chdir(here));
afterAll(() => rmSync(folder, { recursive: true }));

const SHOP = "examples/shop/manifests";
const WEB = ["--selector", "web-*", "--region", "eu-west-1"];

const POD = (name: string, spec = "") => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: web }
spec:
  ${spec}
  containers:
    - name: app
      image: app:1
      resources: { requests: { cpu: 250m, memory: 256Mi }, limits: { cpu: 250m, memory: 256Mi } }
`;
/** Many small pods, each of which is given more on Fargate than it asks for. */
const REPLICA_SET = `apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: small, namespace: web }
spec:
  replicas: 20
  template:
    spec:
      containers:
        - name: app
          image: app:1
          resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { cpu: 50m, memory: 64Mi } }
`;
const fitting = (stdin: string, ...args: string[]) =>
  commandLine(["fit", "-", "--selector", "web", "--region", "eu-west-1", ...args], { stdin });

describe("help and version", () => {
  test.each([["--help"], ["-h"], ["help"], ["fit", "--help"]])(
    "%s shows every command and every option",
    async (...args) => {
      const { code, stdout } = await commandLine(args);
      expect(code).toBe(0);
      for (const name of Object.keys(COMMANDS)) {
        expect(stdout).toContain(`\n  ${name} `);
      }
      for (const name of Object.keys(OPTION_TABLE)) {
        expect(stdout).toMatch(new RegExp(`\n  --${name}[ =\n]`));
      }
    },
  );

  test.each([
    [undefined, 120],
    [200, 120],
    [80, 80],
  ])("--help on a terminal of %s columns is %d wide at most", async (columns, width) => {
    const { stdout } = await commandLine(["--help"], columns === undefined ? {} : { columns });
    const widths = stdout.split("\n").map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    expect(Math.max(...widths)).toBeGreaterThan(width - 10);
  });

  test("--version names the program and its version", async () => {
    expect(await commandLine(["--version"])).toMatchObject({ code: 0, stdout: `cdktf-eks-fargate ${version}\n` });
  });
});

describe("what cannot be answered ends with 2, and says why on standard error", () => {
  test.each<[string[], string]>([
    [[], "error: a command is missing; give one of fit, cost, decide, report, prices refresh, or --help\n"],
    [["fit"], "error: fit needs manifests; name files or folders, or - for standard input\n"],
    [["fit", "--settings", "nowhere"], "error: fit needs manifests; name files or folders, or - for standard input\n"],
    [
      ["fit", SHOP, ...WEB, "--namespace", "Web shop"],
      'error: --namespace must be the name of one Kubernetes namespace (1 to 63 of a-z, 0-9 and "-"), got "Web shop"\n',
    ],
    [["fit", SHOP, ...WEB, "--output", "examples"], 'error: "examples" is a folder; name another file with --output\n'],
    [
      ["fit", SHOP, ...WEB, "--prices", "examples"],
      'error: the file of --prices, "examples", is a folder; name a file\n',
    ],
    [
      ["cost", SHOP, ...WEB, "--savings-plan", "fargate=10,fargate=20"],
      'error: --savings-plan must be PERCENT or fargate=PERCENT,ec2=PERCENT, got "fargate=10,fargate=20"\n',
    ],
    [
      ["prices", "refresh", "--region", "eu-west-1", "--price-list", "copy"],
      'error: --price-list must be a URL like https://pricing.us-east-1.amazonaws.com, got "copy"\n',
    ],
    [
      ["fit", SHOP, "--selector", "web"],
      'error: "--selector" names no Region, whose prices are needed; give --region, such as --region eu-west-1\n',
    ],
    [
      ["fit", SHOP, ...WEB, "--format", "html"],
      'error: --format of fit must be table, json, markdown, sarif, got "html"\n',
    ],
    [
      ["fit", SHOP, ...WEB, "--fail-on", "info"],
      'error: --fail-on of fit must be error, warning, advice, never, got "info"\n',
    ],
    [
      ["cost", SHOP, ...WEB, "--savings-plan", "fargate=100"],
      'error: --savings-plan fargate must be a number from 0 to 99, got "100"\n',
    ],
    [
      ["cost", SHOP, ...WEB, "--savings-plan", "rds=10"],
      'error: --savings-plan must be PERCENT or fargate=PERCENT,ec2=PERCENT, got "rds=10"\n',
    ],
    [["decide", SHOP, ...WEB, "--date", "2026-02-30"], 'error: --date must be a day as YYYY-MM-DD, got "2026-02-30"\n'],
    [["prices", "refresh"], "error: prices refresh needs a Region; write: prices refresh --region eu-west-1\n"],
    [["prices", "refresh", "--region", "mars"], 'error: "mars" is not an AWS Region; write it like "eu-west-1"\n'],
    [
      ["prices", "refresh", "--region", "eu-west-1", "k8s"],
      "error: prices refresh reads AWS's price list, not files; remove k8s\n",
    ],
  ])("%j", async (args, stderr) => {
    expect(await commandLine(args)).toEqual({ code: 2, stdout: "", stderr });
  });

  test("an instance type that is not known, with those that are", async () => {
    const { code, stderr } = await commandLine(["cost", SHOP, ...WEB, "--instance-types", "m6i.large,x9.huge"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: "x9.huge" of --instance-types is not known here; known are .*m6i.large/);
  });

  test("a Region that is none", async () => {
    const { code, stderr } = await commandLine(["fit", SHOP, "--selector", "web", "--region", "eu-west"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .*"eu-west"/)]);
  });

  test("a file that cannot be written", async () => {
    const { code, stderr } = await commandLine(["fit", SHOP, ...WEB, "--output", join(folder, "\0")]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/cannot be written: .*; name another file with --output\n$/),
    ]);
  });
});

test("a fault of the program itself is not taken for a refusal", async () => {
  const broken = () => {
    throw new TypeError("a fault");
  };
  await expect(commandLine(["fit", SHOP, ...WEB], { stdout: broken })).rejects.toThrow(new TypeError("a fault"));
});

describe("the exit status of fit", () => {
  const ADVICE = POD("large").replaceAll("256Mi", "1Gi");

  test("is 0 when nothing is found", async () => {
    expect(await fitting(POD("fine"))).toMatchObject({ code: 0, stderr: "" });
  });

  test("is 1 on an error, whatever else is found", async () => {
    expect((await fitting(POD("greedy", "hostNetwork: true"))).code).toBe(1);
  });

  test.each([
    ["error", 0],
    ["warning", 0],
    ["advice", 1],
    ["never", 0],
  ])("on advice with --fail-on %s is %d", async (threshold, code) => {
    expect((await fitting(ADVICE, "--fail-on", threshold)).code).toBe(code);
  });

  test("is 1 when a document cannot be read, and the others are answered", async () => {
    const { code, stdout } = await fitting(`${POD("fine")}---\nkind: [\n`);
    expect(code).toBe(1);
    expect(stdout).toContain("web/fine (Pod)");
    expect((await fitting(`${POD("fine")}---\nkind: [\n`, "--fail-on", "never")).code).toBe(0);
  });
});

describe("manifests that hold nothing to answer", () => {
  const CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";

  test.each(["fit", "cost", "decide", "report"])("%s refuses a folder without manifests", async (command) => {
    expect(await commandLine([command, folder, ...WEB])).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: there is no .yaml, .yml or .json file in "${folder}"; name the folder of the manifests\n`,
    });
  });

  test("fit passes manifests without a workload", async () => {
    expect(await fitting(CONFIG_MAP)).toMatchObject({ code: 0, stderr: "" });
  });

  test.each(["cost", "decide", "report"])("%s refuses manifests without a workload", async (command) => {
    expect(await commandLine([command, "-", ...WEB], { stdin: CONFIG_MAP })).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: there is no workload in "-", and ${command} needs some; name manifests that hold pods\n`,
    });
  });

  test("what could not be read is told then", async () => {
    const { code, stderr } = await commandLine(["cost", "nowhere", ...WEB]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: there is no workload in "nowhere", .*\n {2}nowhere: there is nothing at "nowhere"; /,
    );
  });
});

describe("what is read", () => {
  test("standard input stands for a file", async () => {
    expect((await fitting(POD("piped"))).stdout).toContain("web/piped (Pod)");
  });

  test("empty standard input is told", async () => {
    const { code, stdout } = await fitting("");
    expect(code).toBe(1);
    expect(stdout).toContain("standard input is empty; pipe manifests into it");
  });

  test("--namespace is that of objects without one", async () => {
    const { stdout } = await fitting(POD("bare").replace(", namespace: web", ""), "--namespace", "web");
    expect(stdout).toContain("web/bare (Pod)");
  });

  test("--nodes has pods that no profile takes run there", async () => {
    const { code, stdout } = await fitting(POD("elsewhere").replace("namespace: web", "namespace: data"), "--nodes");
    expect(code).toBe(0);
    expect(stdout).toContain("nodes");
  });

  test("what could not be read is told on standard error where the output has no place for it", async () => {
    const args = ["cost", "-", "--selector", "web", "--region", "eu-west-1"];
    const { code, stderr } = await commandLine(args, { stdin: `${POD("fine")}---\nkind: [\n` });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: left out: -, document 2, line \d+: /);
  });
});

describe("what is written", () => {
  test("the same input gives the same bytes", async () => {
    const once = await commandLine(["fit", SHOP, ...WEB, "--format", "json"]);
    const again = await commandLine([
      "fit",
      `${SHOP}/report.yaml`,
      `${SHOP}/front.yaml`,
      `${SHOP}/api.yaml`,
      ...WEB,
      "--format",
      "json",
    ]);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(once.stdout));
    expect((await commandLine(["fit", SHOP, ...WEB, "--format", "json"])).stdout).toBe(once.stdout);
  });

  test("colours are for terminals that show them, and never for a file", async () => {
    const CSI = "\u001b[";
    const pod = { stdin: POD("greedy", "hostNetwork: true"), colors: true };
    const args = ["fit", "-", "--selector", "web", "--region", "eu-west-1"];
    expect((await commandLine(args, pod)).stdout).toContain(CSI);
    expect((await commandLine(args, { ...pod, colors: false })).stdout).not.toContain(CSI);
    const file = join(folder, "plain.txt");
    await commandLine([...args, "--output", file], pod);
    expect(readFileSync(file, "utf8")).not.toContain(CSI);
  });

  test("a table is as wide as the terminal", async () => {
    const { stdout } = await commandLine(["fit", SHOP, ...WEB], { columns: 80 });
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("--output writes a file, with its folders, and says so", async () => {
    const file = join(folder, "deep/er/fit.json");
    const { stdout, stderr } = await commandLine(["fit", SHOP, ...WEB, "--format", "json", "--output", file]);
    expect([stdout, stderr]).toEqual(["", `wrote ${file}\n`]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ kind: "fit" });
  });

  test.each([
    ["fit", "table"],
    ["fit", "json"],
    ["fit", "markdown"],
    ["fit", "sarif"],
    ["cost", "table"],
    ["cost", "json"],
    ["cost", "markdown"],
    ["decide", "markdown"],
    ["decide", "json"],
  ])("%s writes %s that ends with one line break, with the prices' Region", async (command, format) => {
    const { code, stdout, stderr } = await commandLine([command, SHOP, ...WEB, "--format", format]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/[^\n]\n$/);
    expect(format === "sarif" || stdout.includes("eu-west-1")).toBe(true);
  });

  test("report writes one page to a file, and a dash is standard output", async () => {
    const { stdout, stderr } = await commandLine(["report", SHOP, ...WEB, "--output", "-"]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/i);
  });

  test("decide carries the date and the title that are given", async () => {
    const dated = ["decide", SHOP, ...WEB, "--date", "2026-10-01", "--title", "12. Fargate for the shop"];
    expect((await commandLine(dated)).stdout).toMatch(/^# 12. Fargate for the shop\n[\s\S]*Date: 2026-10-01\n/);
    expect((await commandLine(["decide", SHOP, ...WEB])).stdout).toContain("Date: 2026-11-21\n");
  });

  test("fit advises on nodes when it is told which", async () => {
    const rules = async (...args: string[]) => {
      const { stdout } = await commandLine(
        ["fit", "-", "--selector", "web", "--region", "us-east-1", "--format", "json", ...args],
        {
          stdin: REPLICA_SET,
        },
      );
      return [...stdout.matchAll(/"rule": "([a-z0-9-]+)"/g)].map(([, rule]) => rule);
    };
    expect(await rules()).not.toContain("cheaper-on-nodes");
    expect(await rules("--instance-types", "t3.medium", "--zones", "1")).toContain("cheaper-on-nodes");
  });

  describe("where the settings have nodes", () => {
    const settings = join(folder, "hybrid.yaml");
    beforeAll(() => {
      writeFileSync(
        settings,
        `${readFileSync("settings/development.yaml", "utf8").replaceAll("eu-west-1", "us-east-1")}
nodeGroups: { groups: { general: { instanceTypes: [t3.medium, x9.huge], minSize: 1, maxSize: 3 } } }
`,
      );
    });
    const json = async (...args: string[]) =>
      JSON.parse(
        (await commandLine([...args, "--settings", settings, "--format", "json"], { stdin: REPLICA_SET })).stdout,
      );

    test("fit has pods that no profile takes run there", async () => {
      const { workloads } = await json("fit", "-");
      expect(workloads[0]).toMatchObject({ outcome: { kind: "nodes" } });
    });

    test("fit advises on nodes of the types that are known", async () => {
      const taken = readFileSync(settings, "utf8").replace("namespace: default", "namespace: web");
      writeFileSync(settings, taken);
      expect(JSON.stringify((await json("fit", "-", "--zones", "1")).workloads)).toMatch(
        /cheaper-on-nodes.*t3\.medium nodes for all compared workloads/,
      );
    });

    test("cost compares with their instance types, those that are known", async () => {
      const { options } = await json("cost", "-");
      expect(options.map(({ id }: { id: string }) => id).filter((id: string) => id.startsWith("eks-nodes/"))).toEqual([
        "eks-nodes/t3.medium",
      ]);
    });
  });
});

describe("prices", () => {
  const table = (region: string, usd: string) =>
    JSON.stringify({
      format: 1,
      region,
      groups: [
        { source: "a list", date: "2026-11-20", prices: { "fargate/x86/vcpu-hour": usd, "fargate/x86/gib-hour": usd } },
      ],
      missing: {},
    });
  const month = (stdout: string) => (JSON.parse(stdout) as { summary: { month: { min: string } } }).summary.month.min;
  const json = (stdin: string, ...args: string[]) => fitting(stdin, "--format", "json", ...args);

  test("a file that is named is used instead of the built-in table", async () => {
    const file = join(folder, "prices.json");
    writeFileSync(file, table("eu-west-1", "1"));
    // A quarter of a vCPU and half a GiB, for a dollar each, for 730 hours.
    expect(month((await json(POD("web"), "--prices", file)).stdout)).toBe("547.5");
  });

  test("the file that prices refresh writes is used where it lies", async () => {
    mkdirSync(join(folder, "project/prices"), { recursive: true });
    writeFileSync(join(folder, "project/prices/eu-west-1.json"), table("eu-west-1", "2"));
    process.chdir(join(folder, "project"));
    expect(month((await json(POD("web"))).stdout)).toBe("1095");
  });

  test("prices of another Region are refused", async () => {
    const file = join(folder, "virginia.json");
    writeFileSync(file, table("us-east-1", "1"));
    const { code, stderr } = await fitting(POD("web"), "--prices", file);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: the prices in "${file}" are those of "us-east-1", and the Region is "eu-west-1"; refresh them (prices refresh --region eu-west-1), or give --region us-east-1\n`,
    );
  });

  test("a table that is damaged is refused", async () => {
    const file = join(folder, "damaged.json");
    writeFileSync(file, "{");
    const { code, stderr } = await fitting(POD("web"), "--prices", file);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: .*damaged.json/)]);
  });

  test("a missing price is said, and is never 0", async () => {
    const args = ["fit", "-", "--selector", "web", "--region", "ap-northeast-3"];
    const { code, stdout } = await commandLine(args, { stdin: POD("osaka") });
    expect(code).toBe(0);
    expect(stdout).toMatch(/leaves out 1 /);
    expect(stdout).not.toContain("$0.00 a month on Fargate\n");
  });

  test("a discount is that of the option, else of the settings", async () => {
    const full = month((await json(POD("web"))).stdout);
    expect(month((await json(POD("web"), "--savings-plan", "20")).stdout)).toBe("7.20802");
    expect(month((await json(POD("web"), "--savings-plan", "ec2=20")).stdout)).toBe(full);
    const settings = join(folder, "discount.yaml");
    const text = readFileSync("settings/development.yaml", "utf8").replace("namespace: default", "namespace: web");
    writeFileSync(settings, `${text}pricing:\n  savingsPlan: { fargate: 20 }\n`);
    const { stdout } = await commandLine(["fit", "-", "--settings", settings, "--format", "json"], {
      stdin: POD("web"),
    });
    expect(month(stdout)).toBe("7.20802");
  });
});

describe("progress", () => {
  test("is not shown for short work, nor where nobody watches", async () => {
    expect((await commandLine(["fit", SHOP, ...WEB], { watched: true })).stderr).toBe("");
  });
});
