import { needsVpc } from "../../../src/settings/ecs/rules";
import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const WEB = "{ name: web, image: nginx:1.29, cpu: 250m, memory: 512Mi, ports: { http: 8080 } }";
const PRIVATE = WEB.replace("nginx:1.29", "{ repository: images, tag: v1 }");

const settings = (services: string, more = "") =>
  parseEcsSettings(`name: shop\nregion: eu-west-1\necs:\n  lightsail:\n    ${services}\n${more}`, "ecs.yaml");

const problems = (services: string, more = "") => problemsOf(() => settings(services, more));

describe("Lightsail in the settings", () => {
  test("needs a container and no VPC", () => {
    const parsed = settings(`site: { containers: [${WEB}] }`);
    expect(parsed.ecs.lightsail?.site?.containers).toHaveLength(1);
    expect(needsVpc(parsed)).toBe(false);
  });

  test("is refused in partitions that do not have it", () => {
    expect(() =>
      parseEcsSettings(
        `name: shop\nregion: us-gov-west-1\necs:\n  lightsail:\n    site: { containers: [${WEB}] }\n`,
        "ecs.yaml",
      ),
    ).toThrow(/ecs\.lightsail\.site: Lightsail must be in a Region of partition "aws", got "us-gov-west-1"/);
  });

  test("is told what is wrong where it stands", () => {
    expect(problems(`site: { containers: [${WEB}], scale: 0 }`)).toEqual([
      expect.stringMatching(/line 5, ecs\.lightsail\.site\.scale.*from 1 to 20, got 0/),
    ]);
    expect(problems(`site: { containers: [${WEB.replace("cpu: 250m", "cpu: 250m, user: 1000")}] }`)).toEqual([
      expect.stringMatching(/ecs\.lightsail\.site\.containers\.0\.user.*Lightsail runs it as the user/),
    ]);
    expect(problems(`Site: { containers: [${WEB}] }`)).toEqual([
      expect.stringMatching(/ecs\.lightsail\.Site: the name of an Amazon Lightsail container service.*"shop-Site"/),
    ]);
    expect(problems(`site: { serviceName: Site, containers: [${WEB}] }`)).toEqual([
      expect.stringMatching(/ecs\.lightsail\.site\.serviceName/),
    ]);
    expect(problems(`site: { containers: [${WEB}], power: huge }`)).toEqual([
      expect.stringMatching(/ecs\.lightsail\.site\.power/),
    ]);
  });

  test("pulls from repositories of the settings, each of which one service has for itself", () => {
    const repositories = "  repositories: { images: {} }\n";
    expect(settings(`site: { containers: [${PRIVATE}] }`, repositories)).toBeDefined();
    expect(problems(`site: { containers: [${PRIVATE}] }`)).toEqual([
      expect.stringMatching(/containers\.0\.image\.repository.*\(there are none\), got "images"/),
    ]);
    expect(problems(`a: { containers: [${PRIVATE}] }\n    b: { containers: [${PRIVATE}] }`, repositories)).toEqual([
      expect.stringMatching(/ecs\.lightsail\.b: services "a" and "b" of Lightsail both pull from repository "images"/),
    ]);
    expect(
      problems(
        `site: { containers: [${PRIVATE}] }`,
        '  repositories: { images: { pullAccounts: ["111122223333"] } }\n',
      ),
    ).toEqual([expect.stringMatching(/ecs\.lightsail\.site: repository "images" has a policy for 'pullAccounts'/)]);
  });
});
