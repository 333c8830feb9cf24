import Ajv from "ajv";
import { fitSarif, toUri } from "../../src/report/sarif";
import { workload } from "../support/workloads";
import { costOf, shopReport } from "./shop";
import { PLACEMENTS } from "./shop-workloads";

/** The required parts of SARIF 2.1.0 that the log has, and the words and forms that the standard allows. */
const text = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } } };
const level = { enum: ["none", "note", "warning", "error"] };
const SCHEMA = {
  type: "object",
  required: ["version", "runs"],
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["tool", "results"],
        additionalProperties: false,
        properties: {
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          tool: {
            type: "object",
            required: ["driver"],
            properties: {
              driver: {
                type: "object",
                required: ["name"],
                properties: {
                  name: { type: "string", minLength: 1 },
                  version: { type: "string" },
                  rules: {
                    type: "array",
                    uniqueItems: true,
                    items: {
                      type: "object",
                      required: ["id", "shortDescription", "help", "defaultConfiguration"],
                      additionalProperties: false,
                      properties: {
                        id: { type: "string", pattern: "^[a-z0-9-]+$" },
                        shortDescription: text,
                        help: { ...text, required: ["text", "markdown"] },
                        defaultConfiguration: { type: "object", required: ["level"], properties: { level } },
                        properties: { type: "object" },
                      },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: "array",
            items: {
              type: "object",
              required: ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
              additionalProperties: false,
              properties: {
                ruleId: { type: "string" },
                ruleIndex: { type: "integer", minimum: 0 },
                level,
                message: text,
                partialFingerprints: { type: "object", additionalProperties: { type: "string" }, minProperties: 1 },
                locations: {
                  type: "array",
                  minItems: 1,
                  items: {
                    type: "object",
                    required: ["physicalLocation"],
                    properties: {
                      physicalLocation: {
                        type: "object",
                        required: ["artifactLocation"],
                        properties: {
                          artifactLocation: {
                            type: "object",
                            required: ["uri"],
                            properties: { uri: { type: "string", pattern: "^[A-Za-z0-9._~%/:!*'()-]+$" } },
                          },
                          region: {
                            type: "object",
                            required: ["startLine"],
                            properties: { startLine: { type: "integer", minimum: 1 } },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

interface Log {
  runs: [
    {
      tool: { driver: { name: string; version: string; rules: { id: string; shortDescription: { text: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: [{ physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } } }];
        partialFingerprints: Record<string, string>;
      }[];
    },
  ];
}

function run(report = shopReport()) {
  return (JSON.parse(fitSarif(report)) as Log).runs[0];
}

const fingerprints = (report = shopReport()) =>
  run(report).results.map(({ partialFingerprints }) => partialFingerprints["finding/v1"]);

test("the log is SARIF 2.1.0", () => {
  const validate = new Ajv({ allErrors: true }).compile(SCHEMA);
  validate(JSON.parse(fitSarif(shopReport())));
  expect(validate.errors).toBe(null);
});

test("the tool has its name, its version and all its rules, also those that found nothing", () => {
  const { driver } = run().tool;
  expect([driver.name, driver.version]).toEqual(["cdktf-eks-fargate", "0.2.0"]);
  const ids = driver.rules.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(["host-network", "no-profile", "cheaper-on-nodes", "unreadable-manifest"]),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("a result refers to its rule by id and by index", () => {
  const { tool, results } = run();
  expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
});

test("a finding of a rule that nobody describes has one all the same", () => {
  const finding = {
    rule: "new-rule",
    severity: "advice" as const,
    workload: workload(),
    at: [],
    message: "m",
    fix: "f",
  };
  const { tool, results } = run(shopReport({ extraFindings: [finding] }));
  const index = results.find(({ ruleId }) => ruleId === "new-rule")?.ruleIndex ?? -1;
  expect(tool.driver.rules[index]?.shortDescription.text).toBe("new-rule");
});

test("an error is an error, a warning a warning, and advice a note", () => {
  const levels = new Map(run().results.map(({ ruleId, level: each }) => [ruleId, each]));
  expect([levels.get("ebs-claim"), levels.get("burstable"), levels.get("stateful")]).toEqual([
    "error",
    "warning",
    "note",
  ]);
});

test("a result says which workload, what was found and what to change, and where", () => {
  const result = run().results.find(({ ruleId }) => ruleId === "ebs-claim");
  expect(result?.message.text).toBe(
    'StatefulSet payments/ledger: claim "data" is of storage class "gp3", an EBS volume; Fargate mounts EFS only. Fix: use EFS with a static volume, or run it on nodes',
  );
  expect(result?.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "payments/ledger.yaml" },
    region: { startLine: 43 },
  });
});

test("documents that could not be read are errors, with their line where it is known", () => {
  const unread = run().results.filter(({ ruleId }) => ruleId === "unreadable-manifest");
  expect(unread.map(({ level: each, locations }) => [each, locations[0].physicalLocation])).toEqual([
    ["error", { artifactLocation: { uri: "shop/broken.yaml" }, region: { startLine: 88 } }],
    ["error", { artifactLocation: { uri: "shop/logo.png" } }],
  ]);
});

test("fingerprints are all different, and stay when lines move", () => {
  const moved = PLACEMENTS.map((each) => {
    const { source } = each.workload;
    const lower = { ...each.workload, source: { ...source, line: source.line + 50, lineOf: () => 999 } };
    return { ...each, workload: lower, findings: each.findings.map((finding) => ({ ...finding, workload: lower })) };
  });
  const before = fingerprints(shopReport({ extraFindings: [] }));
  expect(new Set(before).size).toBe(before.length);
  expect(fingerprints(shopReport({ placements: moved, cost: costOf(moved), extraFindings: [] }))).toEqual(before);
});

test("the same finding in two files has two fingerprints", () => {
  const twice = PLACEMENTS.filter(({ workload: { name } }) => name === "cart").flatMap((each) => [each, { ...each }]);
  const [first, second] = fingerprints(shopReport({ placements: twice, cost: costOf(twice), extraFindings: [] }));
  expect(second).toBe(first?.replace(":1", ":2"));
});

test.each([
  ["shop/all.yaml", "shop/all.yaml"],
  ["./shop/all.yaml", "shop/all.yaml"],
  ["../shop/all.yaml", "../shop/all.yaml"],
  ["shop\\all.yaml", "shop/all.yaml"],
  ["a b/50%#?.yaml", "a%20b/50%25%23%3F.yaml"],
  ["a:b.yaml", "a%3Ab.yaml"],
  ["/srv/a b.yaml", "file:///srv/a%20b.yaml"],
  ["C:\\shop\\all.yaml", "file:///C:/shop/all.yaml"],
  ["\ud800.yaml", "%EF%BF%BD.yaml"],
  ["-", "stdin"],
])("the path %j is the URI %s", (path, uri) => {
  expect(toUri(path)).toBe(uri);
});
