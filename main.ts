import { App } from "cdktf";
import { context } from "./cdktf.json";
import { fileFromEnvironment, loadAppSettings } from "./src/settings/load";
import type { Settings } from "./src/settings/schema";
import { cdktfCommands } from "./src/stacks/cdktf-commands";
import { synthesize } from "./src/stacks/synthesize";

synthesize(
  () => {
    const app = new App({ context });
    const settings = loadAppSettings(app.node.tryGetContext("settings"));
    // Each file is one of the two, and does not wait for what writes the other.
    if ("ecs" in settings) {
      const { EcsStack } = require("./src/stacks/ecs-stack") as typeof import("./src/stacks/ecs-stack");
      new EcsStack(app, `${settings.name}-ecs`, settings);
    } else {
      addEksStacks(app, settings);
    }
    return app;
  },
  (stacks) => cdktfCommands(stacks, fileFromEnvironment()),
);

function addEksStacks(app: App, settings: Settings): void {
  const { ClusterStack } = require("./src/stacks/cluster-stack") as typeof import("./src/stacks/cluster-stack");
  const cluster =
    settings.cluster?.existing === undefined ? new ClusterStack(app, `${settings.name}-cluster`, settings) : undefined;
  if (settings.inCluster !== undefined) {
    // Whoever has nothing on the cluster does not wait for what writes it.
    const { InClusterStack } =
      require("./src/stacks/in-cluster-stack") as typeof import("./src/stacks/in-cluster-stack");
    const inCluster = new InClusterStack(app, `${settings.name}-in-cluster`, settings);
    if (cluster !== undefined) {
      inCluster.addDependency(cluster);
    }
  }
}
