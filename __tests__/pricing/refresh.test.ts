import { gunzipSync, gzipSync } from "node:zlib";
import { PriceError } from "../../src/pricing/errors";
import { PriceBook } from "../../src/pricing/price-book";
import { type PriceTable, parsePriceTable, priceTableJson } from "../../src/pricing/price-table";
import { type RefreshOptions, type RefreshProgress, refreshPrices } from "../../src/pricing/refresh";
import { type Cells, HEADER, instance, priceList } from "./price-list-file";
import { type Handler, PriceServer } from "./price-server";

const ALB = { operation: "LoadBalancing:Application" };
const CODES = ["AmazonEKS", "AmazonECS", "AWSELB", "AmazonVPC", "AmazonEC2"];

let server: PriceServer;
beforeAll(async () => {
  server = await PriceServer.start();
});
afterAll(() => server.close());
beforeEach(() => server.reset());

/** Rows of all offers: what is wanted, amid what looks like it. */
function rowsOf(prefix: string, usd: (amount: string) => string = (amount) => amount): Record<string, Cells[]> {
  const row = (usageType: string, amount: string, other: Cells = {}): Cells => ({
    usageType: `${prefix}${usageType}`,
    PricePerUnit: usd(amount),
    ...other,
  });
  return {
    AmazonEKS: [
      row("AmazonEKS-Hours:perCluster", "0.1000000000", { Unit: "Hours", operation: "CreateOperation" }),
      row("AmazonEKS-Hours:extendedSupport", "0.5000000000", { Unit: "Hours", operation: "ExtendedSupport" }),
      row("AmazonEKS-Hours:perOutpostsCluster", "0.2000000000", { Unit: "Hours" }),
      row("Fargate-vCPU-Hours:perCPU", "9.0000000000", { Unit: "hours", operation: "FargatePod" }),
    ],
    AmazonECS: [
      row("Fargate-Windows-vCPU-Hours:perCPU", "0.0465520000", { Unit: "hours" }),
      row("Fargate-Windows-OS-Hours:perCPU", "0.0460000000", { Unit: "hours" }),
      row("Fargate-vCPU-Hours:perCPU", "0.0404800000", { Unit: "hours" }),
      row("Fargate-GB-Hours", "0.0044450000", { Unit: "hours" }),
      row("Fargate-ARM-vCPU-Hours:perCPU", "0.0323800000", { Unit: "hours" }),
      row("Fargate-ARM-GB-Hours", "0.0035600000", { Unit: "GB-Hours" }),
      row("Fargate-EphemeralStorage-GB-Hours", "0.0001110000", { Unit: "GB-Hours" }),
      row("ECS-Anywhere-Instance-hours", "0.0102500000"),
    ],
    AWSELB: [
      row("LoadBalancerUsage", "0.0280000000", { operation: "LoadBalancing" }),
      row("LoadBalancerUsage", "0.0225000000", ALB),
      row("LoadBalancerUsage", "0.0226000000", { operation: "LoadBalancing:Network" }),
      row("LCUUsage", "0.0080000000", { ...ALB, Unit: "LCU-Hrs" }),
      row("LCUUsage", "0.0060000000", { operation: "LoadBalancing:Network", Unit: "NLCU-Hrs" }),
      row("ReservedLCUUsage", "0.0070000000", { ...ALB, Unit: "LCU-Hrs" }),
      row("Outposts-LoadBalancerUsage", "0.0229000000", ALB),
      row("TS-LoadBalancerUsage", "0.0056000000", ALB),
    ],
    AmazonVPC: [
      row("VpcEndpoint-Hours", "0.0100000000"),
      row("VpcEndpoint-GWLBE-Hours", "0.0110000000"),
      row("VpcEndpoint-Bytes", "0.0100000000", { Unit: "GB", EndingRange: "1048576" }),
      row("VpcEndpoint-Bytes", "0.0060000000", { Unit: "GB", StartingRange: "1048576", EndingRange: "5242880" }),
      row("VpcEndpoint-Bytes", "0.0040000000", { Unit: "GB", StartingRange: "5242880" }),
      row("PublicIPv4:InUseAddress", "0.0050000000"),
      row("PublicIPv4:IdleAddress", "0.0051000000"),
    ],
    AmazonEC2: [
      row("NatGateway-Hours", "0.0450000000", { Group: "NGW:NatGateway" }),
      row("NatGateway-Bytes", "0.0460000000", { Group: "NGW:NatGateway", Unit: "GB" }),
      row("RegionalNatGateway-Hours", "0.0900000000"),
      row("EBS:VolumeUsage.gp3", "0.0800000000", { Unit: "GB-Mo" }),
      row("EBS:VolumeUsage.gp2", "0.1000000000", { Unit: "GB-Mo" }),
      instance(`${prefix}BoxUsage:m6i.large`, usd("0.0960")),
      instance(`${prefix}BoxUsage:t4g.medium`, usd("0.0336")),
      instance(`${prefix}BoxUsage:m6i.xlarge`, usd("0.1920")),
      instance(`${prefix}BoxUsage:m6i.large`, "0.0610", {
        TermType: "Reserved",
        PurchaseOption: "No Upfront",
        StartingRange: "",
      }),
      instance(`${prefix}BoxUsage:m6i.large`, "0.1880", {
        "Operating System": "Windows",
        operation: "RunInstances:0002",
      }),
      instance(`${prefix}BoxUsage:m6i.large`, "0.1880", {
        "Pre Installed S/W": "SQL Web",
        operation: "RunInstances:0200",
      }),
      instance(`${prefix}BoxUsage:m6i.large`, "0.2000", { Tenancy: "Dedicated" }),
      instance(`${prefix}BoxUsage:m6i.large`, "0.2100", { CapacityStatus: "AllocatedCapacityReservation" }),
      instance(`${prefix}UnusedBox:m6i.large`, "0.2200"),
      instance(`${prefix}DedicatedUsage:m6i.large`, "0.2300", { Tenancy: "Dedicated" }),
      instance("LAX1-BoxUsage:m6i.large", "0.2400", { "Region Code": "us-west-2-lax-1" }),
    ],
  };
}

const listPath = (code: string, region: string) => `/offers/v1.0/aws/${code}/20261117211403/${region}/index`;
const indexPath = (code: string) => `/offers/v1.0/aws/${code}/current/region_index.json`;

function regionIndex(code: string, ...regions: string[]): string {
  const entry = (regionCode: string) => ({ regionCode, currentVersionUrl: `${listPath(code, regionCode)}.json` });
  const entries = regions.map((region) => [region, entry(region)]);
  return JSON.stringify({
    formatVersion: "v1.0",
    publicationDate: "2026-11-17T21:14:03Z",
    regions: Object.fromEntries(entries),
  });
}

/** Serves the lists of all offers for one Region; `replaced` stands for the list of a code. */
function serve(
  region: string,
  rows: Record<string, Cells[]>,
  replaced: Record<string, (string | Handler)[]> = {},
): void {
  for (const code of CODES) {
    server.on(indexPath(code), regionIndex(code, "ap-southeast-4", region));
    const list = priceList({ offerCode: code, region, rows: rows[code] ?? [] });
    server.on(`${listPath(code, region)}.csv`, ...(replaced[code] ?? [list]));
  }
}

const waits: number[] = [];

function refresh(options: Partial<RefreshOptions> = {}): Promise<PriceTable> {
  waits.length = 0;
  return refreshPrices({
    region: "eu-west-1",
    baseUrl: server.url,
    instanceTypes: ["m6i.large", "t4g.medium"],
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
    ...options,
  });
}

/** All prices of a table. */
function prices({ groups }: PriceTable): Record<string, string> {
  return Object.assign({}, ...groups.map((group) => group.prices));
}

async function refusal(options: Partial<RefreshOptions> = {}): Promise<string> {
  const error = await refresh(options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PriceError);
  return (error as Error).message;
}

const ALL = {
  "eks/cluster-hour": "0.1",
  "eks/extended-support-hour": "0.5",
  "fargate/x86/vcpu-hour": "0.04048",
  "fargate/x86/gib-hour": "0.004445",
  "fargate/arm/vcpu-hour": "0.03238",
  "fargate/arm/gib-hour": "0.00356",
  "fargate/ephemeral-storage/gib-hour": "0.000111",
  "alb/hour": "0.0225",
  "alb/lcu-hour": "0.008",
  "interface-endpoint/zone-hour": "0.01",
  "interface-endpoint/gb": "0.01",
  "public-ipv4/hour": "0.005",
  "nat-gateway/hour": "0.045",
  "nat-gateway/gb": "0.046",
  "ebs/gp3/gib-month": "0.08",
  "ec2/m6i.large": "0.096",
  "ec2/t4g.medium": "0.0336",
};

describe("what is read", () => {
  test.each([
    ["eu-west-1", "EU-"],
    ["ap-southeast-2", "APS2-"],
    ["us-gov-west-1", "UGW1-"],
    ["us-east-1", "USE1-"],
    ["us-east-1", ""],
  ])(
    "in %s, exact usage types with the prefix %j give the prices, amid those that look alike",
    async (region, prefix) => {
      serve(region, rowsOf(prefix));
      const table = await refresh({ region });
      expect(prices(table)).toEqual(ALL);
      expect(table.region).toBe(region);
    },
  );

  test("a Region that is newer than the table of prefixes is read by the form of the prefix and the Region's code", async () => {
    serve("ap-southeast-9", rowsOf("APS9-"));
    expect(prices(await refresh({ region: "ap-southeast-9" }))).toEqual(ALL);
  });

  test("without the Region's code in the list, such a Region is refused", async () => {
    const header = HEADER.filter((column) => column !== "Region Code");
    const list = priceList({ offerCode: "AmazonEKS", region: "", rows: [{}], header });
    serve("ap-southeast-9", rowsOf("APS9-"), { AmazonEKS: [list] });
    expect(await refusal({ region: "ap-southeast-9" })).toContain('has no column "Region Code"');
  });

  test.each(["EUW2-", ""])("prices with the prefix %j of another Region are not taken", async (prefix) => {
    serve("eu-west-1", { ...rowsOf("EU-"), AmazonECS: rowsOf(prefix).AmazonECS ?? [] });
    const table = await refresh();
    expect(prices(table)).not.toHaveProperty(["fargate/x86/vcpu-hour"]);
    expect(table.missing["fargate/x86/vcpu-hour"]).toBe("not in the list of AmazonECS");
  });

  test("prices of a Local Zone under the Region's prefix are not taken", async () => {
    const rows = rowsOf("EU-");
    rows.AmazonEC2?.unshift(instance("EU-BoxUsage:m6i.large", "0.3000", { "Region Code": "eu-west-1-dub-1" }));
    serve("eu-west-1", rows);
    expect(prices(await refresh())["ec2/m6i.large"]).toBe("0.096");
  });

  test("each group names the list, its version and the day of its publication", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    const { groups } = await refresh();
    expect(groups.map(({ source, date }) => [source, date])).toEqual(
      CODES.map((code) => [`AWS Price List at ${server.url}, ${code} version 20261117211403`, "2026-11-17"]),
    );
  });

  test("the table is written and read back as it is, and gives a book of exactly its prices", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    const table = parsePriceTable(priceTableJson(await refresh()), "prices.json");
    const book = PriceBook.fromTable(table, "prices.json");
    expect(book.find("fargate/x86/vcpu-hour")?.usd.toString()).toBe("0.04048");
    expect(book.find("fargate/spot/vcpu-hour")).toBeUndefined();
    expect(book.instanceTypes()).toEqual(["m6i.large", "t4g.medium"]);
    expect(book.provenance).toEqual({ kind: "file", file: "prices.json", oldest: "2026-11-17", newest: "2026-11-17" });
  });

  test("without a list of instance types, those of the package are read", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    const { instanceTypes: _, ...options } = { instanceTypes: [], region: "eu-west-1", baseUrl: server.url };
    const table = await refreshPrices(options);
    expect(prices(table)["ec2/m6i.xlarge"]).toBe("0.192");
    expect(table.missing["ec2/r6g.large"]).toBe("not in the list of AmazonEC2");
  });

  test("columns in another order, in other case and with others among them are found by name", async () => {
    const header = [...HEADER]
      .reverse()
      .map((column) => ({ usageType: "Usage Type", operation: "Operation" })[column] ?? column);
    const rows = (rowsOf("EU-").AWSELB ?? []).map((row) => ({
      ...row,
      "Usage Type": row.usageType ?? "",
      Operation: row.operation ?? "",
    }));
    // The line with the names of the columns is told by its first one.
    header.splice(header.indexOf("SKU"), 1);
    const list = priceList({ offerCode: "AWSELB", region: "eu-west-1", rows, header: ["SKU", ...header] });
    serve("eu-west-1", rowsOf("EU-"), { AWSELB: [list] });
    expect(prices(await refresh())).toEqual(ALL);
  });

  test("a byte order mark and Windows line ends do no harm", async () => {
    const list = priceList({ offerCode: "AmazonVPC", region: "eu-west-1", rows: rowsOf("EU-").AmazonVPC ?? [] });
    serve("eu-west-1", rowsOf("EU-"), { AmazonVPC: [`\uFEFF${list.replaceAll('"\n', '"\r\n')}`] });
    expect(prices(await refresh())).toEqual(ALL);
  });

  test("a slash at the end of the base URL does no harm", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    expect(prices(await refresh({ baseUrl: `${server.url}//` }))).toEqual(ALL);
  });
});

describe("what is missing is told with its reason, and never 0", () => {
  const missingAfter = async (change: (row: Cells) => Cells) => {
    const rows = rowsOf("EU-");
    rows.AmazonECS = (rows.AmazonECS ?? []).map((row) => (row.usageType === "EU-Fargate-GB-Hours" ? change(row) : row));
    serve("eu-west-1", rows);
    const table = await refresh();
    expect(prices(table)).not.toHaveProperty(["fargate/x86/gib-hour"]);
    return table.missing["fargate/x86/gib-hour"];
  };

  test.each([
    ["absent", { usageType: "EU-Fargate-Other" }, "not in the list of AmazonECS"],
    ["in another currency", { Currency: "CNY" }, 'the list has it in "CNY", not in "USD"'],
    ["in another unit", { Unit: "Seconds" }, 'the list has it per "Seconds", not in hours'],
    ["at 0", { PricePerUnit: "0.0000000000" }, "the list has it at 0 only"],
    ["a reserved term", { TermType: "Reserved" }, "not in the list of AmazonECS"],
    ["a later tier", { StartingRange: "100" }, "not in the list of AmazonECS"],
  ])("a price that is %s", async (_, change, reason) => {
    expect(await missingAfter((row) => ({ ...row, ...change }))).toBe(reason);
  });

  test("a price of 0 beside the real one is a free tier", async () => {
    const rows = rowsOf("EU-");
    rows.AmazonVPC?.push({ usageType: "EU-VpcEndpoint-Hours", PricePerUnit: "0.0000000000" });
    serve("eu-west-1", rows);
    expect(prices(await refresh())["interface-endpoint/zone-hour"]).toBe("0.01");
  });

  test("all prices of a service that has no list for the Region", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    server.on(indexPath("AmazonEKS"), regionIndex("AmazonEKS", "us-east-1"));
    const table = await refresh();
    expect(table.missing["eks/cluster-hour"]).toBe("AWS has no list of AmazonEKS for eu-west-1");
    expect(prices(table)["alb/hour"]).toBe("0.0225");
  });

  test("Spot prices, unless their feed is named", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    expect((await refresh()).missing["fargate/spot/vcpu-hour"]).toBe(
      "the Price List has no Spot prices, and no feed of them was named",
    );
  });

  test("nothing at all is refused", async () => {
    serve("eu-west-1", rowsOf("EUW2-"));
    expect(await refusal()).toContain(`the Price List at ${server.url} has none of the wanted prices for "eu-west-1"`);
  });

  test("a Region that no index has is refused", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    expect(await refusal({ region: "eu-west-4" })).toBe(
      `the Price List at ${server.url} has no Region "eu-west-4"; check its name, and write it like "eu-west-1"`,
    );
  });

  test("the China Regions are refused before anything is read", async () => {
    expect(await refusal({ region: "cn-north-1" })).toContain('"cn-north-1" cannot be refreshed');
    expect(server.requests).toEqual([]);
  });

  test("a word that is no instance type is refused before anything is read", async () => {
    expect(await refusal({ instanceTypes: ["m6i.large", "Large"] })).toBe(
      '"Large" is not an EC2 instance type; write it like "m6i.large"',
    );
    expect(server.requests).toEqual([]);
  });
});

describe("lists that are not what they should be are refused, and nothing is tried again", () => {
  const ecs = (changes: Parameters<typeof priceList>[0] | object = {}) =>
    priceList({ offerCode: "AmazonECS", region: "eu-west-1", rows: rowsOf("EU-").AmazonECS ?? [], ...changes });
  const url = () => `${server.url}${listPath("AmazonECS", "eu-west-1")}.csv`;
  const refused = async (list: string) => {
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [list] });
    const message = await refusal();
    expect(waits).toEqual([]);
    return message;
  };

  test("a web page", async () => {
    expect(await refused('<html lang="en">\n<body>Sign in</body></html>')).toMatch(
      /is not a price list in CSV: .+; check that the base URL is that of an AWS Price List$/,
    );
  });

  test("text without a line of columns", async () => {
    expect(await refused("maintenance\n")).toContain("it has no line with the names of columns");
    expect(await refused("maintenance\n".repeat(10_000))).toContain(
      "its first 65536 bytes have no line with the names of columns",
    );
  });

  test("nothing", async () => {
    expect(await refused("")).toBe(
      `${url()} is not a price list in CSV: it is empty; check that the base URL is that of an AWS Price List`,
    );
  });

  test("a header without prices", async () => {
    expect(await refused(ecs({ rows: [] }))).toBe(`${url()} has a header and no prices; try again later`);
  });

  test("missing columns, all of them named", async () => {
    const header = HEADER.filter((column) => column !== "PricePerUnit" && column !== "usageType");
    expect(await refused(ecs({ header }))).toContain(
      `${url()} has no column "PricePerUnit", "usageType"; AWS may have`,
    );
  });

  test("missing metadata", async () => {
    expect(await refused(ecs().split("\n").slice(5).join("\n"))).toContain(
      `'FormatVersion' of ${url()} must be "v1" with any minor version in the lines before the prices, got ""`,
    );
  });

  test.each([
    [{ FormatVersion: "v2.0" }, `'FormatVersion'`, '"v2.0"'],
    [{ OfferCode: "AmazonEC2" }, `'OfferCode'`, '"AmazonEC2"'],
    [{ "Publication Date": "yesterday" }, `'Publication Date'`, '"yesterday"'],
    [{ Version: "" }, `'Version'`, '""'],
  ])("metadata %j", async (metadata, name, value) => {
    const message = await refused(ecs({ metadata }));
    expect(message).toContain(`${name} of ${url()} must be`);
    expect(message).toContain(`got ${value}`);
  });

  test("a row with too few values, with its line", async () => {
    expect(await refused(`${ecs({ rows: [] })}"SKU0","OnDemand"\n`)).toBe(
      `line 7 of ${url()} has 2 values for ${HEADER.length} columns; the file is damaged, try again later`,
    );
  });

  test.each(["free", "", "-0.0404800000", "0,04"])("a wanted price of %j", async (amount) => {
    expect(await refused(ecs({ rows: [{ usageType: "EU-Fargate-GB-Hours", PricePerUnit: amount }] }))).toContain(
      `has "${amount}" as the price for "fargate/x86/gib-hour", which is no amount of 0 or more`,
    );
  });

  test("a price that nobody wants may be anything", async () => {
    const rows = [...(rowsOf("EU-").AmazonECS ?? []), { usageType: "EU-Other", PricePerUnit: "free" }];
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [ecs({ rows })] });
    expect(prices(await refresh())).toEqual(ALL);
  });

  test("two prices for the same, both of them named", async () => {
    const rows = [
      { SKU: "AAA", usageType: "EU-Fargate-GB-Hours", PricePerUnit: "0.0044450000" },
      { SKU: "BBB", usageType: "EU-Fargate-GB-Hours", PricePerUnit: "0.0044460000" },
    ];
    expect(await refused(ecs({ rows }))).toMatch(
      /has two prices for "fargate\/x86\/gib-hour": 0.004445 \(line \d+, SKU "AAA"\), and 0.004446 \(line \d+, SKU "BBB"\); which/,
    );
  });

  test("the same price twice is one", async () => {
    const rows = rowsOf("EU-").AmazonECS ?? [];
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [ecs({ rows: [...rows, ...rows] })] });
    expect(prices(await refresh())).toEqual(ALL);
  });

  test.each([
    ["no JSON", "<html>", "is not JSON"],
    ["a text", '"regions"', 'must be an object, got "regions"'],
    ["no Regions", "{}", "'regions' of"],
    ["a Region without path", '{"regions":{"eu-west-1":{}}}', "'regions.eu-west-1.currentVersionUrl' of"],
    [
      "another host",
      '{"regions":{"eu-west-1":{"currentVersionUrl":"//example.com/index.json"}}}',
      "must be a path like",
    ],
    ["another file", '{"regions":{"eu-west-1":{"currentVersionUrl":"/offers/list.txt"}}}', "must be a path like"],
  ])("an index that is %s", async (_, index, message) => {
    serve("eu-west-1", rowsOf("EU-"));
    server.on(indexPath("AmazonECS"), index);
    expect(await refusal()).toContain(message);
    expect(waits).toEqual([]);
  });

  test("an index that does not end", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    server.on(indexPath("AmazonECS"), " ".repeat(9 * 1024 * 1024));
    expect(await refusal()).toContain("is longer than the 8388608 bytes that an index may have");
  });
});

describe("the network", () => {
  const list = () => priceList({ offerCode: "AmazonECS", region: "eu-west-1", rows: rowsOf("EU-").AmazonECS ?? [] });
  const path = `${listPath("AmazonECS", "eu-west-1")}.csv`;
  const status =
    (code: number): Handler =>
    (_, response) =>
      response.writeHead(code).end();

  test.each([
    [404, "check the base URL, and that AWS offers the service in the Region"],
    [403, "check the base URL, and that a proxy or firewall lets it through"],
  ])("status %d is told with its fix, at once", async (code, fix) => {
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [status(code)] });
    expect(await refusal()).toBe(`${server.url}${path} answered with HTTP status ${code}; ${fix}`);
    expect(waits).toEqual([]);
  });

  test.each([500, 503, 429])("after status %d it is tried again", async (code) => {
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [status(code), status(code), list()] });
    expect(prices(await refresh())).toEqual(ALL);
    expect(waits).toEqual([500, 1000]);
  });

  test("an index is tried again too", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    server.on(indexPath("AWSELB"), status(502), regionIndex("AWSELB", "eu-west-1"));
    expect(prices(await refresh())).toEqual(ALL);
  });

  test("after three further tries it is told", async () => {
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [status(500)] });
    expect(await refusal()).toBe(`${server.url}${path} answered with HTTP status 500; try again later`);
    expect(waits).toEqual([500, 1000, 2000]);
    expect(server.requests.filter((request) => request === path)).toHaveLength(4);
  });

  test("a host that does not answer is told with the reason", async () => {
    expect(await refusal({ baseUrl: "http://127.0.0.1:1", retries: 0 })).toMatch(
      /^http:\/\/127\.0\.0\.1:1\/offers\S+ cannot be read: .+; check the network and the base URL$/,
    );
  });

  test("a redirect is followed", async () => {
    serve("eu-west-1", rowsOf("EU-"), {
      AmazonECS: [(_, response) => response.writeHead(302, { location: "/moved.csv" }).end()],
    });
    server.on("/moved.csv", list());
    expect(prices(await refresh())).toEqual(ALL);
  });

  test("a compressed list is unpacked", async () => {
    const packed = gzipSync(list());
    expect(gunzipSync(packed).toString()).toBe(list());
    serve("eu-west-1", rowsOf("EU-"), {
      AmazonECS: [
        (_, response) =>
          response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed),
      ],
    });
    expect(prices(await refresh())).toEqual(ALL);
  });

  test.each([
    ["no gzip", (packed: Buffer) => Buffer.from(`x${packed.toString("latin1")}`, "latin1")],
    ["cut off", (packed: Buffer) => packed.subarray(0, packed.length - 40)],
  ])("a compressed list that is %s is refused", async (_, damage) => {
    const body = damage(gzipSync(list()));
    const reply: Handler = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(body);
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [reply] });
    expect(await refusal({ retries: 0 })).toMatch(/^the download of \S+ broke off after \d+ bytes: .+; try again$/);
  });

  test("a list that breaks off is refused, and the prices until there are not kept", async () => {
    const cut: Handler = (_, response) => {
      response.writeHead(200, { "content-length": list().length });
      response.write(list().slice(0, -100), () => response.destroy());
    };
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [cut] });
    expect(await refusal({ retries: 0 })).toMatch(/^the download of \S+ broke off after \d+ bytes: .+; try again$/);

    const other = priceList({
      offerCode: "AmazonECS",
      region: "eu-west-1",
      rows: rowsOf("EU-", (amount) => amount.replace("0.04048", "0.05")).AmazonECS ?? [],
    });
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [cut, other] });
    expect(prices(await refresh())["fargate/x86/vcpu-hour"]).toBe("0.05");
  });

  test("a list that ends within a row without the network's notice is refused", async () => {
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [list().slice(0, -20)] });
    expect(await refusal({ retries: 0 })).toContain("broke off");
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [list().slice(0, list().lastIndexOf(","))] });
    expect(await refusal({ retries: 0 })).toContain(`has ${HEADER.length - 1} values for ${HEADER.length} columns`);
  });

  test("fewer bytes than the server named are refused", async () => {
    serve("eu-west-1", rowsOf("EU-"));
    const short: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      return String(input).endsWith(path)
        ? new Response(list(), { headers: { "content-length": String(list().length + 5) } })
        : response;
    };
    expect(await refusal({ fetch: short, retries: 0 })).toBe(
      `the download of ${server.url}${path} is incomplete: ${list().length} of ${list().length + 5} bytes arrived; try again`,
    );
  });

  test.each([
    ["before it answers", (() => undefined) as Handler],
    ["amid the list", ((_, response) => response.write(list().slice(0, 900))) as Handler],
  ])("a server that falls silent %s is given up", async (_, silent) => {
    serve("eu-west-1", rowsOf("EU-"), { AmazonECS: [silent] });
    expect(await refusal({ idleSeconds: 0.05, retries: 0 })).toBe(
      `${server.url}${path} sent nothing for 0.05 s; check the network, or try again later`,
    );
  });

  test("progress tells the service, the bytes and, where it is known, of how many", async () => {
    serve("eu-west-1", rowsOf("EU-"), {
      AmazonECS: [
        (_, response) => response.writeHead(200, { "content-length": Buffer.byteLength(list()) }).end(list()),
      ],
    });
    server.on(`${listPath("AmazonEC2", "eu-west-1")}.csv`, (_, response) => {
      response.write(priceList({ offerCode: "AmazonEC2", region: "eu-west-1", rows: rowsOf("EU-").AmazonEC2 ?? [] }));
      response.end();
    });
    const seen: RefreshProgress[] = [];
    await refresh({ onProgress: (progress) => seen.push(progress) });
    expect([...new Set(seen.map(({ offer }) => offer))]).toEqual(CODES);
    const total = Buffer.byteLength(list());
    expect(seen.filter(({ offer }) => offer === "AmazonECS").at(-1)).toEqual({
      offer: "AmazonECS",
      bytes: total,
      total,
    });
    expect(seen.filter(({ offer }) => offer === "AmazonEC2").at(-1)).not.toHaveProperty("total");
  });
});

test("a list of 50,000 prices is read while it arrives: no more than a few pieces of it wait for the reader", async () => {
  const header = ["SKU", "TermType", "StartingRange", "Unit", "PricePerUnit", "Currency", "usageType"];
  const wanted = priceList({
    offerCode: "AmazonEKS",
    region: "eu-west-1",
    rows: rowsOf("EU-").AmazonEKS ?? [],
    header,
  });
  const end = wanted.indexOf('"SKU0"');
  const noise = Buffer.from("X,,,,,,\n".repeat(1000));
  const pieces = [Buffer.from(wanted.slice(0, end)), ...Array<Buffer>(50).fill(noise), Buffer.from(wanted.slice(end))];
  let sent = 0;
  let taken = 0;
  let furthest = 0;
  const body = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece === undefined) {
          controller.close();
        } else {
          controller.enqueue(piece);
          sent += piece.length;
          furthest = Math.max(furthest, sent - taken);
        }
      },
    });
  serve("eu-west-1", rowsOf("EU-"));
  const table = await refresh({
    fetch: async (input, init) =>
      String(input).endsWith(`${listPath("AmazonEKS", "eu-west-1")}.csv`) ? new Response(body()) : fetch(input, init),
    onProgress: ({ offer, bytes }) => {
      taken = offer === "AmazonEKS" ? bytes : taken;
    },
  });
  expect(prices(table)).toEqual(ALL);
  expect(taken).toBe(wanted.length + 50 * noise.length);
  expect(furthest).toBeLessThan(5 * noise.length);
});
