import { type ClientHttp2Session, type ClientHttp2Stream, connect } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "./objects";

export type PatchType = "application/merge-patch+json" | "application/apply-patch+yaml";

const TOO_EARLY = 429;
const ATTEMPTS = 50;

/** An answer of the API other than 2xx. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: KubernetesObject;
}

/** HTTP/2 to one API server, whose certificate is verified: all requests and watches share one connection. */
export class Client {
  private session?: ClientHttp2Session;

  /** @param certificateAuthority PEM */
  constructor(
    private readonly url: string,
    private readonly certificateAuthority: string,
    private readonly token: string,
  ) {}

  get(path: string, accept?: string): Promise<unknown> {
    return this.send("GET", path, undefined, accept === undefined ? {} : { accept });
  }

  post(path: string, body: object): Promise<unknown> {
    return this.send("POST", path, body, { "content-type": "application/json" });
  }

  put(path: string, body: object): Promise<unknown> {
    return this.send("PUT", path, body, { "content-type": "application/json" });
  }

  patch(path: string, body: object, type: PatchType = "application/merge-patch+json"): Promise<unknown> {
    return this.send("PATCH", path, body, { "content-type": type });
  }

  delete(path: string, options: object = {}): Promise<unknown> {
    return this.send("DELETE", path, options, { "content-type": "application/json" });
  }

  /** Tells every object there is, then every change, until the server ends it. Returns what stops it. */
  watch(path: string, tell: (event: WatchEvent) => void, ended: () => void): () => void {
    const stream = this.open("GET", `${path}?watch=true`, {});
    let line = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      const lines = (line + chunk).split("\n");
      line = lines.pop() ?? "";
      for (const json of lines) {
        tell(JSON.parse(json) as WatchEvent);
      }
    });
    stream.on("error", () => undefined);
    stream.once("close", ended);
    stream.end();
    return () => {
      stream.off("close", ended);
      stream.close();
    };
  }

  close(): void {
    this.session?.destroy();
  }

  /** Sends it again while the server says that it is not ready for it yet, as it does of a kind that is just made. */
  private async send(method: string, path: string, body: object | undefined, headers: Headers): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.sendOnce(method, path, body, headers);
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== TOO_EARLY || attempt === ATTEMPTS) {
          throw error;
        }
        await sleep(100);
      }
    }
  }

  private sendOnce(method: string, path: string, body: object | undefined, headers: Headers): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const stream = this.open(method, path, headers);
      let [status, text] = [0, ""];
      stream.setEncoding("utf8");
      stream.on("response", (answer) => {
        status = Number(answer[":status"]);
      });
      stream.on("data", (chunk: string) => {
        text += chunk;
      });
      stream.once("error", reject);
      stream.once("close", () => reject(new Error(`no answer to ${method} ${path}`)));
      stream.once("end", () => {
        const answer = parse(text);
        if (status >= 200 && status < 300) {
          resolve(answer);
        } else {
          const message = (answer as { message?: string }).message ?? text;
          reject(new Refused(status, `${method} ${path} was answered by ${status}: ${message}`));
        }
      });
      stream.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private open(method: string, path: string, headers: Headers): ClientHttp2Stream {
    if (this.session === undefined || this.session.closed || this.session.destroyed) {
      this.session = connect(this.url, { ca: this.certificateAuthority });
      // Whoever waits for an answer is told by the stream.
      this.session.on("error", () => undefined);
    }
    return this.session.request(
      { ":method": method, ":path": path, authorization: `Bearer ${this.token}`, ...headers },
      { endStream: false },
    );
  }
}

type Headers = Readonly<Record<string, string>>;

/** JSON, or a text as `/readyz` answers it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
