import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A local stand-in for the host of AWS's Price List. */
export class PriceServer {
  /** Paths in the order in which they were asked for. */
  readonly requests: string[] = [];
  private readonly routes = new Map<string, Handler[]>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<PriceServer> {
    const server = createServer((request, response) => started.answer(request, response));
    const started = new PriceServer(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers the first request for `path` with the first of the replies, and so on; the last one stays. */
  on(path: string, ...replies: (string | Handler)[]): void {
    this.routes.set(
      path,
      replies.map((reply) => (typeof reply === "string" ? (_, response) => response.end(reply) : reply)),
    );
  }

  /** Forgets all routes and requests. */
  reset(): void {
    this.routes.clear();
    this.requests.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? "";
    this.requests.push(path);
    const handlers = this.routes.get(path) ?? [];
    const handler = handlers.length > 1 ? handlers.shift() : handlers[0];
    if (handler === undefined) {
      response.writeHead(404).end();
    } else {
      handler(request, response);
    }
  }
}
