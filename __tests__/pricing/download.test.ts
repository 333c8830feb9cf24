import { download, type Transport } from "../../src/pricing/download";

const URL = "https://prices.example/list.csv";

function transport(body: ReadableStream<Uint8Array> | string): Transport {
  return { fetch: async () => new Response(body), idleSeconds: 30, retries: 0, wait: async () => undefined };
}

function read(body: ReadableStream<Uint8Array> | string): Promise<string> {
  return readFrom(transport(body));
}

async function readFrom(from: Transport): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of download(URL, from)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

describe("with a clock that the test moves", () => {
  beforeEach(() =>
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask", "performance", "Date"] }),
  );
  afterEach(() => jest.useRealTimers());

  /** Ten bytes, each after so many seconds; as over the network, an aborted request breaks off. */
  function slowly(seconds: number): Transport {
    const send = (signal: AbortSignal | null | undefined, left: { bytes: number }) =>
      new ReadableStream<Uint8Array>(
        {
          pull: (controller) => {
            jest.advanceTimersByTime(seconds * 1000);
            if (signal?.aborted) {
              controller.error(signal.reason);
            } else if (left.bytes-- > 0) {
              controller.enqueue(Buffer.from("x"));
            } else {
              controller.close();
            }
          },
        },
        // Nothing is fetched ahead: each piece takes its time after the one before was read.
        { highWaterMark: 0 },
      );
    return { ...transport(""), fetch: async (_, init) => new Response(send(init?.signal, { bytes: 10 })) };
  }

  test("a slow server is not given up while bytes arrive, however long it takes", async () => {
    expect(await readFrom(slowly(20))).toBe("x".repeat(10));
  });

  test("a server that is silent for longer is given up", async () => {
    await expect(readFrom(slowly(31))).rejects.toThrow(
      `${URL} sent nothing for 30 s; check the network, or try again later`,
    );
  });

  test("no timer is left, whether it succeeds or fails", async () => {
    await read("x");
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("reset by peer")),
    });
    await expect(read(broken)).rejects.toThrow(
      `the download of ${URL} broke off after 0 bytes: reset by peer; try again`,
    );
    expect(jest.getTimerCount()).toBe(0);
  });
});

test("a reader that stops early ends the transfer", async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Buffer.from("x")),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of download(URL, transport(endless))) {
    break;
  }
  expect(cancelled).toBe(true);
});

test("an empty body is nothing", async () => {
  expect(await read("")).toBe("");
});
