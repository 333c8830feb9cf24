import { type Client, Refused } from "./client";
import { discover, type Kind, listPath, objectPath } from "./kinds";
import { hasFinalizer, holds, type KubernetesObject, title } from "./objects";

interface Watched {
  readonly kind: Kind;
  readonly objects: Map<string, KubernetesObject>;
  stop: () => void;
}

/** How a controller sees the cluster: every object as its watch told it last, and writes that may be too late. */
export class Cluster {
  private watched = new Map<string, Watched>();
  /** Why something has not come to be, by its title; made anew by each round of the controllers. */
  readonly problems = new Map<string, string>();
  /** Load balancers that the AWS Load Balancer Controller would have made and not deleted yet. */
  readonly loadBalancers = new Set<string>();

  /** @param changed is called at every change, and when a write was too late */
  constructor(
    readonly client: Client,
    private readonly changed: () => void,
  ) {}

  /** Watches the kinds that there are now. */
  async watchKinds(): Promise<void> {
    const kinds = new Map((await discover(this.client)).map((kind) => [listPath(kind), kind]));
    for (const [path, { stop }] of this.watched) {
      if (!kinds.has(path)) {
        stop();
        this.watched.delete(path);
      }
    }
    for (const [path, kind] of kinds) {
      if (!this.watched.has(path)) {
        this.watch(path, kind);
      }
    }
  }

  all<T extends KubernetesObject>(kind: string): T[] {
    return this.watches()
      .filter((watched) => watched.kind.kind === kind)
      .flatMap(({ objects }) => [...objects.values()] as T[]);
  }

  find<T extends KubernetesObject>(kind: string, name: string, namespace?: string): T | undefined {
    return this.all<T>(kind).find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  }

  everything(): KubernetesObject[] {
    return this.watches().flatMap(({ objects }) => [...objects.values()]);
  }

  /** Path of an object, if its kind is still there. */
  pathOf({ apiVersion, kind, metadata }: KubernetesObject): string | undefined {
    const found = this.watches().find(({ kind: known }) => known.apiVersion === apiVersion && known.kind === kind);
    return found && objectPath(found.kind, metadata);
  }

  create(object: KubernetesObject): Promise<void> {
    const path = this.pathOf(object)?.replace(/\/[^/]+$/, "");
    return this.write(object, path, (to) => this.client.post(to, object));
  }

  patch(object: KubernetesObject, change: object): Promise<void> {
    return this.write(object, this.pathOf(object), (to) => this.client.patch(to, change));
  }

  /** Nothing is written when the status says so already. */
  async setStatus(object: KubernetesObject, status: object): Promise<void> {
    if (!holds(object.status, status)) {
      await this.write(object, this.pathOf(object), (to) => this.client.patch(`${to}/status`, { status }));
    }
  }

  delete(object: KubernetesObject, propagationPolicy: "Background" | "Foreground" = "Background"): Promise<void> {
    const { uid } = object.metadata;
    return this.write(object, this.pathOf(object), (to) =>
      this.client.delete(to, { propagationPolicy, preconditions: { uid } }),
    );
  }

  async addFinalizer(object: KubernetesObject, finalizer: string): Promise<void> {
    if (!hasFinalizer(object, finalizer)) {
      await this.setFinalizers(object, [...(object.metadata.finalizers ?? []), finalizer]);
    }
  }

  async removeFinalizer(object: KubernetesObject, finalizer: string): Promise<void> {
    if (hasFinalizer(object, finalizer)) {
      await this.setFinalizers(object, object.metadata.finalizers?.filter((each) => each !== finalizer) ?? []);
    }
  }

  /** For what no change will bring about. */
  tryAgain(): void {
    setTimeout(this.changed, 300);
  }

  private setFinalizers(object: KubernetesObject, finalizers: readonly string[]): Promise<void> {
    return this.patch(object, { metadata: { finalizers, resourceVersion: object.metadata.resourceVersion } });
  }

  /** What has changed meanwhile is left for the next round, which its event brings. */
  private async write(
    object: KubernetesObject,
    path: string | undefined,
    send: (path: string) => Promise<unknown>,
  ): Promise<void> {
    try {
      if (path !== undefined) {
        await send(path);
      }
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      if (error.status !== 404 && error.status !== 409) {
        this.problems.set(title(object), error.message);
      }
      this.tryAgain();
    }
  }

  private watches(): Watched[] {
    return [...this.watched.values()];
  }

  private watch(path: string, kind: Kind): void {
    const objects = new Map<string, KubernetesObject>();
    const stop = this.client.watch(
      path,
      ({ type, object }) => {
        if (type === "ADDED" || type === "MODIFIED") {
          objects.set(object.metadata.uid ?? "", object);
        } else if (type === "DELETED") {
          objects.delete(object.metadata.uid ?? "");
        }
        this.changed();
      },
      // The server ends watches now and then: the next look at the kinds begins it anew.
      () => this.watched.delete(path),
    );
    this.watched.set(path, { kind, objects, stop });
  }
}
