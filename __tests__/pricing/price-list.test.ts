import fc from "fast-check";
import { type Row, readPriceList } from "../../src/pricing/price-list";
import { priceList } from "./price-list-file";

const COLUMNS = ["SKU", "PricePerUnit", "usageType"] as const;

async function read(pieces: Iterable<Uint8Array>) {
  const rows: { line: number; cells: string[] }[] = [];
  const file = { url: "list.csv", offerCode: "AmazonECS", columns: COLUMNS };
  const info = await readPriceList(file, chunks(pieces), (row: Row, line) => {
    rows.push({ line, cells: COLUMNS.map((column) => row(column)) });
  });
  return { info, rows };
}

async function* chunks(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

const header = [...COLUMNS];
const file = (rows: Record<string, string>[]) =>
  Buffer.from(priceList({ offerCode: "AmazonECS", region: "eu-west-1", rows, header }));

test("rows come with their line, and values are unquoted", async () => {
  const rows = [
    { SKU: "A", PricePerUnit: "0.1", usageType: 'a "b", c' },
    { SKU: "B", PricePerUnit: "0.2", usageType: "two\nlines" },
    { SKU: "C", PricePerUnit: "0.3", usageType: "São Paulo" },
  ];
  expect(await read([file(rows)])).toEqual({
    info: { published: "2026-11-17", version: "20261117211403" },
    rows: [
      { line: 7, cells: ["A", "0.1", 'a "b", c'] },
      // The line on which a row ends.
      { line: 9, cells: ["B", "0.2", "two\nlines"] },
      { line: 10, cells: ["C", "0.3", "São Paulo"] },
    ],
  });
});

test("columns that the list does not have are empty, if nobody needs them", async () => {
  const seen: string[] = [];
  const list = { url: "list.csv", offerCode: "AmazonECS", columns: COLUMNS };
  await readPriceList(list, chunks([file([{ SKU: "A" }])]), (row) => seen.push(row("Tenancy")));
  expect(seen).toEqual([""]);
});

test("what a row's reader throws ends the reading", async () => {
  const list = { url: "list.csv", offerCode: "AmazonECS", columns: COLUMNS };
  let calls = 0;
  const reading = readPriceList(list, chunks([file([{ SKU: "A" }, { SKU: "B" }])]), () => {
    calls++;
    throw new RangeError("enough");
  });
  await expect(reading).rejects.toThrow(new RangeError("enough"));
  expect(calls).toBe(1);
});

test("a head that is no CSV is refused", async () => {
  await expect(read([Buffer.from('<html lang="en">\n"SKU",\n')])).rejects.toThrow(
    /^list.csv is not a price list in CSV: invalid Opening Quote: .+; check that/,
  );
});

test("a list that ends within a row is refused with the bytes until there", async () => {
  const cut = file([{ SKU: "A" }]).subarray(0, -2);
  await expect(read([cut.subarray(0, 300), cut.subarray(300)])).rejects.toThrow(
    `the download of list.csv broke off after ${cut.length} bytes: it ends within a row; try again`,
  );
});

test("a row without end is refused, and not gathered", async () => {
  const head = file([]);
  const endless = [head, Buffer.from('"A","'), ...Array<Buffer>(30).fill(Buffer.alloc(10_000, "x"))];
  await expect(read(endless)).rejects.toThrow(/list.csv is not a price list in CSV: .*maximum/);
});

test("however the bytes are cut into pieces, the rows are the same", async () => {
  // Quotes, line ends and characters of one to four bytes, all often enough to be cut through.
  const unit = fc.constantFrom('"', ",", "\n", " ", "a", "\0", "\u00e9", "\u20ac", "\ufeff", "\u{1f600}");
  const cell = fc.string({ unit, maxLength: 8 });
  const rows = fc.array(fc.record({ SKU: cell, PricePerUnit: cell, usageType: cell }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, fc.array(fc.nat(400), { maxLength: 12 }), async (values, cuts) => {
      const bytes = file(values);
      const ends = [...cuts, bytes.length].sort((a, b) => a - b);
      const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
      const found = (await read(pieces)).rows.map(({ cells }) => cells);
      const expected = values.map(({ SKU, PricePerUnit, usageType }) => [SKU, PricePerUnit, usageType]);
      expect(found).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
