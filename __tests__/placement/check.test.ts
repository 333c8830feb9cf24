import fc from "fast-check";
import { SEVERITIES } from "../../src/model/finding";
import { checkRules, ruleById } from "../../src/placement/check";
import { ClusterIndex } from "../../src/placement/cluster-index";
import { RULES } from "../../src/placement/rules/index";
import { container, inventory, podSpec, resources, volume, workload } from "../support/workloads";

fc.configureGlobal({ seed: 20261121, numRuns: 100 });

const EMPTY = new ClusterIndex(inventory());

test("nothing speaks against a workload that nothing is wrong with", () => {
  expect(checkRules(workload(), EMPTY)).toEqual([]);
});

test("a message is what was found, with the value, and why it matters", () => {
  const found = workload({ pod: { containers: [container({ name: "agent", privileged: true })] } });
  expect(checkRules(found, EMPTY)).toEqual([
    {
      rule: "privileged",
      severity: "error",
      workload: found,
      at: ["spec", "template", "spec", "containers", 0, "securityContext", "privileged"],
      message: `container "agent" is privileged ('securityContext.privileged' is true); Fargate refuses pods with "invalid SecurityContext fields: Privileged"`,
      fix: "remove 'privileged', or run the pods on nodes",
    },
  ]);
});

test("a violation's own severity, reason and fix win over the rule's", () => {
  const [finding] = checkRules(
    workload({ pod: { containers: [container({ capabilitiesAdded: ["SYS_PTRACE"] })] } }),
    EMPTY,
  );
  expect(finding).toMatchObject({
    severity: "warning",
    message: 'container "app" adds the capability "SYS_PTRACE"; it is not verified that pods on Fargate may have it',
    fix: "try it in a test cluster, or drop the capability",
  });
});

test("the worst comes first, then the rules by their ids, then what stands first in the manifest", () => {
  const ports = Array.from({ length: 12 }, (_, index) => ({ containerPort: 80 + index, hostPort: 80 + index }));
  const findings = checkRules(
    workload({
      kind: "DaemonSet",
      pod: {
        containers: [container({ ports }), container({ name: "db", image: "postgres:17", privileged: true })],
        volumes: [volume({ type: "hostPath" })],
        topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" }],
      },
    }),
    EMPTY,
  );
  expect(findings.map(({ rule }) => rule)).toEqual([
    "daemonset",
    ...Array(12).fill("host-port"),
    "privileged",
    "volume-type",
    "topology-spread",
    "stateful",
  ]);
  expect(findings.filter(({ rule }) => rule === "host-port").map(({ at }) => at.at(-2))).toEqual(
    Array.from({ length: 12 }, (_, index) => index),
  );
});

test("within a severity and a rule, findings of many containers are in the order of the containers", () => {
  const pods = fc.record({
    hostNetwork: fc.boolean(),
    hostPID: fc.boolean(),
    nodeSelector: fc.dictionary(fc.constantFrom("team", "kubernetes.io/arch", "disk"), fc.constantFrom("arm64", "x"), {
      maxKeys: 3,
    }),
    containers: fc.array(
      fc.record({ privileged: fc.boolean(), limited: fc.boolean() }).map(({ privileged, limited }) =>
        container({
          privileged,
          resources: limited ? resources({ cpu: "250m", memory: "256Mi" }) : resources({ cpu: "250m" }),
        }),
      ),
      { minLength: 1, maxLength: 12 },
    ),
  });
  fc.assert(
    fc.property(pods, (pod) => {
      const keys = checkRules(workload({ pod: podSpec(pod) }), EMPTY).map(
        ({ severity, rule, at }) =>
          `${SEVERITIES.indexOf(severity)} ${rule} ${at.map((part) => String(part).padStart(4, "0")).join("/")}`,
      );
      const severitiesAndRules = keys.map((key) => key.split(" ").slice(0, 2).join(" "));
      expect(severitiesAndRules).toEqual([...severitiesAndRules].sort());
      const indices = keys.filter((key) => key.includes("/containers/"));
      expect(indices).toEqual([...indices].sort());
    }),
  );
});

test("findings of one rule are in the order of their paths", () => {
  const nodeSelector = { team: "shop", disk: "ssd", zone: "a" };
  expect(checkRules(workload({ pod: { nodeSelector } }), EMPTY).map(({ at }) => at.at(-1))).toEqual([
    "disk",
    "team",
    "zone",
  ]);
});

describe("the list of rules", () => {
  test("is in the alphabetical order of ids, each there once", () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test("has ids in kebab case, as names of pages", () => {
    expect(RULES.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  test("has no sentence with a full stop, and starts reasons and fixes so that they follow a semicolon", () => {
    const sentences = RULES.flatMap(({ title, reason, fix }) => [title, reason, fix]);
    expect(sentences.filter((text) => text.endsWith(".") || text.trim() !== text)).toEqual([]);
    const followers = RULES.flatMap(({ reason, fix }) => [reason, fix]);
    expect(followers.filter((text) => /^[A-Z](?!WS |KS )/.test(text) && !/^(Fargate|Kubernetes)/.test(text))).toEqual(
      [],
    );
  });

  test("says for each where it was read and when", () => {
    expect(RULES.filter(({ source }) => !/^https:\/\/\S+, read \d{4}-\d{2}-\d{2}$/.test(source))).toEqual([]);
  });

  test("gives a rule by its id", () => {
    expect(ruleById("privileged")?.title).toBe("Containers are not privileged");
    expect(ruleById("constructor")).toBeUndefined();
  });
});
