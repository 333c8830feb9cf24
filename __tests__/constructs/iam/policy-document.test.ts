import { policyJson, trustService } from "../../../src/constructs/iam/policy-document";

const parse = (text: string): unknown => JSON.parse(text);

describe("policyJson", () => {
  test("renders the 2012-10-17 language, with Allow for a statement that states no effect", () => {
    expect(parse(policyJson([{ actions: ["s3:GetObject"], resources: ["*"] }]))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
  });

  test("renders every element that a statement has", () => {
    const text = policyJson([
      {
        sid: "NoDeletion",
        effect: "Deny",
        actions: ["s3:DeleteBucket", "s3:DeleteObject"],
        resources: ["arn:aws:s3:::a", "arn:aws:s3:::a/*"],
        principal: { aws: "arn:aws:iam::111122223333:root" },
        conditions: { StringEquals: { "aws:PrincipalTag/team": ["blue", "red"] } },
      },
    ]);
    expect(parse(text)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "NoDeletion",
          Effect: "Deny",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: ["s3:DeleteBucket", "s3:DeleteObject"],
          Resource: ["arn:aws:s3:::a", "arn:aws:s3:::a/*"],
          Condition: { StringEquals: { "aws:PrincipalTag/team": ["blue", "red"] } },
        },
      ],
    });
  });

  test.each([
    [{ service: "eks.amazonaws.com" }, { Service: "eks.amazonaws.com" }],
    [{ aws: "arn:aws:iam::111122223333:root" }, { AWS: "arn:aws:iam::111122223333:root" }],
    [
      { federated: "arn:aws:iam::111122223333:oidc-provider/x" },
      { Federated: "arn:aws:iam::111122223333:oidc-provider/x" },
    ],
  ])("renders the principal %j under its own kind", (principal, Principal) => {
    expect(parse(policyJson([{ actions: ["sts:AssumeRole"], principal }]))).toMatchObject({
      Statement: [{ Principal }],
    });
  });

  test("is the same text in whatever order actions, resources and conditions are given", () => {
    const one = policyJson([
      {
        actions: ["s3:GetObject", "s3:PutObject"],
        resources: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
        conditions: { Bool: { b: "true", a: "true" }, StringEquals: { tag: ["x", "y"] } },
      },
    ]);
    const other = policyJson([
      {
        conditions: { StringEquals: { tag: ["y", "x"] }, Bool: { a: "true", b: "true" } },
        resources: ["arn:aws:s3:::b", "arn:aws:s3:::a"],
        actions: ["s3:PutObject", "s3:GetObject"],
      },
    ]);
    expect(other).toBe(one);
  });

  test("keeps expressions in their place, whose text says nothing about their value", () => {
    const resources = ["${aws_s3_bucket.b.arn}", "${aws_s3_bucket.a.arn}"];
    expect(parse(policyJson([{ actions: ["s3:GetObject"], resources }]))).toMatchObject({
      Statement: [{ Resource: resources }],
    });
  });

  test("keeps statements in the order given", () => {
    const text = policyJson([
      { sid: "B", actions: ["s3:GetObject"] },
      { sid: "A", actions: ["s3:GetObject"] },
    ]);
    expect(parse(text)).toMatchObject({ Statement: [{ Sid: "B" }, { Sid: "A" }] });
  });
});

describe("trustService", () => {
  test("lets the service assume the role and nothing else", () => {
    expect(parse(policyJson([trustService("eks.amazonaws.com")]))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
  });

  test("keeps the conditions under which the service may", () => {
    const conditions = { StringEquals: { "aws:SourceAccount": "111122223333" } };
    expect(parse(policyJson([trustService("eks.amazonaws.com", conditions)]))).toMatchObject({
      Statement: [{ Condition: conditions }],
    });
  });
});
