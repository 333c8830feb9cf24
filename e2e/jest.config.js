const unit = require("../jest.config");

/** Stories mostly wait for Terraform, so more of them run at once than there are cores. */
/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  rootDir: "..",
  roots: ["<rootDir>/e2e"],
  globalSetup: "<rootDir>/e2e/support/before-all.ts",
  testSequencer: "<rootDir>/e2e/support/longest-first.js",
  testTimeout: 15 * 60 * 1000,
  maxWorkers: 6,
  verbose: true,
};
