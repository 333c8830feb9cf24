import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { names } from "../../model/names";
import {
  DEFAULT_WINDOW_IN_SECONDS,
  type ManagedRuleGroupOptions,
  type RateLimit,
  type WebAclOptions,
  type WebAclRule,
  webAclNameProblems,
  webAclProblems,
  webAclRules,
  webAclWarnings,
} from "../../model/web-acl";
import { isKnown, refuse } from "../errors";
import { WebAclLogs, type WebAclLogsOptions } from "./web-acl-logs";

/** What a `WebAcl` is told. */
export interface WebAclProps extends WebAclOptions {
  /** Name of the web ACL, from which those of IP sets, log group and key are derived. */
  readonly name: string;
  /** Records of the requests, or `false` for none. @default - all requests, kept one year */
  readonly logs?: WebAclLogsOptions | false;
}

/** A web ACL for load balancers, not for CloudFront. */
const SCOPE = "REGIONAL";

/**
 * A web ACL of AWS WAF for Application Load Balancers: AWS's managed rules against known attacks, a limit for each IP
 * address, lists of addresses, and records without credentials. The AWS Load Balancer Controller puts it in front of
 * an Ingress that has the annotations of `ingressAnnotations`.
 *
 * Rules are asked in a fixed order: allowed addresses, blocked addresses, rate limit, managed rule groups.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
 * @example
 * new WebAcl(this, "web-acl", {
 *   name: "platform-ingress",
 *   managedRules: { AWSManagedRulesCommonRuleSet: { ruleActions: { SizeRestrictions_BODY: "count" } } },
 * });
 */
export class WebAcl extends Construct {
  /** ARN, by which load balancers and services refer to it. */
  readonly webAclArn: string;
  /** Name of the web ACL. */
  readonly webAclName: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    refuse(this, [...(isKnown(props.name) ? webAclNameProblems(props.name, props) : []), ...webAclProblems(props)]);
    for (const warning of webAclWarnings(props)) {
      Annotations.of(this).addWarning(warning);
    }
    const { name, defaultAction = "allow", logs = {} } = props;
    const webAcl = new Wafv2WebAcl(this, "web-acl", {
      name,
      description: "Web ACL of Application Load Balancers",
      scope: SCOPE,
      defaultAction: { [defaultAction]: {} },
      rule: webAclRules(props).map((rule) => this.renderRule(name, rule)),
      visibilityConfig: visibilityOf(name),
      dataProtectionConfig: { dataProtection: SAMPLES_WITHOUT_SECRETS },
    });
    this.webAclArn = webAcl.arn;
    this.webAclName = name;
    if (logs !== false) {
      new WebAclLogs(this, "logs", { ...logs, webAclArn: this.webAclArn, webAclName: name });
    }
  }

  /** What makes the AWS Load Balancer Controller put the web ACL in front of an Ingress. */
  get ingressAnnotations(): Readonly<Record<string, string>> {
    return { "alb.ingress.kubernetes.io/wafv2-acl-arn": this.webAclArn };
  }

  private renderRule(webAclName: string, rule: WebAclRule): Wafv2WebAclRule {
    const common = {
      name: rule.name,
      priority: rule.priority,
      visibilityConfig: visibilityOf(`${webAclName}-${rule.name}`),
    };
    switch (rule.kind) {
      case "addresses":
        return {
          ...common,
          action: { [rule.list]: {} },
          statement: { ip_set_reference_statement: { arn: this.createIpSet(webAclName, rule) } },
        };
      case "rateLimit":
        return { ...common, action: { [rule.limit.mode ?? "block"]: {} }, statement: rateStatement(rule.limit) };
      case "managed":
        return {
          ...common,
          overrideAction: rule.options.mode === "count" ? { count: {} } : { none: {} },
          statement: managedStatement(rule.group, rule.options),
        };
    }
  }

  private createIpSet(webAclName: string, { name, family, addresses }: WebAclRule & { kind: "addresses" }): string {
    return new Wafv2IpSet(this, name, {
      name: names.webAclAddresses(webAclName, name),
      scope: SCOPE,
      ipAddressVersion: family.toUpperCase(),
      addresses,
      // AWS WAF refuses to delete a set that a web ACL refers to: the web ACL has to let go of it first.
      lifecycle: { createBeforeDestroy: true },
    }).arn;
  }
}

/**
 * Requests that AWS WAF samples for its console would show the secrets that the logs leave out.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-data-protection-and-logging.html
 */
const SAMPLES_WITHOUT_SECRETS = [
  { action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: ["authorization"] } },
  { action: "SUBSTITUTION", field: { fieldType: "SINGLE_COOKIE" } },
];

function visibilityOf(metricName: string) {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

// The bindings leave statements untyped, so they are written as Terraform has them.

function rateStatement({ requests, windowInSeconds = DEFAULT_WINDOW_IN_SECONDS }: RateLimit): object {
  return {
    rate_based_statement: { limit: requests, evaluation_window_sec: windowInSeconds, aggregate_key_type: "IP" },
  };
}

function managedStatement(name: string, { ruleActions = {}, version }: ManagedRuleGroupOptions): object {
  const overrides = Object.entries(ruleActions).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name,
      ...(version === undefined ? {} : { version }),
      ...(overrides.length === 0
        ? {}
        : {
            rule_action_override: overrides.map(([rule, action]) => ({ name: rule, action_to_use: { [action]: {} } })),
          }),
    },
  };
}
