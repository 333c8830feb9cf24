/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  moduleNameMapper: {
    "^cdktf-eks-fargate$": "<rootDir>/src/index.ts",
    "^cdktf-eks-fargate/ecs$": "<rootDir>/src/ecs.ts",
    "^cdktf-eks-fargate/in-cluster$": "<rootDir>/src/in-cluster.ts",
    "^cdktf-eks-fargate/jest$": "<rootDir>/src/jest/index.ts",
    // cdktf loads it with more than 150 modules of its own, in each suite, and packs zips in another process.
    "^archiver$": "<rootDir>/__tests__/support/no-archiver.ts",
  },
  setupFilesAfterEnv: ["<rootDir>/__tests__/support/no-stack-traces.ts"],
  // Jest leaves one core out, which would be half of the smallest machine.
  maxWorkers: "100%",
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};
