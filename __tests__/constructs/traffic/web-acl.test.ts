import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { WebAcl, type WebAclProps } from "../../../src/constructs/traffic/web-acl";
import {
  ACCOUNT,
  addresses,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  synthIn,
  warnings,
} from "../../support/stack";

function build(options: Partial<WebAclProps> = {}) {
  const stack = stackFor();
  const webAcl = new WebAcl(stack, "waf", { name: "ingress", ...options });
  const text = synth(stack);
  return { stack, webAcl, text, rules: resource(text, Wafv2WebAcl).rule as Record<string, unknown>[] };
}

const visible = (metricName: string) => ({
  cloudwatch_metrics_enabled: true,
  sampled_requests_enabled: true,
  metric_name: metricName,
});

describe("WebAcl", () => {
  test("lets load balancers ask AWS's rules, counts everything and shows no credentials in samples", () => {
    const { text, rules } = build();
    expect(resource(text, Wafv2WebAcl)).toEqual({
      name: "ingress",
      description: "Web ACL of Application Load Balancers",
      scope: "REGIONAL",
      default_action: { allow: {} },
      rule: expect.anything(),
      visibility_config: visible("ingress"),
      data_protection_config: {
        data_protection: [
          { action: "SUBSTITUTION", field: { field_type: "SINGLE_HEADER", field_keys: ["authorization"] } },
          { action: "SUBSTITUTION", field: { field_type: "SINGLE_COOKIE" } },
        ],
      },
    });
    expect(rules).toEqual([
      {
        name: "rate-limit",
        priority: 20,
        action: { block: {} },
        statement: { rate_based_statement: { limit: 2000, evaluation_window_sec: 300, aggregate_key_type: "IP" } },
        visibility_config: visible("ingress-rate-limit"),
      },
      ...[
        ["AWSManagedRulesAmazonIpReputationList", 100] as const,
        ["AWSManagedRulesKnownBadInputsRuleSet", 120] as const,
        ["AWSManagedRulesCommonRuleSet", 130] as const,
        ["AWSManagedRulesSQLiRuleSet", 140] as const,
      ].map(([name, priority]) => ({
        name,
        priority,
        override_action: { none: {} },
        statement: { managed_rule_group_statement: { vendor_name: "AWS", name } },
        visibility_config: visible(`ingress-${name}`),
      })),
    ]);
  });

  test("takes every option at once", () => {
    const { text, rules } = build({
      managedRules: {
        AWSManagedRulesSQLiRuleSet: { mode: "count", version: "Version_2.0" },
        AWSManagedRulesCommonRuleSet: { ruleActions: { SizeRestrictions_BODY: "count", GenericLFI_BODY: "challenge" } },
      },
      rateLimit: { requests: 100, windowInSeconds: 60, mode: "count" },
      allowAddresses: ["192.0.2.0/24", "2001:db8::/32"],
      blockAddresses: ["198.51.100.0/24"],
      defaultAction: "block",
      logs: { retentionInDays: 30, requests: "matched" },
    });
    expect(
      rules.map(({ name, action, override_action, statement }) => [name, action ?? override_action, statement]),
    ).toEqual([
      ["allow-ipv4", { allow: {} }, { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.waf_allow-ipv4.arn}" } }],
      ["allow-ipv6", { allow: {} }, { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.waf_allow-ipv6.arn}" } }],
      ["block-ipv4", { block: {} }, { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.waf_block-ipv4.arn}" } }],
      [
        "rate-limit",
        { count: {} },
        { rate_based_statement: { limit: 100, evaluation_window_sec: 60, aggregate_key_type: "IP" } },
      ],
      [
        "AWSManagedRulesCommonRuleSet",
        { none: {} },
        {
          managed_rule_group_statement: {
            vendor_name: "AWS",
            name: "AWSManagedRulesCommonRuleSet",
            rule_action_override: [
              { name: "GenericLFI_BODY", action_to_use: { challenge: {} } },
              { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
            ],
          },
        },
      ],
      [
        "AWSManagedRulesSQLiRuleSet",
        { count: {} },
        {
          managed_rule_group_statement: {
            vendor_name: "AWS",
            name: "AWSManagedRulesSQLiRuleSet",
            version: "Version_2.0",
          },
        },
      ],
    ]);
    expect(text).toHaveResourceWithProperties(Wafv2WebAcl, { default_action: { block: {} } });
    expect(resources(text, Wafv2IpSet)).toMatchObject({
      "waf_allow-ipv4": { name: "ingress-allow-ipv4", scope: "REGIONAL", ip_address_version: "IPV4" },
      "waf_allow-ipv6": { name: "ingress-allow-ipv6", ip_address_version: "IPV6", addresses: ["2001:db8::/32"] },
      "waf_block-ipv4": { addresses: ["198.51.100.0/24"] },
    });
    expect(text).toHaveResourceWithProperties(CloudwatchLogGroup, { retention_in_days: 30 });
    expect(resource(text, Wafv2WebAclLoggingConfiguration).logging_filter).toEqual({
      default_behavior: "DROP",
      filter: [
        {
          behavior: "KEEP",
          requirement: "MEETS_ANY",
          condition: ["BLOCK", "CAPTCHA", "CHALLENGE", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({
            action_condition: { action },
          })),
        },
      ],
    });
  });

  test("lets go of a set of addresses before the set is deleted", () => {
    const { text } = build({ blockAddresses: ["198.51.100.0/24"] });
    expect(resource(text, Wafv2IpSet).lifecycle).toEqual({ create_before_destroy: true });
  });

  test("is put in front of an Ingress by an annotation", () => {
    const { stack, webAcl } = build();
    expect(resolved(stack, webAcl.ingressAnnotations)).toEqual({
      "alb.ingress.kubernetes.io/wafv2-acl-arn": "${aws_wafv2_web_acl.waf_web-acl.arn}",
    });
    expect(webAcl.webAclName).toBe("ingress");
  });

  test("is the same to the byte in whatever order addresses and groups are given", () => {
    const managedRules = { AWSManagedRulesSQLiRuleSet: {}, AWSManagedRulesCommonRuleSet: {}, Team: {}, Area: {} };
    const turned = Object.fromEntries(Object.entries(managedRules).reverse());
    expect(build({ managedRules, allowAddresses: ["10.0.0.0/8", "192.0.2.0/24"] }).text).toBe(
      build({ managedRules: turned, allowAddresses: ["192.0.2.0/24", "10.0.0.0/8"] }).text,
    );
  });

  test("tells what to know about its rules", () => {
    expect(warnings(build({ managedRules: { Team: {} } }).stack)).toEqual([
      `[test/waf] rule group "Team" is not among those known as of 2026-09-05; check its name, and give its 'capacity'`,
    ]);
  });
});

describe("its logs", () => {
  test("are all requests without credentials, for one year, in a log group with a key of its own", () => {
    const { text } = build();
    expect(resource(text, CloudwatchLogGroup)).toEqual({
      name: "aws-waf-logs-ingress",
      retention_in_days: 365,
      kms_key_id: "${aws_kms_key.waf_logs_key_key.arn}",
    });
    expect(resource(text, Wafv2WebAclLoggingConfiguration)).toEqual({
      resource_arn: "${aws_wafv2_web_acl.waf_web-acl.arn}",
      log_destination_configs: ["${aws_cloudwatch_log_group.waf_logs_log-group.arn}"],
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
      depends_on: ["aws_cloudwatch_log_resource_policy.waf_logs_policy"],
    });
    expect(statements(resource(text, KmsKey).policy)[1]?.Condition).toEqual({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": [`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:aws-waf-logs-ingress`],
      },
    });
  });

  test.each(PARTITIONS)("in $region are written by log delivery of this account only", ({ region, partition }) => {
    const text = synthIn(region, (stack) => new WebAcl(stack, "waf", { name: "ingress" }));
    const policy = resource(text, CloudwatchLogResourcePolicy);
    expect(policy.policy_name).toBe("ingress-waf-logs");
    expect(statements(policy.policy_document)).toEqual([
      {
        Sid: "WebAclLogs",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.waf_logs_log-group.arn}:*",
        Condition: {
          ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${ACCOUNT}:*` },
          StringEquals: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
  });

  test("may be left out", () => {
    expect(addresses(build({ logs: false }).text)).toEqual(["aws_wafv2_web_acl.waf_web-acl"]);
  });

  test("are refused with a retention or a choice that is none", () => {
    const refused = (logs: WebAclProps["logs"] & object) =>
      refusal(() => new WebAcl(stackFor(), "waf", { name: "ingress", logs }));
    expect(refused({ retentionInDays: 31 })).toMatch(/^\[test\/waf\/logs\] 'retentionInDays' must be one of .*is 60$/);
    expect(refused({ requests: "blocked" as never })).toBe(
      `[test/waf/logs] 'requests' must be "all" or "matched", got "blocked"`,
    );
  });
});

describe("refused is", () => {
  const refused = (props: WebAclProps) => refusal(() => new WebAcl(stackFor(), "waf", props));

  test("a name that is none", () => {
    expect(refused({ name: "my acl" })).toBe(
      `[test/waf] the name of an AWS WAF web ACL must be 1 to 128 characters (letters, digits, "-" and "_"), got "my acl" (6); choose another 'name'`,
    );
  });

  test("a name too long for its sets of addresses", () => {
    const name = "a".repeat(120);
    expect(refused({ name, allowAddresses: ["10.0.0.0/8"] })).toMatch(
      /the name of an AWS WAF IP set must be 1 to 128 characters .* \(131\); choose a shorter 'name'$/,
    );
    expect(() => new WebAcl(stackFor(), "waf", { name })).not.toThrow();
  });

  test("all that the rules have wrong, at once", () => {
    const message = refused({ name: "ingress", rateLimit: { requests: 1 }, defaultAction: "block" });
    expect(message.split("\n")).toEqual([
      "[test/waf] 'requests' of 'rateLimit' must be 10 to 2000000000, got 1",
      `[test/waf] 'defaultAction' "block" without 'allowAddresses' would block every request; name who may pass`,
    ]);
  });
});
