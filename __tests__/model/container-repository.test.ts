import fc from "fast-check";
import {
  imageOf,
  type RepositoryRules,
  repositoryNameProblem,
  repositoryProblems,
  tagMutabilityOf,
  tagOrDigestProblem,
} from "../../src/model/container-repository";

const messages = (rules: RepositoryRules) => repositoryProblems(rules).map(({ message }) => message);

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The pattern of RepositoryName in the API model of ECR. */
const ECR_PATTERN = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;

describe("a repository of ECR", () => {
  test("needs nothing said", () => {
    expect(repositoryProblems({})).toEqual([]);
    expect(tagMutabilityOf({})).toEqual({ mutability: "IMMUTABLE", except: [] });
  });

  test.each(["web", "shop/web", "a1", "shop/web.api/v2", "a__b", "a---b"])("may be called %s", (name) => {
    expect(repositoryNameProblem(name, {})).toBeUndefined();
  });

  test.each(["a", "Shop", "-web", "web-", "shop//web", "/web", "a___b", "a..b", "a b", "x".repeat(257)])(
    "may not be called %s",
    (name) => {
      expect(repositoryNameProblem(name, { encryption: "AES256" })).toContain(
        "the name of an ECR repository must be 2 to 256 characters",
      );
    },
  );

  test("is called as ECR's own pattern says", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9._/-]{2,40}$/), (name) => {
        expect(repositoryNameProblem(name, { encryption: "AES256" }) === undefined).toBe(ECR_PATTERN.test(name));
      }),
    );
  });

  test("has a name from which that of its key can be made, when it has a key of its own", () => {
    const long = "x".repeat(256);
    expect(repositoryNameProblem(long, {})).toContain("choose a shorter 'repositoryName', or give 'kmsKeyArn'");
    expect(repositoryNameProblem(long, { kmsKeyArn: KEY })).toBeUndefined();
  });

  test("lets no tag be moved but those that are named", () => {
    expect(tagMutabilityOf({ mutableTags: ["latest", "dev-*"] })).toEqual({
      mutability: "IMMUTABLE_WITH_EXCLUSION",
      except: ["dev-*", "latest"],
    });
    expect(tagMutabilityOf({ mutableTags: "all" })).toEqual({ mutability: "MUTABLE", except: [] });
  });

  test("refuses patterns of tags that ECR would not take", () => {
    const form = `'mutableTags' must hold patterns of 1 to 128 letters, digits, "_", ".", "-" and at most 2 "*", got`;
    expect(messages({ mutableTags: ["a*b*c*", "v/1"] })).toEqual([`${form} "a*b*c*"`, `${form} "v/1"`]);
    for (const mutableTags of [[], ["a", "b", "c", "d", "e", "f"], "latest" as "all"]) {
      expect(messages({ mutableTags })).toEqual([
        `'mutableTags' must be "all" or 1 to 5 patterns, got ${JSON.stringify(mutableTags)}; leave it out where no tag may be moved`,
      ]);
    }
  });

  test("refuses a key beside an encryption that has none, and what is no key", () => {
    expect(messages({ encryption: "AES256", kmsKeyArn: KEY })).toEqual([
      `'kmsKeyArn' is for 'encryption' "KMS", got "AES256"; remove one of the two`,
    ]);
    expect(messages({ kmsKeyArn: "alias/images" })).toEqual([
      expect.stringContaining("'kmsKeyArn' must be the ARN of a KMS key, not of an alias"),
    ]);
    expect(messages({ encryption: "none" as "KMS" })).toEqual([`'encryption' must be "KMS" or "AES256", got "none"`]);
  });

  test("refuses others to pull who are no accounts or organizations", () => {
    expect(repositoryProblems({ pullAccounts: ["111122223333", "1111"], pullOrganizations: ["shop"] })).toEqual([
      { at: ["pullAccounts", 1], message: `'pullAccounts' must hold AWS accounts of 12 digits, in quotes, got "1111"` },
      {
        at: ["pullOrganizations", 0],
        message: `'pullOrganizations' must hold ids of AWS organizations, like "o-a1b2c3d4e5", got "shop"`,
      },
    ]);
  });

  test("asks nothing of what Terraform alone knows", () => {
    const token = "later";
    const rules = { kmsKeyArn: token, pullAccounts: [token], pullOrganizations: [token] };
    expect(repositoryProblems(rules, (value) => value !== token)).toEqual([]);
  });
});

describe("an image of a repository", () => {
  const digest = `sha256:${"0".repeat(64)}`;

  test("is named by its tag or its digest", () => {
    expect(imageOf("host/web", "v1.4.2")).toBe("host/web:v1.4.2");
    expect(imageOf("host/web", digest)).toBe(`host/web@${digest}`);
  });

  test.each(["v1", "1.4.2_rc-1", "x".repeat(128), digest])("may have %s", (tag) => {
    expect(tagOrDigestProblem(tag)).toBeUndefined();
  });

  test.each(["", "-v1", ".1", "x".repeat(129), "a b", "sha256:00", "v1@x"])("may not have %p", (tag) => {
    expect(tagOrDigestProblem(tag)).toBe(
      `the image of a repository needs a tag of 1 to 128 letters, digits, "_", "." and "-", or a digest "sha256:" with 64 hexadecimal digits, got ${JSON.stringify(tag)}`,
    );
  });
});
