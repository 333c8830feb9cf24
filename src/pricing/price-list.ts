import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { CsvError as HeadCsvError, parse as parseSync } from "csv-parse/sync";
import { quote } from "../model/problem";
import { columnMissing, interrupted, noRows, notCsv, type PriceError, rowDamaged, wrongShape } from "./errors";

/**
 * Reads a price list of AWS in CSV: five lines of metadata (name and value), a line with the names of the columns, and
 * a line for each price. The list of EC2 has hundreds of MB and is never in memory as a whole.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
 */

/** Columns that are read, as AWS writes their names. Their order and number differ from service to service. */
const COLUMNS = [
  "SKU",
  "TermType",
  "StartingRange",
  "Unit",
  "PricePerUnit",
  "Currency",
  "usageType",
  "operation",
  "Tenancy",
  "Operating System",
  "Pre Installed S/W",
  "CapacityStatus",
  "Region Code",
] as const;

export type Column = (typeof COLUMNS)[number];

/** One price: its value in a column, empty when the list has none. */
export type Row = (column: Column) => string;

export interface PriceListFile {
  readonly url: string;
  /** Whose prices it must hold, such as `AmazonEC2`. */
  readonly offerCode: string;
  /** Columns without which it is of no use. */
  readonly columns: readonly Column[];
}

export interface PriceListInfo {
  /** Day of publication, ISO 8601. */
  readonly published: string;
  /** AWS's number of the version. */
  readonly version: string;
}

/** The metadata and the names of the columns have some 4 kB in the longest list. */
const MAX_HEAD_BYTES = 64 * 1024;

/** A longer row is a quote that nobody closed: rows of the longest list have some 2 kB. */
const MAX_ROW_BYTES = 128 * 1024;

/** The line with the names of the columns, to its end. */
const COLUMN_LINE = /^"?SKU"?,.*\r?\n/m;

/**
 * Calls `onRow` for each price of the list.
 *
 * @param onRow what it throws ends the reading
 * @throws PriceError when it is not a price list of that service, or is damaged
 */
export async function readPriceList(
  file: PriceListFile,
  chunks: AsyncIterable<Uint8Array>,
  onRow: (row: Row, line: number) => void,
): Promise<PriceListInfo> {
  const reader = new Reader(file, onRow);
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    // Rows are taken here and not passed on: a stream of objects would cost more than the parsing.
    on_record: (record: string[], { lines }) => {
      reader.takeRow(record, lines);
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(reader.takeHead(chunks), parser);
  } catch (error) {
    // The two entry points of csv-parse have a class each.
    const isCsvError = error instanceof CsvError || error instanceof HeadCsvError;
    throw isCsvError ? damaged(file.url, error, reader.bytes) : error;
  }
  return reader.end();
}

function damaged(url: string, { code, message }: CsvError, bytes: number): PriceError {
  return code === "CSV_QUOTE_NOT_CLOSED"
    ? interrupted(url, bytes, "it ends within a row")
    : notCsv(url, message.replace(/^Invalid /, "invalid "));
}

class Reader {
  /** How many have been taken. */
  bytes = 0;
  private readonly metadata = new Map<string, string>();
  private readonly positions = new Map<Column, number>();
  private width = 0;
  private headLines = 0;
  private rows = 0;

  constructor(
    private readonly file: PriceListFile,
    private readonly onRow: (row: Row, line: number) => void,
  ) {}

  /** The list without its head, which is taken here: it has rows of other lengths, of which the parser makes much ado. */
  async *takeHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    let head: Buffer | undefined = Buffer.alloc(0);
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      if (head === undefined) {
        yield chunk;
        continue;
      }
      head = Buffer.concat([head, chunk]);
      const end = endOfHead(head);
      if (end !== undefined) {
        this.readHead(head.toString("utf8", 0, end));
        yield head.subarray(end);
        head = undefined;
      } else if (head.length > MAX_HEAD_BYTES) {
        throw notCsv(this.file.url, `its first ${MAX_HEAD_BYTES} bytes have no line with the names of columns`);
      }
    }
    if (head !== undefined) {
      throw notCsv(this.file.url, head.length === 0 ? "it is empty" : "it has no line with the names of columns");
    }
  }

  /** @param lines lines before and of this row, those of the head not counted */
  takeRow(record: readonly string[], lines: number): void {
    const line = this.headLines + lines;
    if (record.length !== this.width) {
      throw rowDamaged(this.file.url, line, `has ${record.length} values for ${this.width} columns`);
    }
    this.rows++;
    this.onRow((column) => record[this.positions.get(column) ?? -1] ?? "", line);
  }

  end(): PriceListInfo {
    if (this.rows === 0) {
      throw noRows(this.file.url);
    }
    return { published: this.value("Publication Date").slice(0, 10), version: this.value("Version") };
  }

  private readHead(text: string): void {
    const records = parseSync(text, { bom: true, relax_column_count: true });
    const names = (records.pop() ?? []).map(plain);
    for (const [name = "", value = ""] of records) {
      this.metadata.set(plain(name), value);
    }
    this.checkMetadata();
    for (const column of COLUMNS) {
      this.positions.set(column, names.indexOf(plain(column)));
    }
    const missing = this.file.columns.filter((column) => this.positions.get(column) === -1);
    if (missing.length > 0) {
      throw columnMissing(this.file.url, missing.map(quote).join(", "));
    }
    this.width = names.length;
    this.headLines = text.split("\n").length - 1;
  }

  private checkMetadata(): void {
    const { url, offerCode } = this.file;
    const rules: readonly (readonly [name: string, rule: string, pattern: RegExp])[] = [
      ["FormatVersion", '"v1" with any minor version', /^v1(\.|$)/],
      ["OfferCode", quote(offerCode), new RegExp(`^${offerCode}$`)],
      ["Publication Date", 'a time like "2026-09-11T17:42:11Z"', /^\d{4}-\d\d-\d\dT/],
      ["Version", "a number of digits", /^\d+$/],
    ];
    for (const [name, rule, pattern] of rules) {
      if (!pattern.test(this.value(name))) {
        throw wrongShape(url, name, `${rule} in the lines before the prices`, this.value(name));
      }
    }
  }

  private value(name: string): string {
    return this.metadata.get(plain(name)) ?? "";
  }
}

/** Where the prices begin, in bytes; `undefined` while the names of the columns have not arrived. */
function endOfHead(bytes: Buffer): number | undefined {
  // Latin-1 has a character for each byte, so that the position in the text is that in the bytes.
  const found = COLUMN_LINE.exec(bytes.toString("latin1"));
  return found === null ? undefined : found.index + found[0].length;
}

/** Services differ in the case and the spaces of a name. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
