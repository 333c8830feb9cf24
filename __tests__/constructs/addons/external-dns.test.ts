import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Release } from "@cdktf/provider-helm/lib/release";
import { ExternalDns, type ExternalDnsProps } from "../../../src/constructs/addons/external-dns";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { HostedZone } from "../../../src/constructs/traffic/hosted-zone";
import { importedClusterIn } from "../../support/constructs";
import {
  ACCOUNT,
  addresses,
  PARTITIONS,
  refusal,
  resource,
  stackFor,
  statements,
  synth,
  warnings,
} from "../../support/stack";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const oidcProvider = { providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`, issuerHostPath: issuer };
const zone = (zoneId: string, zoneName: string, isPrivate = false) =>
  HostedZone.fromAttributes({ zoneId, zoneName, isPrivate });
const COM = zone("Z0COM", "example.com");
const ORG = zone("Z0ORG", "example.org");

function build(options: Partial<ExternalDnsProps> = {}, region = "eu-west-1") {
  const stack = stackFor(region);
  Mirrors.set(stack, { images: "mirror.example.com" });
  new ExternalDns(stack, "dns", {
    cluster: importedClusterIn(stack),
    oidcProvider,
    zones: [COM],
    policy: "upsert-only",
    ownerId: "platform",
    ...options,
  });
  return { stack, text: synth(stack) };
}

function values(options: Partial<ExternalDnsProps> = {}): unknown {
  const [text = ""] = resource(build(options).text, Release).values as string[];
  return JSON.parse(text);
}

describe("ExternalDns", () => {
  test("writes into the given zones and no others", () => {
    expect(values()).toMatchObject({
      provider: { name: "aws" },
      policy: "upsert-only",
      registry: "txt",
      txtOwnerId: "platform",
      sources: ["ingress", "service"],
      domainFilters: ["example.com"],
      interval: "60s",
      extraArgs: { "zone-id-filter": ["Z0COM"], "aws-zone-type": "public" },
    });
  });

  test("may change records of the given zones, and see which zones there are", () => {
    const [change, list] = statements(resource(build({ zones: [ORG, COM] }).text, IamRolePolicy).policy);
    expect(change).toMatchObject({
      Action: expect.arrayContaining(["route53:ChangeResourceRecordSets"]),
      Resource: ["arn:aws:route53:::hostedzone/Z0COM", "arn:aws:route53:::hostedzone/Z0ORG"],
    });
    expect(list).toEqual({ Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" });
  });

  test.each(PARTITIONS)("names zones of partition $partition in $region", ({ region, partition }) => {
    expect(resource(build({}, region).text, IamRolePolicy).policy).toContain(
      `arn:${partition}:route53:::hostedzone/Z0COM`,
    );
  });

  test("has a role for its service account, which it waits for", () => {
    const { text } = build();
    expect(resource(text, IamRole)).toMatchObject({
      name: "platform-external-dns",
      assume_role_policy: expect.stringContaining("system:serviceaccount:kube-system:external-dns"),
    });
    expect(values()).toMatchObject({
      serviceAccount: {
        name: "external-dns",
        annotations: { "eks.amazonaws.com/role-arn": "${aws_iam_role.dns_irsa_role.arn}" },
      },
    });
    expect(resource(text, Release).depends_on).toEqual(["aws_iam_role_policy.dns_irsa_policy"]);
  });

  test("is told its Region, and fills Fargate's smallest size with limits equal to requests", () => {
    const size = { cpu: "250m", memory: "256Mi" };
    expect(values()).toMatchObject({
      env: [{ name: "AWS_DEFAULT_REGION", value: "eu-west-1" }],
      resources: { requests: size, limits: size },
      image: { repository: "mirror.example.com/external-dns/external-dns", tag: "v0.21.0" },
    });
  });

  test("takes every option at once", () => {
    const zones = [ORG, zone("Z0PRIVATE", "example.com", true), COM];
    expect(
      values({ zones, txtPrefix: "_owner.", sources: ["service"], intervalInSeconds: 300, image: { tag: "v0.22.0" } }),
    ).toMatchObject({
      txtPrefix: "_owner.",
      sources: ["service"],
      interval: "300s",
      domainFilters: ["example.com", "example.org"],
      extraArgs: { "zone-id-filter": ["Z0COM", "Z0PRIVATE", "Z0ORG"] },
      image: { tag: "v0.22.0" },
    });
    expect(JSON.stringify(values({ zones }))).not.toContain("aws-zone-type");
  });

  test("is the same in whatever order zones and sources are given", () => {
    const one = build({ zones: [COM, ORG], sources: ["ingress", "service"] }).text;
    expect(build({ zones: [ORG, COM], sources: ["service", "ingress"] }).text).toBe(one);
  });

  test("that deletes records is warned of", () => {
    expect(warnings(build({ policy: "sync" }).stack)).toEqual([
      `[test/dns] 'policy' "sync" deletes records as soon as no Ingress or Service names them any more, also when one is gone by mistake; "upsert-only" leaves them`,
    ]);
    expect(warnings(build().stack)).toEqual([]);
  });

  test("has these addresses", () => {
    expect(addresses(build().text)).toEqual([
      "aws_iam_role.dns_irsa_role",
      "aws_iam_role_policy.dns_irsa_policy",
      "helm_release.dns_chart_release",
    ]);
  });

  test.each<[Partial<ExternalDnsProps>, string]>([
    [{ zones: [] }, "'zones' must hold at least one hosted zone, got none"],
    [
      { policy: "all" as never },
      `'policy' must be one of "create-only", "sync", "upsert-only", got "all"; "sync" deletes records`,
    ],
    [
      { ownerId: "" },
      `'ownerId' must be 1 to 100 letters, digits, "-", "_" and ".", got ""; the name of the cluster is a good one`,
    ],
    [{ ownerId: "a,b" }, `'ownerId' must be 1 to 100 letters`],
    [
      { txtPrefix: "%{record_type}" },
      `'txtPrefix' must be the beginning of a domain name, like "_owner.", got "%{record_type}"`,
    ],
    [{ sources: [] }, `'sources' must hold one or more of "ingress", "service", got none`],
    [{ sources: ["pod" as never] }, `'sources' must hold one or more of "ingress", "service", got "pod"`],
    [{ intervalInSeconds: 1 }, "'intervalInSeconds' must be a whole number of at least 10, got 1"],
  ])("is refused with %j", (options, message) => {
    expect(refusal(() => build(options))).toContain(`[test/dns] ${message}`);
  });
});
