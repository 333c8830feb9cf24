import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const settings = (ecs: string, name = "shop") =>
  parseEcsSettings(`name: ${name}\nregion: eu-west-1\necs:\n${ecs}`, "ecs.yaml");

const problems = (ecs: string, name?: string) => problemsOf(() => settings(ecs, name));

describe("repositories in the settings", () => {
  test("need nothing said, and no VPC", () => {
    expect(
      settings("  repositories: { web: {}, api: {} }\n  pullThroughCaches: { quay: {}, ecr-public: {} }\n"),
    ).toBeDefined();
  });

  test("are called by the settings and their key, or as they say", () => {
    expect(problems("  repositories: { web: {} }\n", "Shop")).toEqual([
      expect.stringMatching(/ecs\.repositories\.web.*the name of an ECR repository must be.*got "Shop\/web"/),
    ]);
    expect(settings("  repositories: { web: { repositoryName: shop-web } }\n", "Shop")).toBeDefined();
    expect(problems("  repositories: { web: {}, api: { repositoryName: shop/web } }\n")).toEqual([
      expect.stringContaining(
        `'repositories.web' and 'repositories.api' would both be the ECR repository "shop/web"; give one of them another 'repositoryName'`,
      ),
    ]);
  });

  test("have keys that can stand in a name", () => {
    expect(problems("  repositories: { 'a/b': {} }\n  pullThroughCaches: { 'a/b': { upstream: quay } }\n")).toEqual([
      expect.stringContaining(`the name of a repository must be lower-case letters and digits`),
      expect.stringContaining(`the name of a cache must be lower-case letters and digits`),
    ]);
  });

  test("are refused with the line of what is wrong", () => {
    expect(
      problems(`  repositories:
    web:
      lifecycle:
        - { images: any, keep: 0 }
      pullRoles: ["arn:aws:iam::111122223333:role/nodes", nodes, nodes]
`),
    ).toEqual([
      expect.stringMatching(/line 7, ecs\.repositories\.web\.lifecycle\.0\.keep: .*at least 1, got 0/),
      expect.stringMatching(/line 8, .*pullRoles\.0: .*give the role's name, not its ARN/),
      expect.stringMatching(/line 8, .*pullRoles\.2: 'pullRoles' has "nodes" twice; keep one/),
    ]);
  });
});

describe("caches in the settings", () => {
  test("are of the registry that they are called as, or say which", () => {
    expect(settings("  pullThroughCaches: { hub: { upstream: quay } }\n")).toBeDefined();
    expect(problems("  pullThroughCaches: { hub: {} }\n")).toEqual([
      expect.stringContaining(`cache "hub" is not called as a registry that ECR knows, so that it needs 'upstream'`),
    ]);
  });

  test("are refused as the construct refuses them", () => {
    expect(problems("  pullThroughCaches: { docker-hub: {}, quay: { roleName: 'a b' } }\n")).toEqual([
      expect.stringContaining(`'upstream' "docker-hub" needs 'credentialsArn'`),
      expect.stringContaining("give another 'roleName'"),
    ]);
    expect(settings("  pullThroughCaches: { quay: { encryption: AES256 } }\n")).toBeDefined();
  });
});

describe("scanning in the settings", () => {
  test("needs nothing else, and no VPC", () => {
    expect(settings("  registryScanning: {}\n")).toBeDefined();
  });

  test("is refused at the line of what is wrong", () => {
    expect(problems(`  registryScanning:\n    onPush: [Shop]\n    continuous: ["shop/*"]\n`)).toEqual([
      expect.stringMatching(/line 5, ecs\.registryScanning\.onPush\.0: 'onPush' must hold names of repositories/),
      expect.stringMatching(
        /line 6, ecs\.registryScanning\.continuous: .*is for 'type' "enhanced", got "basic"; remove/,
      ),
    ]);
  });
});
