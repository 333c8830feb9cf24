import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readTree } from "../support/files";
import { copyProject, ROOT, Workspace } from "../support/project";
import { run, runToSuccess } from "../support/run";

const NAME = "cdktf-eks-fargate";
/** What the library needs and the command line does not. */
const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws"];
/** What its second entry needs as well. */
const IN_CLUSTER_PEERS = ["@cdktf/provider-helm", "@cdktf/provider-kubernetes"];
const WEB = ["manifests", "--selector", "web-*", "--region", "us-east-1"];

describe("the package, installed from its tarball in a folder of somebody else", () => {
  const workspace = new Workspace();
  const folder = join(workspace.folder, "theirs");
  const installed = join(folder, "node_modules", NAME);

  const here = (program: string, ...args: string[]) => runToSuccess(program, args, { cwd: folder });
  const commandLine = (...args: string[]) => here("npx", "--no-install", NAME, ...args);
  const compile = (...files: string[]) =>
    here(
      join(ROOT, "node_modules/.bin/tsc"),
      ...["--strict", "--module", "node16", "--target", "es2022", "--types", "node,jest"],
      ...files,
    );

  beforeAll(async () => {
    const project = join(workspace.folder, "project");
    await copyProject(project);
    await runToSuccess("npm", ["run", "build"], { cwd: project });
    await runToSuccess("npm", ["pack", "--pack-destination", workspace.folder], { cwd: project });
    const tarball = readdirSync(workspace.folder).filter((name) => name.endsWith(".tgz"));
    expect(tarball).toHaveLength(1);
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    cpSync(join(ROOT, "examples/shop/manifests"), join(folder, "manifests"), { recursive: true });
    await here("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", join("..", ...tarball));
  });

  afterAll(() => workspace.remove());

  test("brings neither cdktf nor what comes with it", () => {
    expect([...PEERS, ...IN_CLUSTER_PEERS].filter((name) => existsSync(join(folder, "node_modules", name)))).toEqual(
      [],
    );
  });

  test("holds what is run and what is read, and no tests", () => {
    expect(readdirSync(installed).sort()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "bin", "charts", "dist", "docs", "package.json", "settings"].sort(),
    );
    expect(readdirSync(join(installed, "dist")).sort()).toEqual(["package.json", "src"]);
    expect(readdirSync(join(installed, "docs/rules"))).toEqual(readdirSync(join(ROOT, "docs/rules")));
    expect(Object.keys(readTree(installed)).filter((path) => /__tests__|\.test\.|\.map$|tsconfig/.test(path))).toEqual(
      [],
    );
  });

  test("holds every page that its pages in docs lead to", () => {
    const pages = Object.entries(readTree(join(installed, "docs")));
    const links = pages.flatMap(([page, text]) =>
      [...text.matchAll(/\]\(([^):#]+\.md)/g)].map(([, to = ""]) => join(installed, "docs", dirname(page), to)),
    );
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("fit, cost, decide and report answer", async () => {
    expect(await commandLine("fit", ...WEB)).toContain("web-shop/api (Deployment)");
    expect(await commandLine("cost", ...WEB)).toContain("EKS on Fargate");
    expect(await commandLine("decide", ...WEB)).toMatch(/^# /m);
    expect(await commandLine("report", ...WEB, "--output", "report.html")).toContain("wrote report.html");
    expect(readFileSync(join(folder, "report.html"), "utf8")).toMatch(/<\/html>\n$/);
  });

  test("a reader that has seen enough is no error, and a full disk is one", async () => {
    const fit = `node_modules/.bin/${NAME} fit manifests --selector '*' --region us-east-1`;
    expect(await here("bash", "-c", `set -o pipefail; ${fit} | head -n 1`)).toMatch(/^WORKLOAD .*\n$/);
    const { exitCode, output } = await run("bash", ["-c", `${fit} >/dev/full`], { cwd: folder });
    expect(output).toMatch(/^error: standard output cannot be written: ENOSPC/);
    expect(exitCode).toBe(2);
  });

  test("a pipe that has a name is told to come as standard input", async () => {
    const fit = `node_modules/.bin/${NAME} fit <(cat manifests/api.yaml) --selector '*' --region us-east-1`;
    const { exitCode, output } = await run("bash", ["-c", fit], { cwd: folder });
    expect(output).toMatch(/is neither a file nor a folder; use - to read from standard input/);
    expect(exitCode).toBe(1);
  });

  test("prices refresh is there too, and says that it cannot reach a list", async () => {
    const args = ["--no-install", NAME, "prices", "refresh", "--region", "eu-west-1"];
    const { exitCode, output } = await run("npx", [...args, "--price-list", "http://localhost:1"], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(output).toMatch(/error: http:\/\/localhost:1\/.* cannot be read/);
  });

  test("the matcher judges in a Jest project", async () => {
    writeFileSync(
      join(folder, "fargate.test.js"),
      `require("${NAME}/jest");
       const profiles = { web: { selectors: [{ namespace: "web-*" }] } };
       test("fits", () => expect("manifests").toFitFargate(profiles));
       test("does not", () => expect("manifests").not.toFitFargate({ data: { selectors: [{ namespace: "data" }] } }));
       test("stays Pending", () => expect("manifests").toFitFargate({ data: { selectors: [{ namespace: "data" }] } }));`,
    );
    const jest = join(ROOT, "node_modules/jest/bin/jest.js");
    const { exitCode, output } = await run("node", [jest, "--rootDir", "."], { cwd: folder });
    expect(output).toContain("expected every pod of the manifests to run on Fargate");
    expect(output).toMatch(/Tests: +1 failed, 2 passed, 3 total/);
    expect(exitCode).toBe(1);
  });

  test("the library, beside cdktf, compiles and synthesizes an example", async () => {
    for (const name of [...PEERS, "@types"]) {
      mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
      symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
    }
    cpSync(join(ROOT, "examples/minimal/main.ts"), join(folder, "main.ts"));
    writeFileSync(
      join(folder, "matcher.ts"),
      `import "${NAME}/jest";\nexpect("manifests").toFitFargate({ web: { selectors: [{ namespace: "web-*" }] } });\n`,
    );
    await compile("main.ts", "matcher.ts");
    expect(await here("node", "main.js")).toContain("cdktf.out/stacks/minimal/cdk.tf.json");
  });

  test("what runs on the cluster, beside the other providers, is synthesized with the chart of the package", async () => {
    for (const name of IN_CLUSTER_PEERS) {
      symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
    }
    const [, program = ""] =
      /```ts\n([\s\S]*?)```/.exec(readFileSync(join(installed, "docs/pod-security-groups.md"), "utf8")) ?? [];
    writeFileSync(join(folder, "pods.ts"), program);
    await compile("pods.ts");
    const [, stack = ""] = /stacks\/([^/]+)\/cdk\.tf\.json/.exec(await here("node", "pods.js")) ?? [];
    const files = Object.keys(readTree(join(folder, "cdktf.out/stacks", stack)));
    expect(files.filter((file) => file.endsWith("Chart.yaml"))).toHaveLength(1);
  });
});
