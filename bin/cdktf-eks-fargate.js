#!/usr/bin/env node
// The package brings compiled JavaScript. A clone of the project runs its sources, so that what is run is what is there.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const sources = join(__dirname, "../src/cli/main.ts");
if (existsSync(sources)) {
  require("tsx/cjs");
  require(sources);
} else {
  require("../dist/src/cli/main.js");
}
