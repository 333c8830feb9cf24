import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cells, instance, priceList } from "../pricing/price-list-file";
import { PriceServer } from "../pricing/price-server";
import { commandLine } from "../support/command-line";

const OFFERS = ["AmazonEKS", "AmazonECS", "AWSELB", "AmazonVPC", "AmazonEC2"];
const ROWS: Readonly<Record<string, readonly Cells[]>> = {
  AmazonECS: [
    { usageType: "EU-Fargate-vCPU-Hours:perCPU", PricePerUnit: "0.0500000000", Unit: "hours" },
    { usageType: "EU-Fargate-GB-Hours", PricePerUnit: "0.0060000000", Unit: "hours" },
  ],
  AmazonEC2: [instance("EU-BoxUsage:m6i.large", "0.1100")],
};

let server: PriceServer;
const folder = mkdtempSync(join(tmpdir(), "prices-refresh-"));
const here = process.cwd();
beforeAll(async () => {
  server = await PriceServer.start();
});
beforeEach(() => {
  server.reset();
  mkdirSync(join(folder, "project"), { recursive: true });
  process.chdir(join(folder, "project"));
});
afterEach(() => {
  process.chdir(here);
  rmSync(join(folder, "project"), { recursive: true });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function serve(offers: readonly string[] = OFFERS): void {
  for (const offer of offers) {
    const list = `/offers/v1.0/aws/${offer}/20261117211403/eu-west-1/index`;
    const regions = { "eu-west-1": { regionCode: "eu-west-1", currentVersionUrl: `${list}.json` } };
    server.on(`/offers/v1.0/aws/${offer}/current/region_index.json`, JSON.stringify({ regions }));
    const rows = ROWS[offer] ?? [{ usageType: "EU-Something", PricePerUnit: "1.0000000000" }];
    server.on(`${list}.csv`, priceList({ offerCode: offer, region: "eu-west-1", rows }));
  }
}

const refresh = (...args: string[]) =>
  commandLine(["prices", "refresh", "--region", "eu-west-1", "--price-list", server.url, ...args]);

test("writes the table where the other commands look for it, and says what is missing", async () => {
  serve();
  const { code, stdout, stderr } = await refresh();
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toMatch(/^wrote prices\/eu-west-1.json\n3 prices of eu-west-1; \d+ are missing:\n/);
  expect(stderr).toMatch(/\n {2}eks\/cluster-hour: \S/);
  expect(stderr).toMatch(/\n {2}fargate\/spot\/vcpu-hour: \S/);
  expect(readFileSync("prices/eu-west-1.json", "utf8")).toContain('"ec2/m6i.large": "0.11"');
});

test("what it wrote is what fit then computes with, and names", async () => {
  serve();
  await refresh();
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "app" },
    spec: { containers: [{ name: "app", image: "app" }] },
  };
  const args = ["fit", "-", "--selector", "default", "--region", "eu-west-1"];
  const { stdout } = await commandLine(args, { stdin: JSON.stringify(pod) });
  // A quarter of a vCPU at 0.05 and half a GiB at 0.006, for 730 hours.
  expect(stdout).toContain("$11.32 a month");
  expect(stdout).toContain("2026-11-17");
});

test("writes to the file that is named, and a dash is standard output", async () => {
  serve();
  expect((await refresh("--output", "deep/table.json")).stderr).toMatch(/^wrote deep\/table.json\n/);
  expect(JSON.parse((await refresh("--output", "-")).stdout)).toMatchObject({ region: "eu-west-1" });
});

test("asks only the copy of the list that it is given", async () => {
  serve();
  await refresh();
  expect(server.requests).toHaveLength(2 * OFFERS.length);
});

test("a list that cannot be read ends with 2, and writes nothing", async () => {
  serve(["AmazonECS"]);
  const { code, stderr } = await refresh();
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: .*404/);
  expect(() => readFileSync("prices/eu-west-1.json")).toThrow("ENOENT");
});

test("progress is shown to who watches, and wiped in the end", async () => {
  serve();
  const later = jest.spyOn(performance, "now").mockImplementation(() => (time += 1000));
  let time = 0;
  const args = ["prices", "refresh", "--region", "eu-west-1", "--price-list", server.url, "--output", "-"];
  const { stderr } = await commandLine(args, { watched: true });
  later.mockRestore();
  expect(stderr).toMatch(/\rAmazonEC2: \d+\.\d MB/);
  expect(stderr).toMatch(/\r +\r3 prices of eu-west-1;/);
});
