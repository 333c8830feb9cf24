import { App } from "cdktf";
import { context } from "./cdktf.json";
import { loadSettings } from "./src/settings/load";
import { ClusterStack } from "./src/stacks/cluster-stack";
import { synthesize } from "./src/stacks/synthesize";

synthesize(
  () => {
    const app = new App({ context });
    const settings = loadSettings(app.node.tryGetContext("settings"));
    const cluster =
      settings.cluster?.existing === undefined
        ? new ClusterStack(app, `${settings.name}-cluster`, settings)
        : undefined;
    if (settings.inCluster !== undefined) {
      // Whoever has nothing on the cluster does not wait for what writes it.
      const { InClusterStack } =
        require("./src/stacks/in-cluster-stack") as typeof import("./src/stacks/in-cluster-stack");
      const inCluster = new InClusterStack(app, `${settings.name}-in-cluster`, settings);
      if (cluster !== undefined) {
        inCluster.addDependency(cluster);
      }
    }
    return app;
  },
  (stacks) => [stacks.length === 1 ? "npm run diff" : `npm run diff -- ${stacks[0]}`, "npm run deploy"],
);
