import { App } from "cdktf";
import { context } from "./cdktf.json";
import { loadSettings } from "./src/settings/load";
import { ClusterStack } from "./src/stacks/cluster-stack";
import { synthesize } from "./src/stacks/synthesize";

const NEXT = ["npm run diff", "npm run deploy"];

synthesize(() => {
  const app = new App({ context });
  const settings = loadSettings(app.node.tryGetContext("settings"));
  new ClusterStack(app, `${settings.name}-cluster`, settings);
  return app;
}, NEXT);
