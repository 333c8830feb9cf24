/** What the command line takes, as data: the parser, the checks and `--help` read the same table. */

export const COMMANDS = {
  fit: "which profile takes each workload's pods, their size, their cost, and what stops them",
  cost: "the same workloads on EKS Fargate, ECS Fargate and nodes, with the break-even",
  decide: "a decision record: Fargate, nodes or both, with the figures and what speaks against",
  report: "one HTML page of all that, to look at or to hand around",
  "prices refresh": "AWS's public price list of a Region, written to a file",
} as const;

export type Command = keyof typeof COMMANDS;

/** Commands that read manifests. */
const READING = ["fit", "cost", "decide", "report"] as const satisfies readonly Command[];

export interface Option {
  /** What stands for the value in `--help`; an option without is a switch. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly repeated?: boolean;
  readonly commands: readonly Command[];
  readonly group: Group;
  readonly help: string;
}

export const GROUPS = {
  profiles: "Which Fargate profiles (one of these; else the app's settings file)",
  manifests: "How manifests are read",
  capacity: "What Fargate is compared with",
  prices: "Prices",
  output: "Output",
} as const;

type Group = keyof typeof GROUPS;

export const OPTIONS = {
  settings: {
    value: "FILE",
    commands: READING,
    group: "profiles",
    help: "settings file of the app",
  },
  stacks: {
    value: "FOLDER",
    commands: READING,
    group: "profiles",
    help: "synthesized stacks, such as cdktf.out/stacks",
  },
  profiles: {
    value: "FILE",
    commands: READING,
    group: "profiles",
    help: "profiles in YAML or JSON: those of a settings file, of eksctl, or of aws eks describe-fargate-profile",
  },
  selector: {
    value: "NAMESPACE",
    repeated: true,
    commands: READING,
    group: "profiles",
    help: 'a selector of one profile: "web", "*", or with labels "web:app=api,tier=front"; may be repeated',
  },
  nodes: {
    commands: READING,
    group: "profiles",
    help: "the cluster has nodes too: pods that no profile takes run there (default: whether the settings or stacks have Linux node groups)",
  },
  namespace: {
    value: "NAME",
    commands: READING,
    group: "manifests",
    help: "namespace of objects that name none (default: default)",
  },
  "run-time": {
    value: "DURATION",
    commands: READING,
    group: "manifests",
    help: "how long a run of a Job or CronJob takes that does not say, like 90s or 10m (default: 5m)",
  },
  "instance-types": {
    value: "TYPES",
    commands: READING,
    group: "capacity",
    help: "EC2 instance types of the nodes, like m6i.large,m7g.large (default: those of the node groups, else three general ones, whose price is known; fit: only the former, else no advice on them)",
  },
  zones: {
    value: "NUMBER",
    commands: READING,
    group: "capacity",
    help: "Availability Zones over which nodes and replicas are spread (default: the settings', else 2)",
  },
  "nat-gateways": {
    value: "NUMBER",
    commands: READING,
    group: "capacity",
    help: "NAT gateways (default: the settings', else 1)",
  },
  "interface-endpoints": {
    value: "NUMBER",
    commands: READING,
    group: "capacity",
    help: "interface endpoints, each in every zone (default: the settings', else 0)",
  },
  "load-balancers": {
    value: "NUMBER",
    commands: READING,
    group: "capacity",
    help: "load balancers (default: those that the manifests' Ingresses and Services make)",
  },
  "accept-premium": {
    value: "PERCENT",
    commands: ["decide", "report"],
    group: "capacity",
    help: "how much more Fargate may cost before nodes are chosen (default: 20)",
  },
  region: {
    value: "REGION",
    commands: [...READING, "prices refresh"],
    group: "prices",
    help: "AWS Region (default: that of the settings or the stacks)",
  },
  prices: {
    value: "FILE",
    commands: READING,
    group: "prices",
    help: "table of prices refresh (default: prices/REGION.json if it is there, else the built-in one)",
  },
  "savings-plan": {
    value: "PERCENT",
    commands: READING,
    group: "prices",
    help: "discount of a Compute Savings Plan: 20 for both, or fargate=20,ec2=30 (default: the settings', else 0)",
  },
  "price-list": {
    value: "URL",
    commands: ["prices refresh"],
    group: "prices",
    help: "a copy of AWS's price list (default: AWS's own)",
  },
  format: {
    value: "FORMAT",
    commands: ["fit", "cost", "decide"],
    group: "output",
    help: "fit: table, json, markdown, sarif; cost: table, json, markdown; decide: markdown, json",
  },
  "fail-on": {
    value: "SEVERITY",
    commands: READING,
    group: "output",
    help: "exit with 1 on findings of error, warning or advice, or worse; or never (default: error for fit, else never)",
  },
  output: {
    value: "FILE",
    commands: [...READING, "prices refresh"],
    group: "output",
    help: "file to write (default: standard output; report: fargate-report.html; prices refresh: prices/REGION.json)",
  },
  title: {
    value: "TEXT",
    commands: ["decide"],
    group: "output",
    help: "title of the decision record",
  },
  date: {
    value: "YYYY-MM-DD",
    commands: ["decide"],
    group: "output",
    help: "date of the decision record (default: today)",
  },
  help: {
    commands: [...READING, "prices refresh"],
    group: "output",
    help: "this text",
  },
  version: {
    commands: [...READING, "prices refresh"],
    group: "output",
    help: "name and version of this program",
  },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof OPTIONS;

/** The same, seen as a table that any name may be looked up in. */
export const OPTION_TABLE: Readonly<Record<string, Option>> = OPTIONS;
