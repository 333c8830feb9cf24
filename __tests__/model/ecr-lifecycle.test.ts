import fc from "fast-check";
import {
  DEFAULT_LIFECYCLE,
  type LifecycleRule,
  lifecyclePolicyJson,
  lifecycleProblems,
  lifecycleWarnings,
} from "../../src/model/ecr-lifecycle";

const messages = (rules: readonly LifecycleRule[]) => lifecycleProblems(rules).map(({ message }) => message);

interface Policy {
  readonly rules: readonly { readonly rulePriority: number; readonly selection: Record<string, unknown> }[];
}

const policy = (rules: readonly LifecycleRule[]) => JSON.parse(lifecyclePolicyJson(rules)) as Policy;

describe("the lifecycle of images", () => {
  test("deletes untagged images after two weeks and keeps the newest thousand when nothing is said", () => {
    expect(policy(DEFAULT_LIFECYCLE)).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: "delete untagged images after 14 days",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "keep the newest 1000 images",
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1000 },
          action: { type: "expire" },
        },
      ],
    });
    expect(lifecycleProblems(DEFAULT_LIFECYCLE)).toEqual([]);
    expect(lifecycleWarnings(DEFAULT_LIFECYCLE)).toEqual([]);
  });

  test("names tags by prefixes or by patterns, in an order of their own", () => {
    const { rules } = policy([
      { tagPrefixes: ["v", "release-"], keep: 5 },
      { tagPatterns: ["pr-*", "*-arm64"], expireAfterDays: 3 },
    ]);
    expect(rules).toMatchObject([
      {
        description: "keep the newest 5 images tagged release-* and v*",
        selection: { tagStatus: "tagged", tagPrefixList: ["release-", "v"] },
      },
      {
        description: "delete images tagged *-arm64 and pr-* after 3 days",
        selection: { tagStatus: "tagged", tagPatternList: ["*-arm64", "pr-*"] },
      },
    ]);
  });

  test("has priorities of its own for every rule, in the order of the rules, with the rule for any image last", () => {
    const prefixes = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(prefixes, fc.integer({ min: 1, max: 5000 }), (tags, keep) => {
        const rules: LifecycleRule[] = [...tags.map((tag) => ({ tagPrefixes: [tag], keep })), { images: "any", keep }];
        expect(lifecycleProblems(rules)).toEqual([]);
        expect(policy(rules).rules.map(({ rulePriority }) => rulePriority)).toEqual(rules.map((_, index) => index + 1));
        expect(policy(rules).rules.at(-1)?.selection.tagStatus).toBe("any");
      }),
    );
  });

  test("must have a rule", () => {
    expect(messages([])).toEqual([
      "'lifecycle' must hold at least one rule, got none; say false to keep every image for good",
    ]);
  });

  test("has one thing to go by and one thing to do in each rule", () => {
    expect(messages([{ keep: 1 }, { images: "untagged", tagPrefixes: ["v"], keep: 1 }])).toEqual([
      "rule 1 of 'lifecycle' must have exactly one of 'images', 'tagPrefixes', 'tagPatterns', got none",
      `rule 2 of 'lifecycle' must have exactly one of 'images', 'tagPrefixes', 'tagPatterns', got ["images","tagPrefixes"]`,
    ]);
    expect(messages([{ images: "untagged" }, { images: "any", keep: 1, expireAfterDays: 1 }])).toEqual([
      "rule 1 of 'lifecycle' must have exactly one of 'keep', 'expireAfterDays', got none",
      `rule 2 of 'lifecycle' must have exactly one of 'keep', 'expireAfterDays', got ["keep","expireAfterDays"]`,
    ]);
    expect(messages([{ images: "tagged" as "any", keep: 1 }])).toEqual([
      `'images' of rule 1 of 'lifecycle' must be "untagged" or "any", got "tagged"`,
    ]);
  });

  test.each([0, -1, 1.5, Number.NaN])("counts whole numbers from 1, not %p", (count) => {
    expect(lifecycleProblems([{ images: "any", keep: count }])).toEqual([
      {
        at: [0, "keep"],
        message: `'keep' of rule 1 of 'lifecycle' must be a whole number of at least 1, got ${count}`,
      },
    ]);
    expect(lifecycleProblems([{ images: "untagged", expireAfterDays: count }])).toMatchObject([
      { at: [0, "expireAfterDays"] },
    ]);
  });

  test("names tags that there can be", () => {
    const rules = (tagPatterns: string[]): LifecycleRule[] => [{ tagPatterns, keep: 1 }];
    expect(lifecycleProblems(rules(["*a*b*c*"]))).toEqual([]);
    expect(lifecycleProblems(rules(["ok", "*a*b*c*d*"]))).toEqual([
      {
        at: [0, "tagPatterns", 1],
        message: `'tagPatterns' of rule 1 of 'lifecycle' must hold patterns with at most 4 "*", got "*a*b*c*d*"`,
      },
    ]);
    expect(messages(rules(["v 1"]))).toEqual([
      `'tagPatterns' of rule 1 of 'lifecycle' must hold 1 to 128 letters, digits, "_", ".", "-" and "*", got "v 1"`,
    ]);
    expect(messages(rules([]))).toEqual([
      "'tagPatterns' of rule 1 of 'lifecycle' must hold at least one tag, got none",
    ]);
    expect(messages([{ tagPrefixes: ["v*"], keep: 1 }])).toEqual([
      `'tagPrefixes' of rule 1 of 'lifecycle' must hold beginnings of tags, in which "*" has no meaning, got "v*"; use 'tagPatterns'`,
    ]);
    expect(messages([{ tagPrefixes: ["-v"], keep: 1 }])).toEqual([
      `'tagPrefixes' of rule 1 of 'lifecycle' must hold 1 to 128 letters, digits, "_", "." and "-", got "-v"`,
    ]);
  });

  test("has the rule for any image last", () => {
    expect(
      lifecycleProblems([
        { images: "any", keep: 9 },
        { images: "untagged", keep: 1 },
      ]),
    ).toEqual([
      {
        at: [0, "images"],
        message:
          "rule 1 of 'lifecycle' is about any image, and must be the last of 2, because no rule behind it would be asked; move it to the end",
      },
    ]);
  });

  test("has one rule for the same images, whatever the order of their tags", () => {
    expect(
      messages([
        { images: "untagged", keep: 1 },
        { tagPrefixes: ["a", "b"], keep: 1 },
        { tagPatterns: ["b*", "a*"], keep: 2 },
        { images: "untagged", expireAfterDays: 1 },
      ]),
    ).toEqual([
      `rules 2 and 3 of 'lifecycle' are about the same images (["a*","b*"]), and ECR takes one rule for them; keep one`,
      "rules 1 and 4 of 'lifecycle' are about the same images (untagged), and ECR takes one rule for them; keep one",
    ]);
  });

  test("is no longer than ECR takes", () => {
    const rules = Array.from({ length: 150 }, (_, index) => ({ tagPrefixes: [`team-${index}-`], keep: 1 }));
    expect(messages(rules)).toEqual([
      expect.stringMatching(/^'lifecycle' must make a policy of at most 30720 characters, got \d{5}; leave rules out$/),
    ]);
  });

  test("warns where an image that runs is deleted", () => {
    expect(lifecycleWarnings([{ images: "any", expireAfterDays: 90 }])).toEqual([
      "rule 1 of 'lifecycle' deletes every image 90 days after its push, also one that still runs and could then not be started again; say how many to 'keep' instead",
    ]);
  });
});
