import { readSpotPrices } from "../../src/pricing/spot-prices";
import { PriceServer } from "./price-server";

let server: PriceServer;
beforeAll(async () => {
  server = await PriceServer.start();
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const entry = (region: string, unit: string, usd: string) => ({
  id: unit,
  unit,
  price: { USD: usd },
  attributes: { "aws:region": region, "aws:label": "EU (Ireland)" },
});

const FEED = [
  entry("us-east-1", "vCPU-Hours", "0.01288561"),
  entry("us-east-1", "GB-Hours", "0.00141493"),
  entry("eu-west-1", "ARM-vCPU-Hours", "0.00979124"),
  entry("eu-west-1", "vCPU-Hours", "0.0122553600"),
  entry("eu-west-1", "GB-Hours", "0.00134573"),
  entry("eu-west-1", "ARM-GB-Hours", "0.00107649"),
];

function read(feed: unknown, url = `${server.url}/spot.json`) {
  server.on("/spot.json", typeof feed === "string" ? feed : JSON.stringify(feed));
  const transport = { fetch, idleSeconds: 1, retries: 0, wait: async () => undefined };
  return readSpotPrices(url, "eu-west-1", transport, "2026-11-21");
}

test("the prices of the Region on x86, with the day of reading and a caveat", async () => {
  expect(await read({ prices: FEED })).toEqual({
    group: {
      source: "feed of AWS's pricing page for Fargate Spot",
      date: "2026-11-21",
      caveat: "Spot prices change over time; AWS does not document the feed",
      prices: { "fargate/spot/vcpu-hour": "0.01225536", "fargate/spot/gib-hour": "0.00134573" },
    },
  });
});

test("entries of other units and currencies, and what else is in them, do no harm", async () => {
  const other = [
    { unit: "Other", price: { EUR: "1" }, attributes: {}, more: [] },
    entry("eu-west-1", "vCPU-Hours", "0"),
  ];
  expect(await read({ prices: [...other, ...FEED], manifest: {} })).toHaveProperty("group");
});

const FORM = "the feed of Spot prices, which AWS does not document, has another form than expected";
const NONE = "the feed of Spot prices has none for the Region";

test.each([
  ["another form", [], FORM],
  ["entries of another form", { prices: [{ unit: "vCPU-Hours", usd: "1" }] }, FORM],
  ["no prices", { prices: [] }, NONE],
  ["only one of the two", { prices: FEED.slice(0, 4) }, NONE],
  [
    "a price that is none",
    { prices: [entry("eu-west-1", "vCPU-Hours", "free"), entry("eu-west-1", "GB-Hours", "1")] },
    NONE,
  ],
  ["a price of 0", { prices: [entry("eu-west-1", "vCPU-Hours", "0"), entry("eu-west-1", "GB-Hours", "1")] }, NONE],
  [
    "two for the same",
    { prices: [...FEED, entry("eu-west-1", "vCPU-Hours", "0.02")] },
    "the feed of Spot prices has two prices for the same",
  ],
])("a feed with %s leaves them missing", async (_, feed, missing) => {
  expect(await read(feed)).toEqual({ missing });
});

test("a feed that cannot be read leaves them missing, with the reason", async () => {
  expect(await read("<html>")).toEqual({ missing: expect.stringContaining("is not JSON") });
  expect(await read("", `${server.url}/none.json`)).toEqual({ missing: expect.stringContaining("HTTP status 404") });
});
