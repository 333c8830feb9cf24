import { type Problem, quote } from "./problem";

/** The ARN of a KMS key itself: in IAM policies, permissions to use a key cannot name an alias. */
const KEY_ARN = /^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** Why it is not the ARN of a KMS key, or `undefined`. */
export function kmsKeyArnProblem(property: string, arn: string): string | undefined {
  return KEY_ARN.test(arn)
    ? undefined
    : `'${property}' must be the ARN of a KMS key, not of an alias, like "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", got ${quote(arn)}`;
}

/** What is wrong with the KMS keys of a policy. */
export function kmsKeyProblems(kmsKeyArns: readonly string[]): Problem[] {
  return kmsKeyArns.flatMap((arn, index) =>
    KEY_ARN.test(arn)
      ? []
      : [
          {
            at: ["kmsKeyArns", index],
            message: `'kmsKeyArns' must hold ARNs of KMS keys, not of aliases, like "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", got ${quote(arn)}`,
          },
        ],
  );
}
