import { type Entry, isOn, type Section, valueIn } from "./fargate-logging-syntax";
import {
  ALL_TAGS,
  CONTAINER_TAGS,
  haveCommonTag,
  matchPattern,
  rewrittenPattern,
  type TagPattern,
} from "./fargate-logging-tags";
import { type Problem, quote } from "./problem";

/**
 * Where lines go. Fluent Bit gives a line to every output whose `Match` takes its tag, and `rewrite_tag` can keep a line
 * beside the copy that it makes: both deliver it twice.
 *
 * @see https://docs.fluentbit.io/manual/concepts/data-pipeline/router
 */

/** `$KEY REGEX NEW_TAG KEEP` */
const RULE = /^(\$\S+)\s+(\S+)\s+(\S+)\s+(true|false|on|off|yes|no)$/i;

interface Rewriting {
  readonly filter: Section;
  readonly where: string;
  /** Tags that the filter takes. */
  readonly from: TagPattern;
  readonly newTag: string;
  readonly keep: boolean;
}

function rulesOf(filter: Section): readonly Entry[] {
  return filter.entries.filter(({ key }) => key.toLowerCase() === "rule");
}

/** What is wrong with the rules of a `rewrite_tag` filter. */
export function rewriteRuleProblems(filter: Section): Problem[] {
  const rules = rulesOf(filter);
  const malformed = rules
    .filter(({ value }) => !RULE.test(value))
    .map(
      ({ value, where }) =>
        `${where} must be a rule of a key, a regular expression, a new tag and whether the line stays, like "$stream ^stderr$ errors.$TAG false", got ${quote(value)}`,
    );
  const circles = rewritings([filter])
    .filter(({ from, newTag }) => haveCommonTag(rewrittenPattern(newTag, "none"), from))
    .map(
      ({ where, newTag }) =>
        `${where} gives lines the tag ${quote(newTag)}, which its own filter takes again, without end; begin the tag with a word that 'Match' does not take, or narrow 'Match' to "kube.*"`,
    );
  const none = rules.length > 0 ? [] : [`${filter.called} must have a "Rule", without which it does nothing`];
  return [...none, ...malformed, ...circles].map((message) => ({ at: [...filter.at], message }));
}

function rewritings(filters: readonly Section[]): Rewriting[] {
  return filters
    .filter((filter) => valueIn(filter, "name")?.toLowerCase() === "rewrite_tag")
    .flatMap((filter) =>
      rulesOf(filter).flatMap(({ value, where }) => {
        const [, , , newTag, keep] = RULE.exec(value) ?? [];
        return newTag === undefined ? [] : [{ filter, where, from: taken(filter), newTag, keep: isOn(keep) }];
      }),
    );
}

/** Tags that a filter or an output takes. What a regular expression takes is not looked into. */
function taken(section: Section): TagPattern {
  return valueIn(section, "match_regex") === undefined ? matchPattern(valueIn(section, "match") ?? "") : ALL_TAGS;
}

/** Every tag that lines have: those of containers, and those that filters make of them. */
function tagsOf(filters: readonly Section[]): TagPattern[] {
  return [CONTAINER_TAGS, ...rewritings(filters).map(({ newTag }) => rewrittenPattern(newTag))];
}

/**
 * Lines that would be delivered twice.
 *
 * @param allowOverlap whether a line may go to two destinations; it never goes to the same one twice
 */
export function duplicateProblems(
  outputs: readonly Section[],
  filters: readonly Section[],
  allowOverlap: boolean,
): Problem[] {
  const tags = tagsOf(filters);
  const both = (a: Section, b: Section) => tags.some((tag) => haveCommonTag(tag, taken(a), taken(b)));
  const pairs = outputs.flatMap((output, index) =>
    outputs.slice(0, index).flatMap((other) => (both(other, output) ? [{ first: other, second: output }] : [])),
  );
  return [
    ...pairs.flatMap(({ first, second }) => sharedLinesProblem(first, second, allowOverlap)),
    ...rewritings(filters).flatMap((rewriting) => keptLinesProblem(rewriting, outputs, allowOverlap)),
  ];
}

function sharedLinesProblem(first: Section, second: Section, allowOverlap: boolean): Problem[] {
  const what = `${described(first)} and ${described(second)} both get some lines`;
  if (destination(first) === destination(second)) {
    return [
      {
        at: [...second.at],
        message: `${what}, and both write to ${destination(second)}, where those lines would stand twice; remove one, or let their 'Match' exclude each other`,
      },
    ];
  }
  return allowOverlap
    ? []
    : [
        {
          at: [...second.at],
          message: `${what}, which are then stored and paid for twice; let them take different lines ('namespaces' or 'match'), or set 'allowOverlap' when every line shall go to both`,
        },
      ];
}

/** A rule that keeps the line beside its copy. */
function keptLinesProblem(
  { filter, where, from, newTag, keep }: Rewriting,
  outputs: readonly Section[],
  allowOverlap: boolean,
) {
  if (!keep) {
    return [];
  }
  const originals = outputs.filter((output) => haveCommonTag(CONTAINER_TAGS, from, taken(output)));
  const copies = outputs.filter((output) => haveCommonTag(rewrittenPattern(newTag), taken(output)));
  const twice = copies.find((copy) => originals.some((original) => destination(original) === destination(copy)));
  const at = [...filter.at];
  if (twice !== undefined) {
    return [
      {
        at,
        message: `${where} keeps a line beside its copy, and ${destination(twice)} gets both; end the rule in "false", or send copies elsewhere`,
      },
    ];
  }
  return allowOverlap || originals.length === 0 || copies.length === 0
    ? []
    : [
        {
          at,
          message: `${where} keeps a line beside its copy, and outputs take both, so it is stored and paid for twice; end the rule in "false", or set 'allowOverlap' when that is meant`,
        },
      ];
}

function described(output: Section): string {
  return `${output.called} (Match ${valueIn(output, "match") ?? ""})`;
}

/** Where an output writes, so that two that write to the same place say the same. */
function destination(output: Section): string {
  const value = (key: string) => quote(valueIn(output, key) ?? "");
  switch (valueIn(output, "name")?.toLowerCase()) {
    case "es":
      return `index ${quote(valueIn(output, "logstash_prefix") ?? valueIn(output, "index") ?? "")} of ${value("host")}`;
    case "firehose":
    case "kinesis_firehose":
      return `delivery stream ${value("delivery_stream")}`;
    case "kinesis":
      return `stream ${value("stream")}`;
    default:
      return `log group ${value("log_group_name")}`;
  }
}

/** Outputs that no line reaches, and lines that no output takes, as far as that is certain. */
export function deadEndWarnings(outputs: readonly Section[], filters: readonly Section[]): string[] {
  const tags = tagsOf(filters);
  return [
    ...outputs
      .filter((output) => !tags.some((tag) => haveCommonTag(tag, taken(output))))
      .map(
        (output) =>
          `${described(output)} gets no lines: tags of containers are like "kube.var.log.containers.<pod>_<namespace>_<container>-<id>.log", and no filter makes others that it takes`,
      ),
    ...rewritings(filters)
      .filter(({ newTag }) => !outputs.some((output) => haveCommonTag(rewrittenPattern(newTag), taken(output))))
      .map(
        ({ where, newTag }) => `${where} gives lines the tag ${quote(newTag)}, which no output takes, so they are lost`,
      ),
  ];
}
