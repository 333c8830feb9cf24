import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client";
import { Cluster } from "./cluster";
import { startControlPlane, stopControlPlane } from "./control-plane";
import { runControllers } from "./controllers";
import { type Condition, holds, type KubernetesObject } from "./objects";

/** What this process tells the one that started it, once. */
export type Started =
  | {
      readonly url: string;
      /** PEM. */
      readonly certificateAuthority: string;
      readonly token: string;
      /** For files of the story, removed at the end. */
      readonly folder: string;
    }
  | { readonly error: string };

/** What it answers each time it is asked. */
export interface State {
  /** Those that exist in AWS, like `Service web/shop`, `Ingress web/shop` and `Ingress group web`. */
  readonly loadBalancers: readonly string[];
  /** Why something is not as it is to be, by its kind, namespace and name. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Custom kinds that every EKS cluster has. */
const CUSTOM_KINDS = ["securitygrouppolicies", "cninodes", "eniconfigs"];

/** Milliseconds in which changes are gathered. */
const PAUSE = 15;

/** Milliseconds after which new kinds are seen. */
const NEXT_LOOK = 500;

const folder = mkdtempSync(join(realpathSync(tmpdir()), "kubernetes-"));

/** A Kubernetes API server of its own with the controllers of a cluster. It ends with the process that started it. */
async function main(): Promise<void> {
  const { url, certificateAuthority, token } = await startControlPlane(folder);
  const client = new Client(url, certificateAuthority, token);
  const cluster = runForEver(client);
  await installCustomKinds(client, cluster);
  tell({ url, certificateAuthority, token, folder });
}

/** Runs the controllers after every change. */
function runForEver(client: Client): Cluster {
  let state: State = { loadBalancers: [], problems: {} };
  let [isRunning, isWaiting] = [false, false];
  const cluster = new Cluster(client, wake);
  process.on("message", () => tell({ ...state, loadBalancers: [...cluster.loadBalancers].sort() }));
  async function wake(): Promise<void> {
    isWaiting = true;
    if (isRunning) {
      return;
    }
    isRunning = true;
    while (isWaiting) {
      await sleep(PAUSE);
      isWaiting = false;
      await runControllers(cluster);
      state = { loadBalancers: [], problems: Object.fromEntries(cluster.problems) };
    }
    isRunning = false;
  }
  const look = async () => {
    await cluster.watchKinds();
    setTimeout(look, NEXT_LOOK);
  };
  look();
  return cluster;
}

async function installCustomKinds(client: Client, cluster: Cluster): Promise<void> {
  const kinds = CUSTOM_KINDS.map((name) => readFileSync(join(__dirname, "crds", `${name}.json`), "utf8"));
  for (const kind of kinds.map((json) => JSON.parse(json) as KubernetesObject)) {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${kind.metadata.name}`;
    await client.patch(`${path}?fieldManager=eks&force=true`, kind, "application/apply-patch+yaml");
  }
  const isThere = () => cluster.all("CustomResourceDefinition").filter(isEstablished).length === CUSTOM_KINDS.length;
  while (!(isThere() && cluster.find("ServiceAccount", "default", "kube-system") !== undefined)) {
    await sleep(20);
  }
}

function isEstablished({ status }: KubernetesObject): boolean {
  const { conditions } = (status ?? {}) as { conditions?: readonly Condition[] | null };
  return conditions?.some((condition) => holds(condition, { type: "Established", status: "True" })) === true;
}

function tell(message: Started | State): void {
  process.send?.(message);
}

let isEnding = false;

async function end(exitCode: number): Promise<void> {
  isEnding = true;
  await stopControlPlane();
  rmSync(folder, { recursive: true, force: true });
  process.exit(exitCode);
}

for (const event of ["disconnect", "SIGTERM", "SIGINT", "SIGHUP"]) {
  process.once(event, () => end(0));
}
process.on("uncaughtException", (error) => {
  // What is under way when the API server is ended fails, as it has to.
  if (!isEnding) {
    process.stderr.write(`${error.stack}\n`);
    end(1);
  }
});
main().catch((error) => {
  tell({ error: error instanceof Error ? error.message : String(error) });
  end(1);
});
