import type { Client } from "./client";
import type { KubernetesObject } from "./objects";

/** A kind of object that the API has, in the version that it prefers. */
export interface Kind {
  readonly kind: string;
  readonly apiVersion: string;
  /** `/apis/apps/v1`. */
  readonly root: string;
  /** `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

const DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** What the API server writes about itself and its components. */
const NOT_OF_USERS = ["events", "leases"];

interface Discovery {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources?: readonly {
        readonly resource: string;
        readonly scope: "Namespaced" | "Cluster";
        readonly verbs: readonly string[];
        readonly responseKind?: { readonly kind: string };
      }[];
    }[];
  }[];
}

/** Every kind whose objects can be listed, watched and deleted, custom ones too. */
export async function discover(client: Client): Promise<Kind[]> {
  const answers = await Promise.all(["/api", "/apis"].map((path) => client.get(path, DISCOVERY)));
  const kinds = new Map<string, Kind>();
  for (const { metadata, versions } of answers.flatMap((answer) => (answer as Discovery).items)) {
    const group = metadata.name ?? "";
    for (const { version, resources = [] } of versions) {
      const apiVersion = group === "" ? version : `${group}/${version}`;
      const root = group === "" ? `/api/${version}` : `/apis/${apiVersion}`;
      for (const { resource: plural, scope, verbs, responseKind } of resources) {
        const usable = ["list", "watch", "delete"].every((verb) => verbs.includes(verb));
        if (usable && !NOT_OF_USERS.includes(plural) && !kinds.has(`${plural}.${group}`)) {
          const namespaced = scope === "Namespaced";
          kinds.set(`${plural}.${group}`, {
            kind: responseKind?.kind ?? "",
            apiVersion,
            root,
            plural,
            namespaced,
            verbs,
          });
        }
      }
    }
  }
  return [...kinds.values()];
}

/** Path of all objects of a kind, or of those in a namespace. */
export function listPath({ root, plural, namespaced }: Kind, namespace?: string): string {
  return namespaced && namespace !== undefined ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}

/** Path of one object. */
export function objectPath(kind: Kind, { name, namespace = "default" }: KubernetesObject["metadata"]): string {
  return `${listPath(kind, namespace)}/${name}`;
}

/** All objects of a kind, as the API has them now. */
export async function listFresh(client: Client, kind: Kind, namespace?: string): Promise<KubernetesObject[]> {
  const { items } = (await client.get(listPath(kind, namespace))) as { items: KubernetesObject[] };
  // A list says once what its items are.
  return items.map((item) => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind }));
}
