import { commandLine } from "../support/command-line";
import { expectGolden } from "../support/golden";

const FIXTURES = "__tests__/fixtures/manifests";
const SHOP = `${FIXTURES}/shop`;
const PROFILES = ["--profiles", `${FIXTURES}/profiles.yaml`];
const VIRGINIA = ["--region", "us-east-1"];
/** Where most prices are missing. */
const OSAKA = ["--region", "ap-northeast-3"];

test.each([
  ["fit.txt", "fit", [SHOP, ...VIRGINIA]],
  ["fit-with-nodes.txt", "fit", [SHOP, "--nodes", "--instance-types", "m6i.large", ...VIRGINIA]],
  ["fit.md", "fit", [SHOP, "--format", "markdown", ...VIRGINIA]],
  ["fit.sarif.txt", "fit", [`${SHOP}/orders.kustomize.yaml`, "--format", "sarif", ...VIRGINIA]],
  ["helm-template.txt", "fit", [`${SHOP}/storefront.helm.yaml`, ...VIRGINIA]],
  ["kustomize-build.txt", "fit", [`${SHOP}/orders.kustomize.yaml`, ...VIRGINIA]],
  ["kubectl-get.txt", "fit", [`${SHOP}/catalog.kubectl.yaml`, ...VIRGINIA]],
  ["json.txt", "fit", [`${SHOP}/queue.json`, ...VIRGINIA]],
  ["cost.txt", "cost", [SHOP, "--zones", "3", "--instance-types", "m6i.large,m7g.large,t3.medium", ...VIRGINIA]],
  ["cost.md", "cost", [SHOP, "--format", "markdown", ...OSAKA]],
  ["decide.md", "decide", [SHOP, ...VIRGINIA]],
])("%s is what %s says of the shop", async (file, command, args) => {
  const { stdout, stderr } = await commandLine([command, ...args, ...PROFILES]);
  expect(stderr).toBe("");
  expectGolden(`cli/${file}`, stdout);
});
