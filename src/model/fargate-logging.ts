import { type LoggingConfig, loggingConfig } from "./fargate-logging-config";
import { unknownDomainProblems } from "./fargate-logging-destinations";
import { loggingOptionProblems } from "./fargate-logging-option-rules";
import type { FargateLoggingOptions, IsKnown, LoggingContext } from "./fargate-logging-options";
import { deadEndWarnings, duplicateProblems } from "./fargate-logging-routes";
import { parserSetProblems, pluginOf, sectionProblems, sizeProblem } from "./fargate-logging-rules";
import { CONF_KEYS, isOn, renderConf, valueIn } from "./fargate-logging-syntax";
import { type Problem, quote } from "./problem";

/**
 * The built-in log router of EKS on Fargate: one configuration for all pods, in the ConfigMap `aws-logging`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 */

/** Where the log router looks for its configuration. */
export const LOGGING_NAMESPACE = "aws-observability";
export const LOGGING_CONFIG_MAP = "aws-logging";

/** Data of the ConfigMap. */
export type LoggingData = Readonly<Record<string, string>>;

/** What is wrong with the options: with themselves, and with the configuration that they make. */
export function fargateLoggingProblems(
  options: FargateLoggingOptions,
  context: LoggingContext,
  known: IsKnown = () => true,
): Problem[] {
  const problems = loggingOptionProblems(options, context, known);
  if (problems.length > 0) {
    return problems;
  }
  const config = loggingConfig(options, context);
  return config.problems.length > 0 ? [...config.problems] : configProblems(config, options, context);
}

function configProblems(config: LoggingConfig, options: FargateLoggingOptions, context: LoggingContext): Problem[] {
  const { outputs, filters, parsers } = config;
  const sections = [...outputs, ...filters, ...parsers].flatMap((section) => sectionProblems(section, context));
  if (sections.length > 0) {
    return sections;
  }
  const size = sizeProblem(renderData(config, options));
  return [
    ...(outputs.length > 0
      ? []
      : [
          {
            at: ["configMap", CONF_KEYS.OUTPUT],
            message: `'${CONF_KEYS.OUTPUT}' must hold at least one OUTPUT, without which Fargate logs nothing`,
          },
        ]),
    ...parserSetProblems(parsers),
    ...(options.configMap === undefined ? [] : unknownDomainProblems(outputs)),
    ...duplicateProblems(outputs, filters, options.allowOverlap ?? false),
    ...(size === undefined ? [] : [{ at: [], message: size }]),
  ];
}

/** What may be wrong with the configuration, without being certain. */
export function fargateLoggingWarnings(options: FargateLoggingOptions, context: LoggingContext): string[] {
  const { outputs, filters, parsers } = loggingConfig(options, context);
  const parserNames = parsers.map((parser) => valueIn(parser, "name"));
  return [
    ...deadEndWarnings(outputs, filters),
    ...filters.flatMap((filter) => {
      const parser = valueIn(filter, "parser");
      return pluginOf(filter) !== "parser" || parser === undefined || parserNames.includes(parser)
        ? []
        : [
            `${filter.called} uses the parser ${quote(parser)}, which is not among the parsers; unless Fargate brings it along, lines stay as they are`,
          ];
    }),
    ...outputs
      .filter((output) => pluginOf(output) === "es" && !isOn(valueIn(output, "tls")))
      .map(({ called }) => `${called} sends lines without TLS, for everybody on the way to read; set 'tls' to On`),
  ];
}

/** Data of the ConfigMap that the options describe. */
export function fargateLoggingData(options: FargateLoggingOptions, context: LoggingContext): LoggingData {
  return renderData(loggingConfig(options, context), options);
}

function renderData({ outputs, filters, parsers }: LoggingConfig, { processLogs = false }: FargateLoggingOptions) {
  return {
    flb_log_cw: String(processLogs),
    [CONF_KEYS.OUTPUT]: renderConf(outputs),
    ...(filters.length === 0 ? {} : { [CONF_KEYS.FILTER]: renderConf(filters) }),
    ...(parsers.length === 0 ? {} : { [CONF_KEYS.PARSER]: renderConf(parsers) }),
  };
}
