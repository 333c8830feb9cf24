/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  moduleNameMapper: { "^cdktf-eks-fargate$": "<rootDir>/src/index.ts" },
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};
