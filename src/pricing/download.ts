import { httpStatus, interrupted, notJson, PriceError, timedOut, tooLong, truncated, unreachable } from "./errors";

/** How files are read over HTTP. */
export interface Transport {
  readonly fetch: typeof fetch;
  /** Seconds without a byte after which a download is given up. */
  readonly idleSeconds: number;
  /** How often a download is tried again after the network or the server failed. */
  readonly retries: number;
  /** Waits so many milliseconds before the next try. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** @param total bytes in all, where the server says so */
export type OnBytes = (bytes: number, total: number | undefined) => void;

/** Wait before the first new try, doubled for each further one. */
const FIRST_WAIT_MS = 500;

/** Beyond this an index is none: the longest of AWS has some 20 kB. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;

/**
 * The body of `url`, piece by piece: no more of it is in memory than the reader has not taken yet.
 *
 * @throws PriceError for any status but success, a broken or incomplete transfer, and silence
 */
export async function* download(
  url: string,
  { fetch, idleSeconds }: Transport,
  onBytes: OnBytes = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), idleSeconds * 1000);
  let bytes: number | undefined;
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok) {
      await response.body?.cancel();
      throw httpStatus(url, response.status);
    }
    const total = lengthOf(response);
    bytes = 0;
    onBytes(bytes, total);
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      onBytes(bytes, total);
      yield chunk;
      timer.refresh();
    }
    if (total !== undefined && bytes !== total) {
      throw truncated(url, bytes, total);
    }
  } catch (error) {
    throw error instanceof PriceError
      ? error
      : failure(url, error, { bytes, silent: silence.signal.aborted, idleSeconds });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The value of a JSON file.
 *
 * @throws PriceError as {@link download}, and when it is not JSON or too long to be an index
 */
export async function downloadJson(url: string, transport: Transport): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of download(url, transport)) {
    bytes += chunk.byteLength;
    if (bytes > MAX_JSON_BYTES) {
      throw tooLong(url, MAX_JSON_BYTES);
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw notJson(url);
  }
}

/** Tries again when the network or the server failed. */
export async function withRetries<T>(attempt: () => Promise<T>, { retries, wait }: Transport): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PriceError) || !error.transient || failures >= retries) {
        throw error;
      }
      await wait(FIRST_WAIT_MS * 2 ** failures);
    }
  }
}

/** Of a compressed body the length is told before, and the bytes are counted after it is unpacked. */
function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  const encoding = headers.get("content-encoding") ?? "identity";
  return length !== null && /^\d+$/.test(length) && encoding === "identity" ? Number(length) : undefined;
}

interface Progress {
  /** `undefined` while there is no answer yet. */
  readonly bytes: number | undefined;
  readonly silent: boolean;
  readonly idleSeconds: number;
}

function failure(url: string, error: unknown, { bytes, silent, idleSeconds }: Progress): PriceError {
  if (silent) {
    return timedOut(url, idleSeconds);
  }
  return bytes === undefined ? unreachable(url, reasonOf(error)) : interrupted(url, bytes, reasonOf(error));
}

/** `fetch` says "fetch failed" or "terminated" and keeps the reason as the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  const { message: reason, code } = (cause ?? {}) as NodeJS.ErrnoException;
  return [reason, code, message].find((text) => text !== undefined && text !== "") ?? String(error);
}
