import type { Discounts } from "../cost/cost";
import type { NamedFargateProfile } from "../model/fargate-profile";
import { type FargateSelector, selectorProblems } from "../model/fargate-selector";
import { DEFAULT_FARGATE_LIMITS } from "../model/limits";
import { quote } from "../model/problem";
import type { Arguments } from "./arguments";
import { UsageError } from "./errors";
import type { OptionName } from "./options";
import { readProfileFile } from "./profile-file";
import { readStacks } from "./stacks";
import { textOf } from "./values";

/** What is known of the cluster that the workloads are for. */
export interface Cluster {
  readonly profiles: readonly NamedFargateProfile[];
  /** Where the profiles are from, as outputs show it. */
  readonly from: string;
  readonly region?: string;
  /** Whether it has Linux nodes, as far as it says. */
  readonly nodes?: boolean;
  /** Instance types of its Linux nodes. */
  readonly instanceTypes?: readonly string[];
  /** Of the settings, where they are used. */
  readonly platform: Partial<Platform>;
  readonly discounts?: Partial<Discounts>;
}

/** What comes with a cluster and costs money. */
export interface Platform {
  readonly zones: number;
  readonly natGateways: number;
  /** Interface endpoints, each of which is billed in every zone. */
  readonly interfaceEndpoints: number;
  readonly extendedSupport: boolean;
}

const SOURCES = ["settings", "stacks", "profiles", "selector"] as const satisfies readonly OptionName[];

/**
 * The cluster that the options name; without any, that of the app's settings file.
 *
 * @throws UsageError, SettingsError
 */
export function findCluster(args: Arguments): Cluster {
  const given = SOURCES.filter((name) => args.values[name] !== undefined);
  if (given.length > 1) {
    throw new UsageError(
      `${given.map((name) => `--${name}`).join(" and ")} each name the Fargate profiles; give one of them`,
    );
  }
  const value = textOf(args, given[0] ?? "settings");
  switch (given[0]) {
    case "settings":
      return ofSettings().clusterOfSettings(value ?? "");
    case "stacks":
      return { ...readStacks(value ?? ""), from: value ?? "", platform: {} };
    case "profiles":
      return { profiles: readProfileFile(value ?? ""), from: value ?? "", platform: {} };
    case "selector":
      return { profiles: [ofSelectors(args.values.selector ?? [])], from: "--selector", platform: {} };
    default:
      return ofSettings().clusterOfApp();
  }
}

/** Loaded when it is asked for: settings bring a schema and many rules along. */
function ofSettings() {
  return require("./settings-cluster") as typeof import("./settings-cluster");
}

function ofSelectors(texts: readonly string[]): NamedFargateProfile {
  return { key: "selector", name: "selector", hashed: false, selectors: texts.map(parseSelector) };
}

/** `NAMESPACE` or `NAMESPACE:KEY=VALUE,KEY=VALUE`. */
function parseSelector(text: string): FargateSelector {
  const [namespace = "", labels] = text.split(/:(.*)/s);
  const pairs = labels === undefined ? [] : labels.split(",").map((pair) => pair.split(/=(.*)/s));
  if (namespace === "" || pairs.some(([key = "", value]) => key === "" || value === undefined || value === "")) {
    throw new UsageError(`--selector must be NAMESPACE or NAMESPACE:KEY=VALUE,KEY=VALUE, got ${quote(text)}`);
  }
  const selector = {
    namespace,
    ...(pairs.length === 0 ? {} : { labels: Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, value])) }),
  };
  const [problem] = selectorProblems(selector, DEFAULT_FARGATE_LIMITS);
  if (problem !== undefined) {
    throw new UsageError(`--selector ${quote(text)}: ${problem.message}`);
  }
  return selector;
}
