import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { type ListenerRuleSpec, priorityOf, ruleOrderProblems } from "../../model/listener-rules";
import {
  type ApplicationLoadBalancerSpec,
  applicationLoadBalancerProblems,
  DEFAULT_LIMITS,
  otherKindProblems,
} from "../../model/load-balancer";
import { placeProblems } from "../../model/load-balancer-place";
import { quote } from "../../model/problem";
import { conditionWarnings } from "../../model/rule-conditions";
import { DEFAULT_TLS_POLICY, tlsPolicyWarning } from "../../model/tls-policies";
import { isKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { takenNameProblem } from "../taken-names";
import type { IHostedZone } from "../traffic/hosted-zone";
import {
  addCertificates,
  createAliases,
  hostNamesOf,
  type LoadBalancerPlace,
  LoadBalancerSecurityGroup,
  loadBalancerNameProblem,
  regionProblems,
  warnOfOtherAccount,
  zonesOf,
} from "./load-balancer-edge";
import { createLoadBalancer, subnetsOf } from "./load-balancer-resource";

/** What an Application Load Balancer may be told beside its name and its VPC. */
export interface ApplicationLoadBalancerOptions extends Omit<ApplicationLoadBalancerSpec, "name" | "domainNames"> {
  /** Names that lead to it, each with its zone. @default - none */
  readonly domainNames?: Readonly<Record<string, IHostedZone>>;
}

/** What an `ApplicationLoadBalancer` is told. */
export interface ApplicationLoadBalancerProps extends ApplicationLoadBalancerOptions, LoadBalancerPlace {}

const HTTP = 80;
const HTTPS = 443;

/** What clients get whose request no rule takes. */
const NOT_FOUND = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", statusCode: "404", messageBody: "not found" },
};

/**
 * An Application Load Balancer, which services share or have for themselves. It speaks HTTPS, redirects HTTP to it,
 * answers with status 404 where no service takes the request, writes a record of each request to a bucket, and reaches
 * the tasks behind it and nothing else.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html
 * @example
 * new ApplicationLoadBalancer(this, "edge", {
 *   name: "shop",
 *   vpc,
 *   scheme: "internet-facing",
 *   certificateArn: certificate.certificateArn,
 *   domainNames: { "shop.example.com": zone },
 * });
 */
export class ApplicationLoadBalancer extends Construct {
  readonly kind = "application" as const;
  /** Name of the load balancer. */
  readonly name: string;
  /** The VPC in which it lies. */
  readonly vpc: IVpc;
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** As metrics of CloudWatch name it. */
  readonly loadBalancerArnSuffix: string;
  /** Its own name in DNS, which AWS chose. */
  readonly dnsName: string;
  /** Id of the zone of `dnsName`, for alias records. */
  readonly hostedZoneId: string;
  /** Listener whose rules take the requests. */
  readonly listenerArn: string;
  /** Listener on which new tasks are tried. */
  readonly testListenerArn: string | undefined;
  /** What clients may reach of it, and what it may reach. */
  readonly securityGroup: LoadBalancerSecurityGroup;
  /** Whether it has IPv6 addresses too. */
  readonly dualStack: boolean;
  /** Whether clients speak TLS with it. */
  readonly tls: boolean;
  /** Its names that clients can open, in the order of the alphabet. */
  readonly hostNames: readonly string[];
  /** Where clients find it: the first of its names in the order of the alphabet, else its own. */
  readonly url: string;
  private readonly rules: ListenerRuleSpec[] = [];
  private readonly maxRules: number;

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const { name, vpc, plainHttp = false, domainNames = {}, dualStack = false, webAclArn } = props;
    this.validateProps(props);
    this.name = name;
    this.vpc = vpc;
    this.dualStack = dualStack;
    this.tls = !plainHttp;
    this.maxRules = props.limits?.rules ?? DEFAULT_LIMITS.rules;
    this.securityGroup = new LoadBalancerSecurityGroup(this, "network", props);
    const loadBalancer = this.createLoadBalancer(props);
    this.loadBalancerArn = loadBalancer.arn;
    this.loadBalancerArnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.hostedZoneId = loadBalancer.zoneId;
    this.listenerArn = plainHttp
      ? this.listen("http", { port: HTTP, protocol: "HTTP", defaultAction: [NOT_FOUND] })
      : this.listenWithTls("https", HTTPS, props);
    if (!plainHttp && (props.redirectHttp ?? true)) {
      this.redirect();
    }
    this.testListenerArn =
      props.testPort === undefined
        ? undefined
        : plainHttp
          ? this.listen("test", { port: props.testPort, protocol: "HTTP", defaultAction: [NOT_FOUND] })
          : this.listenWithTls("test", props.testPort, props);
    if (webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, "web-acl", { resourceArn: this.loadBalancerArn, webAclArn });
    }
    createAliases(this, domainNames, this, dualStack);
    this.hostNames = hostNamesOf(domainNames);
    this.url = this.urlAt(this.hostNames[0]);
  }

  /**
   * Enters a rule among those of the load balancer.
   *
   * @returns its priority
   * @throws InvalidPropsError when it would take nothing, or has the place of another
   */
  enterRule(scope: Construct, rule: ListenerRuleSpec): number {
    const problems = ruleOrderProblems([...this.rules, rule]);
    refuse(scope, [
      ...problems,
      this.rules.length < this.maxRules
        ? undefined
        : `load balancer ${quote(this.name)} takes at most ${this.maxRules} rules; use another load balancer, or have the quota raised and say so in 'limits.rules'`,
    ]);
    for (const warning of conditionWarnings(rule.conditions)) {
      Annotations.of(scope).addWarning(`rule ${quote(rule.name)}: ${warning}`);
    }
    this.rules.push(rule);
    return priorityOf(rule);
  }

  /** The URL of one of its names. @param host @default - its own name in DNS */
  urlAt(host: string | undefined): string {
    return `${this.tls ? "https" : "http"}://${host ?? this.dnsName}`;
  }

  private validateProps(props: ApplicationLoadBalancerProps): void {
    refuse(this, [
      loadBalancerNameProblem(props.name),
      ...otherKindProblems("application", props),
      ...applicationLoadBalancerProblems(props, isKnown),
      ...placeProblems("application", props, zonesOf(props.vpc)),
      ...regionProblems(this, props, props.webAclArn),
      takenNameProblem(this, "load balancer", props.name, "name"),
    ]);
    warnOfOtherAccount(this, props, props.webAclArn);
    const warnings = [
      props.sslPolicy === undefined ? undefined : tlsPolicyWarning(props.sslPolicy),
      props.plainHttp === true && props.scheme === "internet-facing"
        ? `load balancer ${quote(props.name)} is reached from the internet over HTTP, which everybody on the way can read; give it 'certificateArn'`
        : undefined,
    ];
    for (const warning of warnings) {
      if (warning !== undefined) {
        Annotations.of(this).addWarning(warning);
      }
    }
  }

  private createLoadBalancer(props: ApplicationLoadBalancerProps): Lb {
    return createLoadBalancer(this, props, {
      kind: this.kind,
      securityGroupId: this.securityGroup.securityGroupId,
      accessLogs: props.accessLogs ?? {},
      config: {
        subnets: subnetsOf(props).map(({ subnetId }) => subnetId),
        dropInvalidHeaderFields: props.dropInvalidHeaders ?? true,
        desyncMitigationMode: props.desyncMode ?? "defensive",
        idleTimeout: props.idleTimeoutInSeconds ?? 60,
        clientKeepAlive: props.clientKeepAliveInSeconds ?? 3600,
        preserveHostHeader: props.preserveHostHeader ?? false,
      },
    });
  }

  private listenWithTls(key: string, port: number, props: ApplicationLoadBalancerProps): string {
    const arn = this.listen(key, {
      port,
      protocol: "HTTPS",
      sslPolicy: props.sslPolicy ?? DEFAULT_TLS_POLICY,
      ...(props.certificateArn === undefined ? {} : { certificateArn: props.certificateArn }),
      defaultAction: [NOT_FOUND],
    });
    addCertificates(this, key, arn, props.furtherCertificateArns);
    return arn;
  }

  private redirect(): void {
    const action = { type: "redirect", redirect: { protocol: "HTTPS", port: String(HTTPS), statusCode: "HTTP_301" } };
    this.listen("redirect", { port: HTTP, protocol: "HTTP", defaultAction: [action] });
  }

  private listen(key: string, config: Omit<LbListenerConfig, "loadBalancerArn"> & { readonly port: number }): string {
    this.securityGroup.allowFrom(config.port, "tcp");
    return new LbListener(this, `${key}-listener`, { loadBalancerArn: this.loadBalancerArn, ...config }).arn;
  }
}
