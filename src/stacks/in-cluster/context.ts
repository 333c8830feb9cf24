import type { IEksCluster } from "../../constructs/cluster/ieks-cluster";
import type { IOidcProvider } from "../../constructs/identity/oidc-provider";
import type { InClusterSettings } from "../../settings/in-cluster/schema";
import type { Settings } from "../../settings/schema";
import type { ClusterState } from "../cluster-state";
import type { PlatformStack } from "../platform-stack";

/** What the features of the in-cluster stack are made of. */
export interface InClusterContext {
  readonly stack: PlatformStack;
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
  /** Outputs of the cluster's stack; nothing for a cluster of somebody else's. */
  readonly state: ClusterState | undefined;
  readonly settings: Settings;
  readonly inCluster: InClusterSettings;
}

/** Entries in alphabetical order, so that the order of the settings file leaves no trace in what is synthesized. */
export function byKey<T>(record: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
