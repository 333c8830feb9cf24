import { HOME_NAMES, HOMES, type HomeContainer, type HomeName } from "../../../src/model/homes/home-data";
import { HOME_FEATURES, type HomeFeatureName } from "../../../src/model/homes/home-features";
import { homeProblems, homesFor } from "../../../src/model/homes/homes";

/** What every home can run. */
const PLAIN: HomeContainer = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
  args: ["nginx"],
  environment: { MODE: "fast" },
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
  readiness: { http: { port: "http", path: "/health" } },
};

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf";
const EXEC = { exec: ["true"], periodSeconds: 10, timeoutSeconds: 2 };

/** A container that asks for one feature, and for nothing else that homes differ in. */
const ASKING: Readonly<Record<HomeFeatureName, Partial<HomeContainer>>> = {
  anyRegistry: { image: "docker.io/library/nginx:1.29" },
  entryPoint: { command: ["/bin/web"] },
  workingDir: { workingDir: "/srv" },
  user: { user: 1000, group: 1000 },
  readOnlyRootFilesystem: { readOnlyRootFilesystem: true },
  capabilities: { addCapabilities: ["CHOWN"] },
  kubernetesSecrets: { secrets: { PASSWORD: { secretName: "web", key: "password" } } },
  secretsManager: { secrets: { PASSWORD: { secretArn: SECRET } } },
  parameterStore: {
    secrets: { PASSWORD: { parameterArn: "arn:aws:ssm:eu-west-1:111122223333:parameter/web/password" } },
  },
  podFields: { podFields: { POD_NAME: "metadata.name" } },
  variableReferences: { environment: { MODE: "fast", LABEL: "$(MODE)" } },
  noPort: { ports: {}, readiness: undefined as never },
  severalPorts: { ports: { http: 8080, metrics: 9090 } },
  udpPorts: { ports: { http: 8080, dns: { port: 5353, protocol: "UDP" } } },
  livenessHttp: { liveness: { http: { port: "http", path: "/health" } } },
  livenessTcp: { liveness: { tcp: { port: 8080 } }, readiness: undefined as never },
  livenessCommand: { liveness: EXEC, readiness: undefined as never },
  readinessHttp: {},
  readinessTcp: { readiness: { tcp: { port: 8080 } } },
  readinessCommand: { readiness: EXEC },
  twoProbes: { liveness: EXEC },
  startupProbe: { liveness: EXEC, readiness: undefined as never, startup: EXEC },
  initialDelay: { liveness: { ...EXEC, initialDelaySeconds: 5 }, readiness: undefined as never },
  preStop: { preStop: ["sleep", "5"] },
  volumes: { mounts: { "/data": { volume: "data" } } },
  ephemeralStorage: { ephemeralStorage: "30Gi" },
};

/** The container without what is set to nothing, which none has. */
function asking(feature: HomeFeatureName): HomeContainer {
  const all = Object.entries({ ...PLAIN, ...ASKING[feature] });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined)) as unknown as HomeContainer;
}

/** Whether one place is the other, or lies in it. */
function isIn(place: string, other: string): boolean {
  return place === other || place.startsWith(`${other}.`);
}

const CASES = HOME_NAMES.flatMap((home) =>
  (Object.keys(HOME_FEATURES) as HomeFeatureName[]).map((feature) => ({ home, feature })),
);

describe("the homes of a container", () => {
  test.each(HOME_NAMES)("run one and the same container: %s", (home) => {
    expect(homeProblems(home, PLAIN)).toEqual([]);
  });

  test.each(CASES)("$home does $feature, or refuses it where its data says that it cannot", ({ home, feature }) => {
    const container = asking(feature);
    const places = HOME_FEATURES[feature].places(container, () => true).map((at) => at.join("."));
    const found = homeProblems(home, container);
    expect(places.length).toBeGreaterThan(0);
    if (HOMES[home].cannot[feature] === undefined) {
      // What else the container has to have beside the feature may be refused, the feature itself not.
      expect(found.filter(({ at }) => places.includes(at.join(".")))).toEqual([]);
    } else {
      const refused = found.map(({ at }) => at.join("."));
      expect(refused.filter((at) => places.some((place) => isIn(at, place) || isIn(place, at)))).not.toEqual([]);
    }
  });

  test("refuse in one sentence that says of which container, why and what to do instead", () => {
    for (const { home, feature } of CASES) {
      for (const { message } of homeProblems(home, asking(feature))) {
        expect(message).toContain('"web"');
        expect(message).toContain("; ");
        expect(message).not.toMatch(/\.$|^[A-Z]/);
      }
    }
  });

  test("each can do something that another cannot", () => {
    const missing = HOME_NAMES.map((home) => Object.keys(HOMES[home].cannot).sort().join());
    expect(new Set(missing).size).toBe(HOME_NAMES.length);
    for (const [feature] of Object.entries(HOME_FEATURES)) {
      const homes = HOME_NAMES.filter((home) => !(feature in HOMES[home].cannot));
      expect([feature, homes.length > 0]).toEqual([feature, true]);
    }
  });

  test.each([
    [{}, HOME_NAMES],
    [ASKING.secretsManager, ["ecs-fargate", "app-runner", "beanstalk"]],
    [ASKING.kubernetesSecrets, ["eks-fargate"]],
    [ASKING.udpPorts, ["eks-fargate", "ecs-fargate", "lightsail", "beanstalk"]],
    [{ image: "https://nginx" }, []],
  ] as [Partial<HomeContainer>, readonly HomeName[]][])("are known for a container: %j", (spec, homes) => {
    expect(homesFor({ ...PLAIN, ...spec })).toEqual(homes);
  });
});
