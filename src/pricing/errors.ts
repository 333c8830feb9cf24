import { type Problem, quote } from "../model/problem";

/** A price table that cannot be used, or prices that cannot be read from AWS. */
export class PriceError extends Error {
  override readonly name = "PriceError";

  constructor(
    message: string,
    /** Whether trying again may help: the network or the server failed, not what it sent. */
    readonly transient = false,
  ) {
    super(message);
  }
}

const REPORT = "AWS may have changed the format of its Price List: look for a newer release";

/** Longest value that a message shows whole, in characters. */
const MAX_SHOWN = 60;

/** Quotes a value, cut where it is long. */
export function shown(value: unknown): string {
  const text = quote(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}

export function tableNotJson(file: string, reason: string): PriceError {
  return new PriceError(
    `the price table "${file}" is not JSON: ${reason}; write it anew with "prices refresh" or correct it`,
  );
}

export function tableInvalid(file: string, problems: readonly Problem[]): PriceError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.map(({ at, message }) => (at.length === 0 ? `  ${message}` : `  ${at.join(".")}: ${message}`));
  return new PriceError(`${count} in the price table "${file}":\n${lines.join("\n")}`);
}

export function chinaRefused(region: string): PriceError {
  return new PriceError(
    `prices of ${quote(region)} cannot be refreshed: the China Regions have a Price List of their own, in CNY; name a Region outside China, or write a price table in USD by hand`,
  );
}

export function httpStatus(url: string, status: number): PriceError {
  const fix =
    status === 404
      ? "check the base URL, and that AWS offers the service in the Region"
      : status === 403
        ? "check the base URL, and that a proxy or firewall lets it through"
        : "try again later";
  return new PriceError(`${url} answered with HTTP status ${status}; ${fix}`, status >= 500 || status === 429);
}

export function unreachable(url: string, reason: string): PriceError {
  return new PriceError(`${url} cannot be read: ${reason}; check the network and the base URL`, true);
}

export function interrupted(url: string, bytes: number, reason: string): PriceError {
  return new PriceError(`the download of ${url} broke off after ${bytes} bytes: ${reason}; try again`, true);
}

export function truncated(url: string, bytes: number, expected: number): PriceError {
  return new PriceError(`the download of ${url} is incomplete: ${bytes} of ${expected} bytes arrived; try again`, true);
}

export function timedOut(url: string, seconds: number): PriceError {
  return new PriceError(`${url} sent nothing for ${seconds} s; check the network, or try again later`, true);
}

export function notJson(url: string): PriceError {
  return new PriceError(`${url} is not JSON; check that the base URL is that of an AWS Price List`);
}

export function tooLong(url: string, bytes: number): PriceError {
  return new PriceError(
    `${url} is longer than the ${bytes} bytes that an index may have; check that the base URL is that of an AWS Price List`,
  );
}

export function wrongShape(url: string, path: string, rule: string, value: unknown): PriceError {
  const what = path === "" ? url : `'${path}' of ${url}`;
  return new PriceError(`${what} must be ${rule}, got ${shown(value)}; ${REPORT}`);
}

export function notCsv(url: string, reason: string): PriceError {
  return new PriceError(
    `${url} is not a price list in CSV: ${reason}; check that the base URL is that of an AWS Price List`,
  );
}

export function columnMissing(url: string, columns: string): PriceError {
  return new PriceError(`${url} has no column ${columns}; ${REPORT}`);
}

export function rowDamaged(url: string, line: number, rule: string): PriceError {
  return new PriceError(`line ${line} of ${url} ${rule}; the file is damaged, try again later`);
}

export function noRows(url: string): PriceError {
  return new PriceError(`${url} has a header and no prices; try again later`);
}

export function conflict(url: string, key: string, first: string, second: string): PriceError {
  return new PriceError(
    `${url} has two prices for ${quote(key)}: ${first}, and ${second}; which one holds cannot be told, so nothing was written; ${REPORT}`,
  );
}

export function unknownRegion(baseUrl: string, region: string): PriceError {
  return new PriceError(
    `the Price List at ${baseUrl} has no Region ${quote(region)}; check its name, and write it like "eu-west-1"`,
  );
}

export function nothingFound(baseUrl: string, region: string): PriceError {
  return new PriceError(
    `the Price List at ${baseUrl} has none of the wanted prices for ${quote(region)}; check the Region. ${REPORT}`,
  );
}

export function noInstanceType(name: string): PriceError {
  return new PriceError(`${quote(name)} is not an EC2 instance type; write it like "m6i.large"`);
}
