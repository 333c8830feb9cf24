import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { EncryptionKey } from "../../../src/constructs/encryption/encryption-key";
import { ACCOUNT, PARTITIONS, resolved, resource, stackFor, statements, synth, synthIn } from "../../support/stack";

const minimal = { alias: "platform-eks", description: "Secrets" };

describe("EncryptionKey", () => {
  test("rotates every year and stays thirty days after its deletion", () => {
    const text = synthIn("eu-west-1", (stack) => new EncryptionKey(stack, "key", minimal));
    expect(text).toHaveResourceWithProperties(KmsKey, {
      description: "Secrets",
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(text).toHaveResourceWithProperties(KmsAlias, {
      name: "alias/platform-eks",
      target_key_id: "${aws_kms_key.key_key.key_id}",
    });
  });

  test("stays as many days as given", () => {
    const text = synthIn(
      "eu-west-1",
      (stack) => new EncryptionKey(stack, "key", { ...minimal, deletionWindowInDays: 7 }),
    );
    expect(text).toHaveResourceWithProperties(KmsKey, { deletion_window_in_days: 7 });
  });

  test("exposes its ARN", () => {
    const stack = stackFor();
    expect(resolved(stack, new EncryptionKey(stack, "key", minimal).arn)).toBe("${aws_kms_key.key_key.arn}");
  });

  test("leaves access to the account's IAM policies alone when nobody else is named", () => {
    const text = synthIn("eu-west-1", (stack) => new EncryptionKey(stack, "key", minimal));
    expect(statements(resource(text, KmsKey).policy)).toEqual([
      {
        Sid: "AccountPolicies",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
  });

  test.each(PARTITIONS)(
    "in $region CloudWatch Logs may use it for the named log groups only",
    ({ region, partition, dnsSuffix }) => {
      const text = synthIn(
        region,
        (stack) => new EncryptionKey(stack, "key", { ...minimal, logGroupNames: ["/aws/a", "/aws/b"] }),
      );
      const [account, logs, ...others] = statements(resource(text, KmsKey).policy);
      expect(account?.Principal).toEqual({ AWS: `arn:${partition}:iam::${ACCOUNT}:root` });
      expect(logs).toEqual({
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.${dnsSuffix}` },
        Action: expect.arrayContaining(["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*"]),
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": [
              `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:/aws/a`,
              `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:/aws/b`,
            ],
          },
        },
      });
      expect(others).toEqual([]);
    },
  );

  test("a role may use it, and grant its use to AWS services only", () => {
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/eks`;
    const stack = stackFor();
    new EncryptionKey(stack, "key", { ...minimal, grantableTo: [roleArn] });
    const [, use, grant, ...others] = statements(resource(synth(stack), KmsKey).policy);
    expect(use).toMatchObject({
      Principal: { AWS: roleArn },
      Action: expect.arrayContaining(["kms:Decrypt", "kms:Encrypt"]),
    });
    expect(use?.Action).not.toContain("kms:CreateGrant");
    expect(grant).toMatchObject({
      Principal: { AWS: roleArn },
      Action: "kms:CreateGrant",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
    expect(others).toEqual([]);
  });
});
