import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Refused } from "../kubernetes/client";
import { discover, type Kind, listFresh, objectPath } from "../kubernetes/kinds";
import type { Started, State } from "../kubernetes/main";
import { type KubernetesObject, title } from "../kubernetes/objects";

export type { KubernetesObject } from "../kubernetes/objects";

const HERE = resolve("e2e/kubernetes");

/** Name of the kubeconfig's context, cluster and user. */
const CONTEXT = "e2e";

/** Seconds in which a cluster tidies up after a deletion. */
const SETTLING = 10;

/** A Kubernetes API of its own, on this machine, with the controllers of an EKS cluster. See e2e/kubernetes/README.md. */
export class KubernetesApi {
  private readonly client: Client;
  private before = new Set<string>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly started: Exclude<Started, { error: string }>,
  ) {
    this.client = new Client(started.url, started.certificateAuthority, started.token);
  }

  static async start(): Promise<KubernetesApi> {
    const child = fork(join(HERE, "main.ts"), [], { execArgv: ["--require", "tsx/cjs"] });
    const started = await Promise.race([
      once(child, "message").then(([message]) => message as Started),
      once(child, "exit").then(([code]): Started => ({ error: `its process ended with exit code ${code}` })),
    ]);
    if ("error" in started) {
      throw new Error(`the Kubernetes API did not start: ${started.error}`);
    }
    const api = new KubernetesApi(child, started);
    writeFileSync(join(started.folder, "token"), started.token, { mode: 0o600 });
    writeFileSync(api.kubeconfig.path, JSON.stringify(api.kubeconfigOf(started)), { mode: 0o600 });
    api.before = new Set((await api.everything()).map(title));
    return api;
  }

  get url(): string {
    return this.started.url;
  }

  /** Base64 of PEM, as EKS says it. */
  get certificateAuthority(): string {
    return Buffer.from(this.started.certificateAuthority).toString("base64");
  }

  /** Of a user who may do everything. */
  get token(): string {
    return this.started.token;
  }

  /** A file with the token in it. */
  get kubeconfig(): { readonly path: string; readonly context: string } {
    return { path: join(this.started.folder, "kubeconfig.json"), context: CONTEXT };
  }

  /** What lets `aws eks get-token` give this API's token. */
  get environment(): Record<string, string> {
    const path = [join(HERE, "bin"), process.env.PATH].join(delimiter);
    return { PATH: path, E2E_KUBERNETES: this.started.folder };
  }

  /** The calls of the AWS CLI, in order. */
  awsCalls(): string[] {
    const log = join(this.started.folder, "aws-calls.log");
    return existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
  }

  /** What the API answers to a path. @throws Refused with its status when it is not 2xx */
  get<Answer>(path: string): Promise<Answer> {
    return this.client.get(path) as Promise<Answer>;
  }

  /** All objects of a kind, like `Deployment`, by namespace and name. */
  async list<T extends KubernetesObject>(kind: string, namespace?: string): Promise<T[]> {
    return sorted(await listFresh(this.client, await this.kind(kind), namespace)) as T[];
  }

  /** One object of a kind, or `undefined`. */
  async find<T extends KubernetesObject>(kind: string, name: string, namespace?: string): Promise<T | undefined> {
    const objects = await this.list<T>(kind, namespace);
    return objects.find(({ metadata }) => metadata.name === name);
  }

  /** Creates an object or changes what it names (server-side apply). Returns it as it is then. */
  async apply<T extends KubernetesObject>(object: T): Promise<T> {
    const path = objectPath(await this.kind(object.kind), object.metadata);
    const query = "fieldManager=e2e&force=true";
    return (await this.client.patch(`${path}?${query}`, object, "application/apply-patch+yaml")) as T;
  }

  /** Asks for an object's deletion, and does not wait for it. @param propagationPolicy `Background` if not given */
  async delete(kind: string, name: string, namespace?: string, propagationPolicy = "Background"): Promise<void> {
    const metadata = namespace === undefined ? { name } : { name, namespace };
    await this.client.delete(objectPath(await this.kind(kind), metadata), { propagationPolicy });
  }

  /** Load balancers that exist in AWS: `Service web/shop`, `Ingress web/shop`, `Ingress group web`. */
  async loadBalancers(): Promise<readonly string[]> {
    return (await this.state()).loadBalancers;
  }

  /** Why something is not as it is to be, by its kind, namespace and name; nothing once all is well. */
  async problems(): Promise<Readonly<Record<string, string>>> {
    return (await this.state()).problems;
  }

  /** For the message of a test that fails. */
  async explain(): Promise<string> {
    return `what the Kubernetes API waits for: ${JSON.stringify(await this.problems(), undefined, 1)}`;
  }

  /** Everything that was not there at the beginning, once the controllers have tidied up. */
  async leftovers(): Promise<string[]> {
    const latest = Date.now() + SETTLING * 1000;
    for (;;) {
      const left = (await this.everything()).map(title).filter((name) => !this.before.has(name));
      if (left.length === 0 || Date.now() > latest) {
        return left.sort();
      }
      await sleep(100);
    }
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.process.connected) {
      const ended = once(this.process, "exit");
      this.process.disconnect();
      await ended;
    }
  }

  private async state(): Promise<State> {
    const answer = once(this.process, "message");
    this.process.send("state");
    return (await answer)[0] as State;
  }

  private async everything(): Promise<KubernetesObject[]> {
    const kinds = await discover(this.client);
    return (await Promise.all(kinds.map((kind) => this.listKnown(kind)))).flat();
  }

  /** A kind may go while it is listed. */
  private async listKnown(kind: Kind): Promise<KubernetesObject[]> {
    try {
      return await listFresh(this.client, kind);
    } catch (error) {
      if (error instanceof Refused && error.status === 404) {
        return [];
      }
      throw error;
    }
  }

  private async kind(name: string): Promise<Kind> {
    const found = (await discover(this.client)).find(({ kind }) => kind === name);
    if (found === undefined) {
      throw new Error(`the Kubernetes API has no kind ${name}`);
    }
    return found;
  }

  private kubeconfigOf({ url, token }: { url: string; token: string }): object {
    return {
      apiVersion: "v1",
      kind: "Config",
      "current-context": CONTEXT,
      clusters: [{ name: CONTEXT, cluster: { server: url, "certificate-authority-data": this.certificateAuthority } }],
      contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
      users: [{ name: CONTEXT, user: { token } }],
    };
  }
}

function sorted(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const key = ({ metadata: { name, namespace = "" } }: KubernetesObject) => `${namespace}/${name}`;
  return [...objects].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
