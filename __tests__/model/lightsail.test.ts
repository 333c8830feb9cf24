import fc from "fast-check";
import {
  type LightsailOptions,
  lightsailEndpoint,
  lightsailNameProblem,
  lightsailPower,
  lightsailProblems,
  lightsailWarnings,
  pullsFromEcr,
} from "../../src/model/lightsail";
import { LIGHTSAIL_POWERS, smallestPower } from "../../src/model/lightsail-powers";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";

const WEB = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};
const CACHE = { name: "cache", image: "redis:7.4", cpu: "250m", memory: "256Mi", ports: { redis: 6379 } };

function problems(options: Partial<LightsailOptions>) {
  return lightsailProblems({ containers: [WEB], ...options }).map(({ at, message }) => [at.join("."), message]);
}

describe("a container service of Lightsail", () => {
  test("needs nothing but a container with a port", () => {
    expect(problems({})).toEqual([]);
  });

  test("may say everything", () => {
    expect(
      problems({
        containers: [{ ...WEB, readiness: { http: { port: "http", path: "/health" } } }, CACHE],
        power: "small",
        scale: 20,
        publicEndpoint: { container: "web", port: "http" },
        certificate: {
          domainName: "example.com",
          subjectAlternativeNames: ["www.example.com", "a.example.com", "b.example.com"],
          attached: true,
        },
        disabled: true,
      }),
    ).toEqual([]);
  });

  test.each([
    [{ containers: [], publicEndpoint: false }, "containers", "'containers' must hold 1 to 10 containers, got 0"],
    [
      { containers: [], publicEndpoint: { container: "web" } },
      "containers",
      "'containers' must hold 1 to 10 containers, got 0",
    ],
    [
      {
        containers: Array.from({ length: 11 }, (_, index) => ({
          ...CACHE,
          name: `c${index}`,
          cpu: "10m",
          memory: "16Mi",
          ports: {},
        })),
        publicEndpoint: false,
      },
      "containers",
      "'containers' must hold 1 to 10 containers, got 11; put some into a service of their own",
    ],
    [
      { containers: [CACHE, { ...CACHE, ports: {} }], publicEndpoint: false },
      "containers.1.name",
      'two containers of the service are called "cache"; give each a name of its own',
    ],
    [
      { containers: [CACHE, { ...WEB, ports: { http: 6379 } }], publicEndpoint: false },
      "containers.1.ports.http",
      'containers "cache" and "web" both listen on port 6379, and the containers of a node share one address; change one',
    ],
    [{ scale: 21 }, "scale", "'scale' must be a whole number of nodes from 1 to 20, got 21"],
    [
      { containers: [WEB, CACHE], power: "micro", publicEndpoint: { container: "web" } },
      "power",
      `'power' "micro" has 250m of CPU and 1Gi of memory, and the containers ask for 500m of CPU and 768Mi of memory; the smallest that has both is "small"`,
    ],
    [
      { power: "huge" },
      "power",
      `'power' must be one of "nano", "micro", "small", "medium", "large", "xlarge", got "huge"`,
    ],
    [
      {
        containers: [
          { ...WEB, cpu: "3" },
          { ...CACHE, cpu: "3" },
        ],
        publicEndpoint: { container: "web" },
      },
      "containers",
      'the containers of a service must fit into the largest power together, "xlarge" (4 of CPU and 8Gi of memory), and ask for 6 of CPU and 768Mi of memory; ask for less, or put some into a service of their own',
    ],
    [
      { containers: [WEB, CACHE] },
      "publicEndpoint",
      `'publicEndpoint' must name one of the containers ("cache", "web") by 'container', got none; or give false, so that nobody reaches the service`,
    ],
    [
      { publicEndpoint: { container: "api" } },
      "publicEndpoint.container",
      `'publicEndpoint' must name one of the containers ("web") by 'container', got "api"; or give false, so that nobody reaches the service`,
    ],
    [
      { containers: [{ ...WEB, ports: { http: 8080, admin: 9090 } }] },
      "publicEndpoint",
      `'publicEndpoint' must name one of the ports of container "web" ("admin", "http") by 'port', got none; or give false, so that nobody reaches the service`,
    ],
    [
      { containers: [{ ...WEB, ports: { dns: { port: 53, protocol: "UDP" } } }] },
      "publicEndpoint",
      `'publicEndpoint' must be a port that answers HTTP, got "dns", which is UDP; name another`,
    ],
    [
      {
        containers: [{ ...WEB, ports: { http: 8080, admin: 9090 }, readiness: { http: { port: "admin" } } }],
        publicEndpoint: { port: "http" },
      },
      "publicEndpoint",
      `the probe of container "web" asks port "admin", and Lightsail asks the public endpoint's, "http", alone; ask that`,
    ],
    [
      { containers: [{ ...WEB, readiness: { http: { port: "http" } } }], publicEndpoint: false },
      "containers.0.readiness",
      `'readiness' of container "web" would be asked by nobody, as Lightsail asks the container of the public endpoint alone; leave it out`,
    ],
    [
      { certificate: { domainName: "Example.com" } },
      "certificate.domainName",
      expect.stringMatching(/^'domainName' must be a domain name in lower case/),
    ],
    [
      { certificate: { domainName: "example.com", subjectAlternativeNames: ["example.com"] } },
      "certificate.subjectAlternativeNames.0",
      `'subjectAlternativeNames' must hold each domain once and none that is 'domainName', got "example.com" again; remove it`,
    ],
    [
      {
        certificate: {
          domainName: "example.com",
          subjectAlternativeNames: ["a", "b", "c", "d"].map((label) => `${label}.example.com`),
        },
      },
      "certificate",
      "a container service of Lightsail has at most 4 domains, got 5; leave some out",
    ],
    [
      { containers: [{ ...WEB, workingDir: "/" }] },
      "containers.0.workingDir",
      expect.stringMatching(/^container "web" asks for 'workingDir', and Lightsail/),
    ],
  ] as [Partial<LightsailOptions>, string, string][])("is refused: %j", (options, at, message) => {
    expect(problems(options)).toEqual([[at, message]]);
  });

  test("has a name of 1 to 63 lower-case letters, digits and hyphens between them", () => {
    expect(["a", "ab", "shop-web", "x".repeat(63)].map(lightsailNameProblem)).toEqual(Array(4).fill(undefined));
    for (const name of ["", "-a", "a-", "Shop", "a_b", "x".repeat(64)]) {
      expect(lightsailNameProblem(name)).toMatch(/^the name of an Amazon Lightsail container service must be 1 to 63/);
    }
  });

  test("becomes the smallest power that has the sum of what its containers ask for, and no smaller one has", () => {
    const amount = fc.record({ millis: fc.integer({ min: 1, max: 1500 }), mib: fc.integer({ min: 1, max: 3000 }) });
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 4 }), (amounts) => {
        const containers = amounts.map(({ millis, mib }, index) => ({
          ...WEB,
          name: `c${index}`,
          cpu: `${millis}m`,
          memory: `${mib}Mi`,
        }));
        const millis = amounts.reduce((sum, each) => sum + each.millis, 0);
        const mib = amounts.reduce((sum, each) => sum + each.mib, 0);
        const power = lightsailPower({ containers });
        const covering = LIGHTSAIL_POWERS.filter(({ cpu, memory }) => cpu.millis >= millis && memory.mib >= mib);
        expect(power).toBe(covering[0]);
        const refused = lightsailProblems({ containers, publicEndpoint: false }).some(({ message }) =>
          message.includes("fit into the largest power"),
        );
        expect(refused).toBe(covering.length === 0);
      }),
    );
  });

  test("lets everybody reach the only port of its only container, one that is named, or none", () => {
    expect(lightsailEndpoint({ containers: [WEB] })).toEqual({ container: WEB, port: 8080 });
    expect(lightsailEndpoint({ containers: [WEB, CACHE], publicEndpoint: { container: "cache" } })).toEqual({
      container: CACHE,
      port: 6379,
    });
    expect(lightsailEndpoint({ containers: [WEB], publicEndpoint: false })).toBeUndefined();
    expect(problems({ publicEndpoint: false })).toEqual([]);
  });

  test("has to be let into private repositories of ECR", () => {
    const image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1";
    expect(pullsFromEcr({ containers: [CACHE, { ...WEB, image }] })).toBe(true);
    expect(pullsFromEcr({ containers: [CACHE, WEB] })).toBe(false);
  });

  test("warns of a power that was read in one place only, and of an image that may be another tomorrow", () => {
    expect(lightsailWarnings({ containers: [WEB] })).toEqual([]);
    expect(lightsailWarnings({ containers: [{ ...WEB, image: "nginx" }], power: "xlarge" })).toEqual([
      expect.stringContaining('"nginx" has no tag'),
      'what power "xlarge" has and costs was read in one place only (2026-08); look it up with aws lightsail get-container-service-powers before you rely on it',
    ]);
  });
});

describe("the powers of Lightsail", () => {
  test("grow in price with what they have", () => {
    for (const [index, power] of LIGHTSAIL_POWERS.slice(1).entries()) {
      const before = LIGHTSAIL_POWERS[index] ?? power;
      expect(power.usdPerMonth.compareTo(before.usdPerMonth)).toBeGreaterThan(0);
      expect(power.cpu.covers(before.cpu) && power.memory.covers(before.memory)).toBe(true);
    }
  });

  test("end where none is large enough", () => {
    expect(smallestPower(Cpu.ofVcpu(4), Memory.ofGib(8))?.name).toBe("xlarge");
    expect(smallestPower(Cpu.ofVcpu(4), Memory.ofGib(9))).toBeUndefined();
  });
});
