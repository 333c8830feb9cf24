import fc from "fast-check";
import { fargateLoggingData, fargateLoggingProblems, fargateLoggingWarnings } from "../../src/model/fargate-logging";
import type { FargateLoggingOptions, LogOutput } from "../../src/model/fargate-logging-options";

fc.configureGlobal({ seed: 20261121 });

const CONTEXT = { clusterName: "platform", region: "eu-west-1" };
const HOST = "search-logs-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com";

const problems = (options: FargateLoggingOptions) =>
  fargateLoggingProblems(options, CONTEXT).map(({ at, message }) => `${at.join(".")}: ${message}`);
const outputs = (all: Record<string, LogOutput>, more: FargateLoggingOptions = {}) =>
  problems({ outputs: all, ...more });
const data = (options: FargateLoggingOptions) => fargateLoggingData(options, CONTEXT);
const warnings = (options: FargateLoggingOptions) => fargateLoggingWarnings(options, CONTEXT);

describe("without any option", () => {
  test("all lines go to one log group, which Fargate does not create, with their pod's names and labels", () => {
    expect(problems({})).toEqual([]);
    expect(warnings({})).toEqual([]);
    expect(data({})).toEqual({
      flb_log_cw: "false",
      "output.conf": `[OUTPUT]
  Name cloudwatch_logs
  Match kube.*
  region eu-west-1
  log_group_name /aws/eks/platform/fargate/pods
  log_stream_prefix fargate-
  auto_create_group false
`,
      "filters.conf": `[FILTER]
  Name parser
  Match kube.*
  Key_Name log
  Parser crio
[FILTER]
  Name kubernetes
  Match kube.*
  Merge_Log On
  Keep_Log Off
  Labels On
  Annotations Off
  Buffer_Size 0
`,
      "parsers.conf": `[PARSER]
  Name crio
  Format regex
  Regex ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[FP]) (?<log>.*)$
  Time_Key time
  Time_Format %Y-%m-%dT%H:%M:%S.%L%z
`,
    });
  });

  test("the parser takes lines of containerd apart", () => {
    const regex = /Regex (.*)/.exec(data({})["parsers.conf"] ?? "")?.[1] ?? "";
    const line = '2026-11-21T10:00:00.123456789Z stderr F {"level": "warn"}';
    expect(new RegExp(regex).exec(line)?.groups).toEqual({
      time: "2026-11-21T10:00:00.123456789Z",
      stream: "stderr",
      logtag: "F",
      log: '{"level": "warn"}',
    });
  });
});

describe("outputs", () => {
  test("are told in the words of their plugins", () => {
    const text = data({
      outputs: {
        archive: { firehose: { deliveryStream: "logs" }, match: "kube.*_batch_*" },
        events: { kinesis: { stream: "logs", roleArn: "arn:aws:iam::111122223333:role/logs" }, match: "kube.*_web_*" },
        search: { openSearch: { host: HOST, index: "pods" } },
      },
    })["output.conf"];
    expect(text).toBe(`[OUTPUT]
  Name kinesis_firehose
  Match kube.*_batch_*
  region eu-west-1
  delivery_stream logs
[OUTPUT]
  Name kinesis
  Match kube.*_web_*
  region eu-west-1
  stream logs
  role_arn arn:aws:iam::111122223333:role/logs
[OUTPUT]
  Name es
  Match kube.*
  Host ${HOST}
  Port 443
  Logstash_Format On
  Logstash_Prefix pods
  AWS_Auth On
  AWS_Region eu-west-1
  tls On
  Generate_ID On
  Replace_Dots On
  Suppress_Type_Name On
`);
  });

  test("of one index keep all days in it", () => {
    const options = { outputs: { search: { openSearch: { host: HOST, index: "pods", dailyIndex: false } } } };
    expect(data(options)["output.conf"]).toContain("  Index pods\n");
    expect(data(options)["output.conf"]).not.toContain("Logstash");
  });

  test("have one destination each", () => {
    expect(outputs({ a: {} })).toEqual([
      'outputs.a: output "a" must have one destination ("cloudWatch", "firehose", "kinesis", "openSearch"), got none; make an output of each',
    ]);
    expect(outputs({ a: { cloudWatch: {}, kinesis: { stream: "s" } } })).toEqual([
      expect.stringContaining('got "cloudWatch", "kinesis"'),
    ]);
  });

  test("are one at least", () => {
    expect(outputs({})).toEqual([
      "outputs: 'outputs' must hold at least one output, got none; leave it out for a log group",
    ]);
  });

  test.each<[string, LogOutput, string]>([
    [
      "an odd delivery stream",
      { firehose: { deliveryStream: "a b" } },
      `outputs.a.firehose.deliveryStream: 'deliveryStream' must be the name of a delivery stream (1 to 64 letters, digits, "_", "." and "-"), got "a b"`,
    ],
    [
      "an odd stream",
      { kinesis: { stream: "" } },
      `outputs.a.kinesis.stream: 'stream' must be the name of a stream (1 to 128 letters, digits, "_", "." and "-"), got ""`,
    ],
    [
      "the alias of a key",
      { kinesis: { stream: "s", kmsKeyArn: "alias/logs" } },
      `outputs.a.kinesis.kmsKeyArn: 'kmsKeyArn' must be the ARN of a KMS key, not of an alias, like "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", got "alias/logs"`,
    ],
    [
      "the name of a role",
      { kinesis: { stream: "s", roleArn: "logs" } },
      `outputs.a.kinesis.roleArn: 'roleArn' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/logs", got "logs"`,
    ],
    [
      "a URL for a host",
      { openSearch: { host: `https://${HOST}`, index: "pods" } },
      `outputs.a.openSearch.host: 'host' must be the host of a domain's endpoint, without "https://" and a path, got "https://${HOST}"`,
    ],
    [
      "a host that does not tell the domain",
      { openSearch: { host: "logs.example.com", index: "pods" } },
      `outputs.a.openSearch: 'domain' must name the OpenSearch domain, which permission is given for, because its host does not hold the name, got "logs.example.com"; Amazon OpenSearch Serverless is not among the outputs of Fargate`,
    ],
    [
      "a domain that is none",
      { openSearch: { host: "logs.example.com", domain: "L", index: "pods" } },
      `outputs.a.openSearch.domain: 'domain' must be the name of an OpenSearch domain (3 to 28 lower-case letters, digits and "-", beginning with a letter), got "L"`,
    ],
    [
      "an index in capitals",
      { openSearch: { host: HOST, index: "Pods" } },
      `outputs.a.openSearch.index: 'index' must be the name of an index (lower-case letters, digits, "_", "." and "-"), got "Pods"`,
    ],
    [
      "a retention that CloudWatch does not know",
      { cloudWatch: { retentionInDays: 8 } },
      expect.stringMatching(/^outputs\.a\.cloudWatch\.retentionInDays: .*, got 8; the next longer one is 14$/) as never,
    ],
    [
      "a prefix of log streams that CloudWatch refuses",
      { cloudWatch: { logStreamPrefix: "a:b" } },
      `outputs.a.cloudWatch.logStreamPrefix: 'logStreamPrefix' must be 1 to 100 characters without blanks, ":" and "*", got "a:b"`,
    ],
    [
      "a log group by a template",
      { cloudWatch: { logGroupName: "/pods/$(tag)" } },
      `outputs.a: output "a" must write to one log group by its name, because the group is created here, got a template; write an output for each group`,
    ],
    [
      "a log group with a blank",
      { cloudWatch: { logGroupName: "my pods" } },
      `outputs.a: output "a": the name of an Amazon CloudWatch log group must be 1 to 512 characters (letters, digits and "._/#-"), got "my pods" (7); give another name`,
    ],
    [
      "the log group of the control plane",
      { cloudWatch: { logGroupName: "/aws/eks/platform/cluster" } },
      `outputs.a: output "a" must have a log group of its own, got "/aws/eks/platform/cluster", which is EKS's for other logs; give another name`,
    ],
    [
      "a match with a blank",
      { cloudWatch: {}, match: "a b" },
      `outputs.a.match: 'match' must be a pattern of tags, like "kube.*", of letters, digits, "_", "-", "." and "*", got "a b"`,
    ],
    [
      "both match and namespaces",
      { cloudWatch: {}, match: "kube.*", namespaces: ["web"] },
      `outputs.a: output "a" has both 'match' and 'namespaces', which both choose its lines; keep one`,
    ],
    [
      "an empty list of namespaces",
      { cloudWatch: {}, namespaces: [] },
      "outputs.a.namespaces: 'namespaces' must hold at least one namespace, got none; leave it out for all lines",
    ],
    [
      "a namespace that cannot be",
      { cloudWatch: {}, namespaces: ["Web"] },
      `outputs.a.namespaces.0: 'namespaces' must hold namespaces, with "*" where any characters may stand, got "Web"`,
    ],
  ])("with %s are refused", (_, output, message) => {
    expect(outputs({ a: output })).toEqual([message]);
  });

  test("have names that may stand in a tag", () => {
    expect(outputs({ "a.b": { cloudWatch: {} } })).toEqual([
      'outputs.a.b: the name of an output must be 1 to 32 lower-case letters, digits and "-", beginning and ending with a letter or digit, got "a.b"',
    ]);
  });

  test("have a log group each", () => {
    const group = { cloudWatch: { logGroupName: "pods" } };
    expect(outputs({ a: { ...group, namespaces: ["a"] }, b: { ...group, namespaces: ["b"] } })).toEqual([
      `outputs.b.cloudWatch.logGroupName: outputs "a" and "b" would both create log group "pods"; give one of them another 'logGroupName'`,
    ]);
  });
});

describe("no line is delivered twice", () => {
  const cloudWatch = {};
  const archive = { firehose: { deliveryStream: "logs" } };

  test("two outputs that take the same lines are refused, unless that is asked for", () => {
    expect(outputs({ app: { cloudWatch }, archive })).toEqual([
      `outputs.archive: output "app" (Match kube.*) and output "archive" (Match kube.*) both get some lines, which are then stored and paid for twice; let them take different lines ('namespaces' or 'match'), or set 'allowOverlap' when every line shall go to both`,
    ]);
    expect(outputs({ app: { cloudWatch }, archive }, { allowOverlap: true })).toEqual([]);
  });

  test("two outputs with one destination are refused whatever is asked for", () => {
    expect(outputs({ one: archive, two: archive }, { allowOverlap: true })).toEqual([
      `outputs.two: output "one" (Match kube.*) and output "two" (Match kube.*) both get some lines, and both write to delivery stream "logs", where those lines would stand twice; remove one, or let their 'Match' exclude each other`,
    ]);
  });

  test("outputs of different namespaces get different lines", () => {
    expect(outputs({ web: { ...archive, match: "*_web_*" }, api: { ...archive, match: "*_api_*" } })).toEqual([]);
  });

  test("an output of namespaces takes their lines from the others, by their tags", () => {
    const options = { outputs: { app: { cloudWatch }, pay: { ...archive, namespaces: ["x*", "pay"] } } };
    expect(problems(options)).toEqual([]);
    expect(warnings(options)).toEqual([]);
    expect(data(options)["filters.conf"]).toContain(`  Buffer_Size 0
[FILTER]
  Name record_modifier
  Match kube.*
  Record fargate_route yes
[FILTER]
  Name rewrite_tag
  Match kube.var.log.containers.*_pay_*
  Rule $fargate_route . to.pay.$TAG false
[FILTER]
  Name rewrite_tag
  Match kube.var.log.containers.*_x*_*
  Rule $fargate_route . to.pay.$TAG false
[FILTER]
  Name record_modifier
  Match *
  Remove_key fargate_route
`);
    expect(data(options)["output.conf"]).toContain("  Name kinesis_firehose\n  Match to.pay.*\n");
  });

  test("a namespace belongs to one output", () => {
    const taken = { a: { cloudWatch, namespaces: ["web-*"] }, b: { cloudWatch, namespaces: ["*-prod"] } };
    expect(outputs(taken)).toEqual([
      `outputs.b.namespaces: outputs "a" and "b" both take the lines of namespace "web-prod"; give each namespace to one of them`,
    ]);
  });

  test("a rule that keeps the line beside its copy is refused where one destination gets both", () => {
    const filters = "[FILTER]\n  Name rewrite_tag\n  Match kube.*\n  Rule $stream ^stderr$ errors.$TAG true\n";
    expect(problems({ filters, outputs: { a: { ...archive, match: "*" } } })).toEqual([
      `filters: line 4 of 'filters' keeps a line beside its copy, and delivery stream "logs" gets both; end the rule in "false", or send copies elsewhere`,
    ]);
    const apart = { a: archive, b: { cloudWatch, match: "errors.*" } };
    expect(problems({ filters, outputs: apart })).toEqual([
      "filters: line 4 of 'filters' keeps a line beside its copy, and outputs take both, so it is stored and paid for twice; end the rule in \"false\", or set 'allowOverlap' when that is meant",
    ]);
    expect(problems({ filters, outputs: apart, allowOverlap: true })).toEqual([]);
    expect(problems({ filters: filters.replace("true", "false"), outputs: apart })).toEqual([]);
    expect(problems({ filters, outputs: { a: archive } })).toEqual([]);
  });

  test("a rule whose lines come back to it is refused", () => {
    const filters = "[FILTER]\n  Name rewrite_tag\n  Match *\n  Rule $stream ^stderr$ errors.$TAG false\n";
    expect(problems({ filters })).toEqual([
      `filters: line 4 of 'filters' gives lines the tag "errors.$TAG", which its own filter takes again, without end; begin the tag with a word that 'Match' does not take, or narrow 'Match' to "kube.*"`,
    ]);
  });

  test("a rule must be whole", () => {
    expect(problems({ filters: "[FILTER]\n  Name rewrite_tag\n  Match kube.*\n  Rule $a ^b$ c\n" })).toEqual([
      `filters: line 4 of 'filters' must be a rule of a key, a regular expression, a new tag and whether the line stays, like "$stream ^stderr$ errors.$TAG false", got "$a ^b$ c"`,
    ]);
    expect(problems({ filters: "[FILTER]\n  Name rewrite_tag\n  Match kube.*\n" })).toEqual([
      `filters: the FILTER at line 1 of 'filters' must have a "Rule", without which it does nothing`,
    ]);
  });

  test("what a regular expression takes is everything", () => {
    const output = (name: string, more: string) =>
      `[OUTPUT]\n  Name firehose\n  Match ${name}\n  region eu-west-1\n  delivery_stream logs\n${more}`;
    const text = output("none.a", "  Match_Regex .*\n") + output("kube.*", "");
    expect(problems({ configMap: { "output.conf": text } })).toEqual([expect.stringContaining("would stand twice")]);
  });
});

describe("namespaces and metadata", () => {
  test("lines of a namespace are dropped before anything is done with them", () => {
    const filter = (namespace: string) =>
      `[FILTER]\n  Name grep\n  Match kube.var.log.containers.*_${namespace}_*\n  Exclude log .\n`;
    const written = data({ excludeNamespaces: ["kube-system", "ci-*", "kube-system"] })["filters.conf"] ?? "";
    expect(written.startsWith(`${filter("ci-*")}${filter("kube-system")}[FILTER]\n  Name parser\n`)).toBe(true);
  });

  test("a namespace is known without metadata too", () => {
    expect(data({ metadata: false })["filters.conf"]).not.toContain("kubernetes");
    const output = { cloudWatch: {}, namespaces: ["web"] };
    expect(problems({ metadata: false, excludeNamespaces: ["a"], outputs: { a: output } })).toEqual([]);
  });

  test("each piece of metadata can be chosen", () => {
    const metadata = { labels: false, annotations: true, mergeJson: false, cacheTtl: "300s" };
    expect(data({ metadata })["filters.conf"]).toContain(
      "  Merge_Log Off\n  Keep_Log On\n  Labels Off\n  Annotations On\n  Buffer_Size 0\n  Kube_Meta_Cache_TTL 300s\n",
    );
    expect(problems({ metadata: { cacheTtl: "5 minutes" } })).toEqual([
      `metadata.cacheTtl: 'cacheTtl' must be a time, like "300s" or "30m", got "5 minutes"`,
    ]);
  });

  test("a namespace that cannot be is refused", () => {
    expect(problems({ excludeNamespaces: ["a_b"] })).toEqual([
      `excludeNamespaces.0: 'excludeNamespaces' must hold namespaces, with "*" where any characters may stand, got "a_b"`,
    ]);
  });
});

describe("filters and parsers of one's own", () => {
  const parsers = "[PARSER]\n  Name nginx\n  Format regex\n  Regex ^(?<path>.*)$\n";
  const filters = "[FILTER]\n    Name parser\n    Match kube.*\n    Key_Name log\n    Parser nginx\n";

  test("stand behind those that take a line apart and those that route it, so that each line comes to them once", () => {
    const options = { filters, parsers, outputs: { a: { cloudWatch: {}, namespaces: ["web"] } } };
    expect(problems(options)).toEqual([]);
    expect(warnings(options)).toEqual([]);
    const names = [...(data(options)["filters.conf"] ?? "").matchAll(/ {2}Name (.*)/g)].map(([, name]) => name);
    expect(names).toEqual(["parser", "kubernetes", "record_modifier", "rewrite_tag", "record_modifier", "parser"]);
    expect(data(options)["filters.conf"]).toContain("  Key_Name log\n  Parser nginx\n");
  });

  test("a parser that is not there is warned of", () => {
    expect(warnings({ filters })).toEqual([
      `the FILTER at line 1 of 'filters' uses the parser "nginx", which is not among the parsers; unless Fargate brings it along, lines stay as they are`,
    ]);
  });

  test("a parser of a name that is taken is refused", () => {
    expect(problems({ parsers: parsers.replace("nginx", "crio") })).toEqual([
      `parsers: the PARSER at line 1 of 'parsers' has the name "crio", and so has another; give it another name`,
    ]);
  });

  test.each([
    ["[FILTER]\n  Name grep\n", `the FILTER at line 1 of 'filters' must have a "Match", which Fargate requires of it`],
    ["[FILTER]\n  Match *\n", `the FILTER at line 1 of 'filters' must have a "Name", which Fargate requires of it`],
    [
      "[FILTER]\n  Name grep\n  Match a\n  match b\n",
      `the FILTER at line 1 of 'filters' must have one "Match", got 2; make a section of each`,
    ],
    [
      "[FILTER]\n  Name lua\n  Match *\n",
      `the FILTER at line 1 of 'filters' must have one of the names that Fargate takes ("grep", "kubernetes", "modify", "nest", "parser", "record_modifier", "rewrite_tag", "throttle"), got "lua"`,
    ],
    [
      "[FILTER]\n  Name kubernetes\n  Match *\n  kube_url https://a\n",
      `line 4 of 'filters' must not set "kube_url" of the kubernetes filter, which Fargate sets itself`,
    ],
  ])("%j is refused", (text, message) => {
    expect(problems({ filters: text })).toEqual([`filters: ${message}`]);
  });

  test("a parser needs a format", () => {
    expect(problems({ parsers: "[PARSER]\n  Name a\n" })).toEqual([
      `parsers: the PARSER at line 1 of 'parsers' must have a "Format", which Fargate requires of it`,
    ]);
  });
});

describe("a ConfigMap of one's own", () => {
  const output = (name: string, ...lines: string[]) =>
    ["[OUTPUT]", ...[`Name ${name}`, "Match kube.*", ...lines].map((line) => `    ${line}`), ""].join("\n");
  const given = (text: string) => problems({ configMap: { "output.conf": text } });
  const GROUP = ["region eu-west-1", "log_group_name /pods", "log_stream_prefix a-"];

  test("is taken as it stands, without its comments and with one indentation", () => {
    const text = `# mine\n${output("cloudwatch", ...GROUP)}`;
    expect(given(text)).toEqual([]);
    expect(data({ configMap: { "output.conf": text } })).toEqual({
      flb_log_cw: "false",
      "output.conf":
        "[OUTPUT]\n  Name cloudwatch\n  Match kube.*\n  region eu-west-1\n  log_group_name /pods\n  log_stream_prefix a-\n",
    });
  });

  test("stands alone", () => {
    const configMap = { "output.conf": output("cloudwatch", ...GROUP) };
    expect(problems({ configMap, filters: "x", outputs: {} })).toEqual([
      `configMap: 'configMap' excludes "filters", "outputs", which describe what it holds already; keep one or the other`,
    ]);
    expect(problems({ configMap, retentionInDays: 30, processLogs: true })).toEqual([]);
  });

  test.each<[string, string, string]>([
    ["no output", "# none\n", "'output.conf' must hold at least one OUTPUT, without which Fargate logs nothing"],
    [
      "a log group that Fargate would create",
      output("cloudwatch_logs", ...GROUP, "auto_create_group true"),
      "the OUTPUT at line 1 of 'output.conf' must not create its log group, which would neither be encrypted nor expire; set 'auto_create_group' to false, and the group is created here",
    ],
    [
      "log groups by a template",
      output("cloudwatch_logs", ...GROUP, "log_group_template a.$stream"),
      "the OUTPUT at line 1 of 'output.conf' must write to one log group by its name, because the group is created here, got a template; write an output for each group",
    ],
    [
      "a log group in another Region",
      output("cloudwatch_logs", "region us-east-1", ...GROUP.slice(1)),
      `the OUTPUT at line 1 of 'output.conf' must write to the cluster's Region "eu-west-1", where its log group is created, got "us-east-1"; give a 'role_arn' to write to a group of another account`,
    ],
    [
      "no log stream",
      output("cloudwatch_logs", ...GROUP.slice(0, 2)),
      `the OUTPUT at line 1 of 'output.conf' must have a "log_stream_prefix" or a "log_stream_name", without which it cannot start`,
    ],
    [
      "no log group",
      output("cloudwatch_logs", "region eu-west-1", "log_stream_prefix a-"),
      `the OUTPUT at line 1 of 'output.conf' must have a "log_group_name", without which it cannot start`,
    ],
    [
      "the plugin for Kinesis that Fargate does not take",
      output("kinesis_streams", "region eu-west-1", "stream a"),
      `the OUTPUT at line 1 of 'output.conf' must have one of the names that Fargate takes ("cloudwatch", "cloudwatch_logs", "es", "firehose", "kinesis", "kinesis_firehose"), got "kinesis_streams"; the plugin for Kinesis Data Streams that Fargate takes is "kinesis"`,
    ],
    ["S3", output("s3", "bucket a"), expect.stringContaining("by way of Amazon Data Firehose") as never],
    [
      "OpenSearch's plugin",
      output("opensearch", "host a"),
      expect.stringContaining('that Fargate takes is "es"') as never,
    ],
    [
      "a host of OpenSearch that does not tell the domain",
      output("es", "Host logs.example.com", "AWS_Auth On", "tls On"),
      "the OUTPUT at line 1 of 'output.conf' signs its requests, and its host does not hold the name of the OpenSearch domain, so that no permission can be given; use 'outputs' with an 'openSearch' that has a 'domain'",
    ],
  ])("with %s is refused", (_, text, message) => {
    expect(fargateLoggingProblems({ configMap: { "output.conf": text } }, CONTEXT)).toEqual([
      { at: ["configMap", "output.conf"], message },
    ]);
  });

  test("may have Fargate create a group of another account, by a role of it", () => {
    const role = "role_arn arn:aws:iam::444455556666:role/logs";
    const text = output("cloudwatch_logs", "region us-east-1", ...GROUP.slice(1), role, "auto_create_group true");
    expect(given(text)).toEqual([]);
  });

  test("with what no line reaches, lines that none takes, or no TLS is warned of", () => {
    const configMap = {
      "output.conf": output("es", "Host a.example.com").replace("kube.*", "app.*"),
      "filters.conf": "[FILTER]\n  Name rewrite_tag\n  Match kube.*\n  Rule $log . errors.$TAG false\n",
    };
    expect(problems({ configMap })).toEqual([]);
    expect(warnings({ configMap })).toEqual([
      `the OUTPUT at line 1 of 'output.conf' (Match app.*) gets no lines: tags of containers are like "kube.var.log.containers.<pod>_<namespace>_<container>-<id>.log", and no filter makes others that it takes`,
      `line 4 of 'filters.conf' gives lines the tag "errors.$TAG", which no output takes, so they are lost`,
      "the OUTPUT at line 1 of 'output.conf' sends lines without TLS, for everybody on the way to read; set 'tls' to On",
    ]);
  });
});

test("a retention that CloudWatch does not know is refused", () => {
  expect(problems({ retentionInDays: 2 })).toEqual([expect.stringContaining("got 2; the next longer one is 3")]);
});

describe("the size", () => {
  const filler = (characters: number) => {
    const fixed = "[FILTER]\n  Name grep\n  Match kube.*\n  Exclude log \n".length;
    return `[FILTER]\n  Name grep\n  Match kube.*\n  Exclude log ${"x".repeat(characters - fixed)}\n`;
  };
  const used = Object.entries(data({})).reduce((sum, [key, value]) => sum + key.length + value.length, 0);

  test("of 5,300 characters is the largest that Fargate takes, keys counted", () => {
    expect(problems({ filters: filler(5300 - used) })).toEqual([]);
    expect(problems({ filters: filler(5301 - used) })).toEqual([
      ": the ConfigMap of the log router must hold at most 5300 characters, its keys counted, got 5301; drop outputs, namespaces or filters",
    ]);
  });

  test("counts neither comments nor indentation", () => {
    expect(problems({ filters: `# ${"x".repeat(6000)}\n` })).toEqual([]);
  });
});

describe("any options", () => {
  const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const destination = fc.oneof<fc.Arbitrary<LogOutput>[]>(
    fc.record({ cloudWatch: fc.record({ logStreamPrefix: name }, { requiredKeys: [] }) }),
    fc.record({ firehose: fc.record({ deliveryStream: name }) }),
    fc.record({ kinesis: fc.record({ stream: name }) }),
    fc.record({
      openSearch: fc.record(
        { host: fc.constant(HOST), index: name, dailyIndex: fc.boolean() },
        { requiredKeys: ["host", "index"] },
      ),
    }),
  );
  const options = fc.record(
    {
      outputs: fc.dictionary(name, destination, { minKeys: 1, maxKeys: 5 }),
      metadata: fc.record({ labels: fc.boolean(), annotations: fc.boolean(), mergeJson: fc.boolean() }),
      excludeNamespaces: fc.uniqueArray(name, { maxLength: 4 }),
      processLogs: fc.boolean(),
    },
    { requiredKeys: ["outputs"] },
  );

  /** Each output but the first has a namespace of its own, so that none shares a line with another. */
  const apart = ({ outputs, ...rest }: FargateLoggingOptions): FargateLoggingOptions => ({
    ...rest,
    outputs: Object.fromEntries(
      Object.entries(outputs ?? {}).map(([key, output], index) => [
        key,
        index === 0 ? output : { ...output, namespaces: [`team-${key}`] },
      ]),
    ),
  });
  /** What is written, as a ConfigMap that somebody has. */
  const asGiven = (written: Readonly<Record<string, string>>) => {
    const { flb_log_cw: _, ...configMap } = written;
    return configMap as unknown as NonNullable<FargateLoggingOptions["configMap"]>;
  };

  test("make a configuration that passes every check as text, and is the same when it is written again", () => {
    fc.assert(
      fc.property(options.map(apart), (given) => {
        expect(problems(given)).toEqual([]);
        const configMap = asGiven(data(given));
        expect(problems({ configMap })).toEqual([]);
        expect(asGiven(data({ configMap }))).toEqual(configMap);
      }),
    );
  });

  test("are refused once a section that Fargate keeps for itself stands in the configuration, wherever", () => {
    const forbidden = fc.constantFrom("[INPUT]", "[SERVICE]", "[CUSTOM]", "[PLUGINS]");
    const key = fc.constantFrom("output.conf" as const, "filters.conf" as const, "parsers.conf" as const);
    fc.assert(
      fc.property(options.map(apart), forbidden, key, fc.nat(), (given, header, where, place) => {
        const configMap = asGiven(data(given));
        const lines = (configMap[where] ?? "").split("\n");
        const at = place % lines.length;
        const mutated = [...lines.slice(0, at), header, "  Name x", ...lines.slice(at)].join("\n");
        expect(problems({ configMap: { ...configMap, [where]: mutated } })).toEqual(
          expect.arrayContaining([expect.stringContaining(`line ${at + 1} of '${where}' must be`)]),
        );
      }),
    );
  });

  test("leave no trace of the order in which outputs and namespaces stand", () => {
    fc.assert(
      fc.property(options.map(apart), (given) => {
        const reversed = {
          ...given,
          outputs: Object.fromEntries(Object.entries(given.outputs ?? {}).reverse()),
          excludeNamespaces: [...(given.excludeNamespaces ?? [])].reverse(),
        };
        expect(data(reversed)).toEqual(data(given));
      }),
    );
  });
});
