import { kmsKeyProblems } from "../../src/model/kms-key";

test.each([
  "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  "arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
])("%s is a KMS key", (arn) => {
  expect(kmsKeyProblems([arn])).toEqual([]);
});

test.each(["alias/mine", "arn:aws:kms:eu-west-1:111122223333:alias/mine", "1234abcd-12ab-34cd-56ef-1234567890ab", "*"])(
  "%s is none that a policy can name",
  (arn) => {
    expect(kmsKeyProblems(["arn:aws:kms:eu-west-1:111122223333:key/a", arn])).toEqual([
      {
        at: ["kmsKeyArns", 1],
        message: `'kmsKeyArns' must hold ARNs of KMS keys, not of aliases, like "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", got "${arn}"`,
      },
    ]);
  },
);
