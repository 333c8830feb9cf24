import { needsVpc } from "../../../src/settings/ecs/rules";
import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const IMAGE = "public.ecr.aws/nginx/nginx:1.29";
const CONTAINER = `container: { name: web, image: "${IMAGE}", cpu: 250m, memory: 512Mi, ports: { http: 8080 } }`;
const NETWORK = "network: { zones: [eu-west-1a, eu-west-1b] }\n";

const settings = (service: string, more = "", network = "") =>
  parseEcsSettings(
    `name: shop\nregion: eu-west-1\n${network}ecs:\n  appRunner:\n    web:\n      ${service}\n${more}`,
    "ecs.yaml",
  );

const problems = (service: string, more = "", network = "") => problemsOf(() => settings(service, more, network));

describe("App Runner in the settings", () => {
  test("needs a container and no VPC", () => {
    const parsed = settings(CONTAINER);
    expect(parsed.ecs.appRunner?.web?.container.name).toBe("web");
    expect(needsVpc(parsed)).toBe(false);
  });

  test("lies in a VPC when it sends through one or is called in one", () => {
    for (const way of ["egress: vpc", "ingress: private"]) {
      expect(needsVpc(settings(`${CONTAINER}\n      ${way}`, "", NETWORK))).toBe(true);
      expect(problems(`${CONTAINER}\n      ${way}`)).toEqual([
        expect.stringMatching(/ecs\.appRunner\.web\.(egress|ingress).*needs a VPC/),
      ]);
    }
  });

  test("is told what is wrong where it stands", () => {
    expect(problems(`${CONTAINER}\n      scaling: { minSize: 30, maxSize: 40 }`)).toEqual([
      expect.stringMatching(/line 7, ecs\.appRunner\.web\.scaling\.minSize.*from 1 to 25, got 30/),
    ]);
    expect(problems(CONTAINER.replace("name: web", "name: web, workingDir: /srv"))).toEqual([
      expect.stringMatching(/ecs\.appRunner\.web\.container\.workingDir.*App Runner starts it where the image says/),
    ]);
    expect(problems(`serviceName: web\n      ${CONTAINER}`)).toEqual([
      expect.stringMatching(/ecs\.appRunner\.web\.serviceName.*must be 4 to 40 characters/),
    ]);
  });

  test("says where its name comes from when it is too long", () => {
    expect(() =>
      parseEcsSettings(
        `name: ${"x".repeat(40)}\nregion: eu-west-1\necs:\n  appRunner:\n    web:\n      ${CONTAINER}\n`,
        "ecs.yaml",
      ),
    ).toThrow(/ecs\.appRunner\.web: the name of an App Runner service/);
  });

  test("names repositories, zones and the web ACL of the settings", () => {
    const container = CONTAINER.replace(`"${IMAGE}"`, "{ repository: images, tag: v1 }");
    expect(settings(container, "  repositories: { images: {} }\n")).toBeDefined();
    const ours = `${container}\n      autoDeployments: true`;
    expect(settings(ours, `  repositories: { images: {} }\naccount: "${"1".repeat(12)}"\n`)).toBeDefined();
    expect(problems(container)).toEqual([
      expect.stringMatching(/ecs\.appRunner\.web\.container\.image\.repository.*\(there are none\), got "images"/),
    ]);
    expect(problems(`${CONTAINER}\n      domains: { shop.example.com: { zone: public } }`)).toEqual([
      expect.stringMatching(
        /domains\.shop\.example\.com\.zone.*must name one of 'ecs.hostedZones' \(there are none\), got "public"/,
      ),
    ]);
    const zones = "  hostedZones: { public: { zoneName: example.com } }\n";
    expect(
      settings(`${CONTAINER}\n      domains: { shop.example.com: { zone: public } }`, zones, NETWORK),
    ).toBeDefined();
    expect(problems(`${CONTAINER}\n      domains: { example.org: { zone: public } }`, zones, NETWORK)).toEqual([
      expect.stringContaining('domain "example.org" does not lie in zone "public", "example.com"'),
    ]);
    expect(problems(`${CONTAINER}\n      webAcl: true`)).toEqual([
      expect.stringMatching(/ecs\.appRunner\.web\.webAcl.*there is no 'ecs\.webAcl'; add webAcl: \{\}/),
    ]);
    expect(problems(`${CONTAINER}\n      webAcl: true\n      webAclArn: x`)).toEqual([
      expect.stringContaining("webAcl"),
      expect.stringContaining("keep one"),
    ]);
    const acl = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef";
    expect(problems(`${CONTAINER}\n      webAclArn: ${acl}`)).toEqual([
      expect.stringMatching(/ecs\.appRunner\.web\.webAclArn: 'webAclArn' must be of the service's Region, "eu-west-1"/),
    ]);
  });

  test("is refused in partitions that do not have it", () => {
    expect(() =>
      parseEcsSettings(
        `name: shop\nregion: cn-north-1\necs:\n  appRunner:\n    web:\n      ${CONTAINER}\n`,
        "ecs.yaml",
      ),
    ).toThrow(/ecs\.appRunner\.web: App Runner must be in a Region of partition "aws", got "cn-north-1"/);
  });
});
