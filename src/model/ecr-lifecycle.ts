import { type Problem, problemAt, quote, under } from "./problem";

/**
 * Which images of a repository ECR deletes, and when. Exactly one of `images`, `tagPrefixes` and `tagPatterns` says which
 * it is about, and exactly one of `keep` and `expireAfterDays` what happens to them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export interface LifecycleRule {
  /** Images without a tag, or all that no rule before is about. @default - none: tags are given in its place */
  readonly images?: "untagged" | "any";
  /** Beginnings of tags, all of which an image must have. @default - none: `images` or `tagPatterns` is given in its place */
  readonly tagPrefixes?: readonly string[];
  /** Tags in which `*` stands for anything, all of which an image must have. @default - none: `images` or `tagPrefixes` is given in its place */
  readonly tagPatterns?: readonly string[];
  /** How many of the newest are kept. @default - none: `expireAfterDays` is given in its place */
  readonly keep?: number;
  /** Days after their push until they are deleted. @default - none: `keep` is given in its place */
  readonly expireAfterDays?: number;
}

/** What nobody can pull by its tag goes after two weeks, and the newest 1,000 images stay. */
export const DEFAULT_LIFECYCLE: readonly LifecycleRule[] = [
  { images: "untagged", expireAfterDays: 14 },
  { images: "any", keep: 1000 },
];

/** Sources: ECR User Guide, "Lifecycle policy properties"; API model of ECR, LifecyclePolicyText, 2026-11-17. */
const MAX_POLICY_CHARACTERS = 30_720;
const MAX_WILDCARDS = 4;
const TAG = { max: 128, prefix: /^\w[\w.-]*$/, pattern: /^[\w.*-]+$/ } as const;

/** The policy as ECR takes it: rules in the order in which they are given, which is that of their priorities. */
export function lifecyclePolicyJson(rules: readonly LifecycleRule[]): string {
  return JSON.stringify({
    rules: rules.map((rule, index) => ({
      rulePriority: index + 1,
      description: describe(rule),
      selection: {
        tagStatus: rule.images ?? "tagged",
        ...(rule.tagPrefixes === undefined ? {} : { tagPrefixList: [...rule.tagPrefixes].sort() }),
        ...(rule.tagPatterns === undefined ? {} : { tagPatternList: [...rule.tagPatterns].sort() }),
        ...(rule.keep === undefined
          ? { countType: "sinceImagePushed", countUnit: "days", countNumber: rule.expireAfterDays }
          : { countType: "imageCountMoreThan", countNumber: rule.keep }),
      },
      action: { type: "expire" },
    })),
  });
}

function describe({ images, tagPrefixes, tagPatterns, keep, expireAfterDays }: LifecycleRule): string {
  const tags = tagPatterns ?? tagPrefixes?.map((prefix) => `${prefix}*`) ?? [];
  const what =
    images === "any"
      ? "images"
      : images === "untagged"
        ? "untagged images"
        : `images tagged ${[...tags].sort().join(" and ")}`;
  return keep === undefined ? `delete ${what} after ${expireAfterDays} days` : `keep the newest ${keep} ${what}`;
}

/** What is wrong with the rules, seen from them. */
export function lifecycleProblems(rules: readonly LifecycleRule[]): Problem[] {
  if (rules.length === 0) {
    return [
      { at: [], message: "'lifecycle' must hold at least one rule, got none; say false to keep every image for good" },
    ];
  }
  const problems = rules.flatMap((rule, index) =>
    under([index], [...ruleProblems(rule, index + 1), ...neighbourProblems(rules, rule, index)]),
  );
  const { length } = lifecyclePolicyJson(rules);
  return problems.length > 0 || length <= MAX_POLICY_CHARACTERS
    ? problems
    : [
        {
          at: [],
          message: `'lifecycle' must make a policy of at most ${MAX_POLICY_CHARACTERS} characters, got ${length}; leave rules out`,
        },
      ];
}

function ruleProblems(rule: LifecycleRule, number: number): Problem[] {
  const called = `rule ${number} of 'lifecycle'`;
  return [
    ...oneOf(rule, ["images", "tagPrefixes", "tagPatterns"], called),
    ...oneOf(rule, ["keep", "expireAfterDays"], called),
    ...problemAt(
      ["images"],
      rule.images === undefined || rule.images === "untagged" || rule.images === "any"
        ? undefined
        : `'images' of ${called} must be "untagged" or "any", got ${quote(rule.images)}`,
    ),
    ...(["keep", "expireAfterDays"] as const).flatMap((property) =>
      problemAt([property], countProblem(`'${property}' of ${called}`, rule[property])),
    ),
    ...(["tagPrefixes", "tagPatterns"] as const).flatMap((property) =>
      under(property, tagProblems(property, rule[property], called)),
    ),
  ];
}

function oneOf(rule: LifecycleRule, properties: readonly (keyof LifecycleRule)[], called: string): Problem[] {
  const given = properties.filter((property) => rule[property] !== undefined);
  const all = properties.map((property) => `'${property}'`).join(", ");
  return given.length === 1
    ? []
    : [
        {
          at: [],
          message: `${called} must have exactly one of ${all}, got ${given.length === 0 ? "none" : quote(given)}`,
        },
      ];
}

function countProblem(called: string, count: number | undefined): string | undefined {
  return count === undefined || (Number.isInteger(count) && count >= 1)
    ? undefined
    : `${called} must be a whole number of at least 1, got ${quote(count)}`;
}

function tagProblems(
  property: "tagPrefixes" | "tagPatterns",
  tags: readonly string[] | undefined,
  called: string,
): Problem[] {
  if (tags?.length === 0) {
    return [{ at: [], message: `'${property}' of ${called} must hold at least one tag, got none` }];
  }
  return (tags ?? []).flatMap((tag, index) =>
    problemAt([index], property === "tagPrefixes" ? prefixProblem(tag, called) : patternProblem(tag, called)),
  );
}

function prefixProblem(tag: string, called: string): string | undefined {
  if (tag.includes("*")) {
    return `'tagPrefixes' of ${called} must hold beginnings of tags, in which "*" has no meaning, got ${quote(tag)}; use 'tagPatterns'`;
  }
  return tag.length <= TAG.max && TAG.prefix.test(tag)
    ? undefined
    : `'tagPrefixes' of ${called} must hold 1 to ${TAG.max} letters, digits, "_", "." and "-", got ${quote(tag)}`;
}

function patternProblem(tag: string, called: string): string | undefined {
  const wildcards = tag.split("*").length - 1;
  return wildcards > MAX_WILDCARDS
    ? `'tagPatterns' of ${called} must hold patterns with at most ${MAX_WILDCARDS} "*", got ${quote(tag)}`
    : tag.length <= TAG.max && TAG.pattern.test(tag)
      ? undefined
      : `'tagPatterns' of ${called} must hold 1 to ${TAG.max} letters, digits, "_", ".", "-" and "*", got ${quote(tag)}`;
}

/** What rules must not have in common, and where `any` stands. */
function neighbourProblems(rules: readonly LifecycleRule[], rule: LifecycleRule, index: number): Problem[] {
  const number = index + 1;
  if (rule.images === "any" && number < rules.length) {
    return [
      {
        at: ["images"],
        message: `rule ${number} of 'lifecycle' is about any image, and must be the last of ${rules.length}, because no rule behind it would be asked; move it to the end`,
      },
    ];
  }
  const selection = selectionOf(rule);
  const twin = rules.findIndex((other) => selectionOf(other) === selection);
  return twin < index
    ? [
        {
          at: [],
          message: `rules ${twin + 1} and ${number} of 'lifecycle' are about the same images (${selection}), and ECR takes one rule for them; keep one`,
        },
      ]
    : [];
}

function selectionOf({ images, tagPrefixes, tagPatterns }: LifecycleRule): string {
  return images ?? quote([...(tagPatterns ?? tagPrefixes?.map((prefix) => `${prefix}*`) ?? [])].sort());
}

/** What to know about the rules. */
export function lifecycleWarnings(rules: readonly LifecycleRule[]): string[] {
  return rules.flatMap(({ images, expireAfterDays }, index) =>
    images === "any" && expireAfterDays !== undefined
      ? [
          `rule ${index + 1} of 'lifecycle' deletes every image ${expireAfterDays} days after its push, also one that still runs and could then not be started again; say how many to 'keep' instead`,
        ]
      : [],
  );
}
