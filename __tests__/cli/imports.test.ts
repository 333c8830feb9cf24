import { dependencies } from "../../package.json";
import { reachedFrom } from "../support/import-graph";

const OF_TERRAFORM = /^(cdktf|constructs|@cdktf\/.*)$/;

test.each(["src/cli/main.ts", "src/jest/index.ts"])("%s needs neither cdktf nor what comes with it", (entry) => {
  const { packages, modules } = reachedFrom([entry], { lazy: true });
  expect(packages.filter((name) => OF_TERRAFORM.test(name))).toEqual([]);
  expect(modules.length).toBeGreaterThan(50);
});

test("the library needs cdktf, which the walk over its imports finds", () => {
  expect(reachedFrom(["src/index.ts"], { lazy: false }).packages).toEqual(
    expect.arrayContaining(["@cdktf/provider-aws", "cdktf", "constructs"]),
  );
});

test("the library comes to the Kubernetes and Helm providers by its second entry alone", () => {
  const providers = ["@cdktf/provider-helm", "@cdktf/provider-kubernetes"];
  const { packages } = reachedFrom(["src/index.ts"], { lazy: false });
  expect(packages.filter((name) => providers.includes(name))).toEqual([]);
  expect(reachedFrom(["src/in-cluster.ts"], { lazy: false }).packages).toEqual(expect.arrayContaining(providers));
});

test("containers without Kubernetes need neither its provider nor Helm's", () => {
  const { packages, modules } = reachedFrom(["src/ecs.ts"], { lazy: true });
  expect(packages.filter((name) => /helm|kubernetes/.test(name))).toEqual([]);
  expect(modules).toContain("src/constructs/ecs/ecs-cluster.ts");
});

test("the command line comes to the packages that are installed with it, and to no others", () => {
  const { packages } = reachedFrom(["src/cli/main.ts"], { lazy: true });
  expect(packages.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

test("fit loads neither what only other commands need nor what most manifests do not hold", () => {
  const { modules, packages } = reachedFrom(["src/cli/main.ts", "src/cli/commands/fit.ts"], { lazy: false });
  const needless = /^src\/(report\/(html|adr)|pricing\/(refresh|download|offers)|cli\/commands\/(?!fit\.))/;
  expect(modules.filter((name) => needless.test(name))).toEqual([]);
  expect(packages.filter((name) => ["csv-parse", "croner"].includes(name))).toEqual([]);
  expect(modules).toContain("src/placement/place.ts");
});
