import { ipNetworkProblem } from "../units/ip-network";
import { compareText } from "./order";
import { elsewhereProblem } from "./place";
import { type Problem, problemAt, quote, quoteAll } from "./problem";

/** Whether a load balancer is reached from within the network only, or from the internet. */
export const SCHEMES = ["internal", "internet-facing"] as const;

export type LoadBalancerScheme = (typeof SCHEMES)[number];

/** Why there is no such scheme, or `undefined`. */
export function schemeProblem(scheme: string): string | undefined {
  return SCHEMES.some((known) => known === scheme)
    ? undefined
    : `'scheme' must be one of ${quoteAll(SCHEMES)}, got ${quote(scheme)}`;
}

/**
 * TLS 1.2 and 1.3 without weak ciphers, which load balancers of both kinds take. The controller's own default lets
 * TLS 1.0 in.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const DEFAULT_SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

const CERTIFICATE_ARN = /^arn:[\w-]+:(acm|iam):[\w-]*:\d{12}:(certificate|server-certificate)\/[\w/+=,.@-]+$/;

/** What is wrong with the ARNs of certificates, as far as they are known. */
export function certificateArnProblems(property: string, arns: readonly string[]): Problem[] {
  return arns.flatMap((arn, index) =>
    CERTIFICATE_ARN.test(arn)
      ? []
      : [
          {
            at: [property, index],
            message: `'${property}' must hold ARNs of certificates, like "arn:aws:acm:eu-west-1:111122223333:certificate/0123-abcd", got ${quote(arn)}`,
          },
        ],
  );
}

const WEB_ACL_ARN = /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/;

/** Why no Application Load Balancer can have the web ACL, or `undefined`. */
export function webAclArnProblem(arn: string): string | undefined {
  return WEB_ACL_ARN.test(arn)
    ? undefined
    : `'webAclArn' must be the ARN of a regional web ACL of WAFv2, like "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/name/0123-abcd", got ${quote(arn)}`;
}

/** What a load balancer takes from its own Region only. */
export interface RegionalResources {
  readonly certificateArns?: readonly string[];
  readonly webAclArn?: string;
}

/** What is wrong with the Regions of certificates and of the web ACL, as far as they are known. */
export function otherRegionProblems(
  { certificateArns = [], webAclArn }: RegionalResources,
  region: string,
  known: (value: string) => boolean = () => true,
): Problem[] {
  const given = [
    ...certificateArns.filter(known).map((arn, index) => ({ property: "certificateArns", at: [index], arn })),
    ...(webAclArn !== undefined && known(webAclArn) ? [{ property: "webAclArn", at: [], arn: webAclArn }] : []),
  ];
  return given.flatMap(({ property, at, arn }) =>
    problemAt([property, ...at], elsewhereProblem(property, arn, { region }, ["region"], "load balancer")),
  );
}

/** @see https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service */
const SERVICE_NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Why no Service can be called so, or `undefined`. */
export function serviceNameProblem(property: string, name: string): string | undefined {
  return SERVICE_NAME.test(name)
    ? undefined
    : `${property} must be the name of a Service (1 to 63 lower-case letters, digits and "-", beginning with a letter, ending with a letter or digit), got ${quote(name)}`;
}

/** A name of IANA's kind, with a letter in it. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/** Why there is no such port, or `undefined`. */
export function portNumberProblem(property: string, port: number): string | undefined {
  return Number.isInteger(port) && port >= 1 && port <= 65_535
    ? undefined
    : `${property} must be a port from 1 to 65535, got ${quote(port)}`;
}

/** Why no port of a Service or a container can be called so, or `undefined`. */
export function portNameProblem(property: string, name: string): string | undefined {
  return PORT_NAME.test(name)
    ? undefined
    : `${property} must be the name of a port (1 to 15 lower-case letters, digits and "-", with at least one letter), got ${quote(name)}`;
}

/** Why there is no such port, by its number or by its name, or `undefined`. */
export function portProblem(property: string, port: number | string): string | undefined {
  return typeof port === "number" ? portNumberProblem(property, port) : portNameProblem(property, port);
}

/**
 * What is wrong with annotations that are given beside those of a construct: such as it writes itself, and those that
 * would make the load balancer send to instances, of which Fargate has none.
 *
 * @param own annotations that the construct writes, each with what to set instead
 */
export function extraAnnotationProblems(
  annotations: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Problem[] {
  return Object.entries(annotations).flatMap(([key, value]) => {
    if (/\/(target-type|aws-load-balancer-nlb-target-type|aws-load-balancer-type)$/.test(key)) {
      return [
        {
          at: ["annotations", key],
          message: `annotation ${quote(key)} must not be given, got ${quote(value)}: load balancers reach pods on Fargate by IP targets only, which are set already; leave it out`,
        },
      ];
    }
    const instead = own[key];
    return instead === undefined
      ? []
      : [{ at: ["annotations", key], message: `annotation ${quote(key)} is set already; set ${instead} instead` }];
  });
}

/** What is wrong with networks that may connect. */
export function inboundCidrProblems(cidrs: readonly string[] | undefined): Problem[] {
  if (cidrs?.length === 0) {
    return [
      {
        at: ["inboundCidrs"],
        message: "'inboundCidrs' must hold at least one network, got none; leave it out for all",
      },
    ];
  }
  return (cidrs ?? []).flatMap((cidr, index) => {
    const problem = ipNetworkProblem(cidr);
    return [
      ...(problem === undefined ? [] : [{ at: ["inboundCidrs", index], message: `'inboundCidrs': ${problem}` }]),
      ...(cidrs?.indexOf(cidr) === index
        ? []
        : [
            {
              at: ["inboundCidrs", index],
              message: `'inboundCidrs' must hold ${quote(cidr)} once, got it twice; remove one`,
            },
          ]),
    ];
  });
}

/**
 * Annotations with the prefix of their controller, and others, in alphabetical order.
 *
 * @param own values by what stands behind the prefix; those without a value are left out
 */
export function controllerAnnotations(
  prefix: string,
  own: Readonly<Record<string, string | undefined>>,
  others: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const annotations = Object.entries(own).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[`${prefix}${key}`, value]],
  );
  return Object.fromEntries([...annotations, ...Object.entries(others)].sort(([a], [b]) => compareText(a, b)));
}

/** As a list of the controller's, in an order that the one given leaves no trace in. */
export function joined(values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : [...values].sort(compareText).join(",");
}
