import { checkTargets } from "../../model/balanced-targets";
import type { ContainerSpec } from "../../model/container-spec";
import { type ListenerRuleSpec, ruleOrderProblems } from "../../model/listener-rules";
import {
  type ApplicationLoadBalancerSpec,
  applicationLoadBalancerProblems,
  type LoadBalancerZones,
  type NamedZone,
  type NetworkLoadBalancerSpec,
  networkLoadBalancerProblems,
  otherKindProblems,
  placeProblems,
} from "../../model/load-balancer";
import { otherRegionProblem } from "../../model/load-balancing";
import { nameProblem, names } from "../../model/names";
import { type Problem, problemAt, quote, quoteAll, under } from "../../model/problem";
import type { LoadBalancerKind, TargetOptions } from "../../model/target-group";
import type { NetworkSettings } from "../network";
import type { LoadBalancerSettings, ServiceLoadBalancerSettings } from "./load-balancer-schema";
import type { EcsSettings } from "./schema";

/** What stands behind a load balancer, as far as the settings tell. */
export interface BalancedTask {
  /** Containers of the service's task definition; nothing where it is unknown or wrong. */
  readonly containers: readonly ContainerSpec[] | undefined;
  /** Whether ECS moves requests to new tasks by itself: blue/green, linear or canary. */
  readonly blueGreen: boolean;
}

/** Stands for the ARN of something that is yet to be made. */
const LATER = "${later}";

const known = (value: string): boolean => value !== LATER;

/**
 * What is wrong with the load balancer of a service, seen from 'loadBalancer'.
 *
 * @param key of the service
 */
export function loadBalancerProblems(
  settings: EcsSettings,
  key: string,
  options: ServiceLoadBalancerSettings,
  { containers = [], blueGreen }: BalancedTask,
): Problem[] {
  const { shared, targets, ...own } = options;
  const there = settings.ecs.loadBalancers ?? {};
  const balancer: LoadBalancerSettings | undefined =
    shared === undefined ? own : Object.hasOwn(there, shared) ? there[shared] : undefined;
  const kind = balancer?.type ?? "application";
  const tls =
    balancer !== undefined && (kind === "application" ? balancer.plainHttp !== true : hasCertificate(balancer));
  return [
    ...(shared === undefined
      ? ownProblems(settings, serviceName(settings, key), own)
      : sharedProblems(shared, own, Object.keys(there))),
    ...under("targets", [
      ...checkTargets({ kind, tls, blueGreen }, targets, containers).problems,
      ...(shared === undefined && kind === "application"
        ? orderProblems(rulesOf(settings, key, targets), ({ target }) => [target])
        : []),
    ]),
  ];
}

/** What is wrong with the load balancers that services share, and with their rules beside each other, seen from 'ecs'. */
export function sharedLoadBalancerProblems(settings: EcsSettings): Problem[] {
  const { loadBalancers = {}, services = {} } = settings.ecs;
  return Object.entries(loadBalancers).flatMap(([shared, options]) => {
    const users = Object.entries(services).flatMap(([key, { loadBalancer }]) =>
      loadBalancer?.shared === shared ? [{ key, targets: loadBalancer.targets }] : [],
    );
    return [
      ...under(
        ["loadBalancers", shared],
        ownProblems(settings, sharedLoadBalancerName(settings, shared, options), options),
      ),
      ...((options.type ?? "application") === "application"
        ? orderProblems(
            users.flatMap(({ key, targets }) => rulesOf(settings, key, targets)),
            ({ service, target }) => ["services", service, "loadBalancer", "targets", target],
          )
        : []),
    ];
  });
}

/** The name in AWS of a load balancer that services share. */
export function sharedLoadBalancerName({ name }: EcsSettings, key: string, options: LoadBalancerSettings): string {
  return options.name ?? names.ecsService(name, key);
}

function serviceName({ name, ecs }: EcsSettings, key: string): string {
  return ecs.services?.[key]?.serviceName ?? names.ecsService(name, key);
}

function hasCertificate({ certificate, certificateArn }: LoadBalancerSettings): boolean {
  return certificate !== undefined || certificateArn !== undefined;
}

/** A rule, and where it stands in the settings. */
interface PlacedRule {
  readonly rule: ListenerRuleSpec;
  readonly service: string;
  readonly target: string;
}

function rulesOf(
  settings: EcsSettings,
  service: string,
  targets: Readonly<Record<string, TargetOptions>>,
): PlacedRule[] {
  return Object.entries(targets).map(([target, { conditions = {}, priority }]) => ({
    service,
    target,
    // As the construct calls it, because its place depends on the name.
    rule: {
      name: `${serviceName(settings, service)}/${target}`,
      conditions,
      ...(priority === undefined ? {} : { priority }),
    },
  }));
}

/** What is wrong with rules beside each other, each at its place. */
function orderProblems(rules: readonly PlacedRule[], at: (rule: PlacedRule) => Problem["at"]): Problem[] {
  return ruleOrderProblems(rules.map(({ rule }) => rule)).flatMap(({ at: [name], message }) =>
    rules.filter(({ rule }) => rule.name === name).map((rule) => ({ at: at(rule), message })),
  );
}

function sharedProblems(shared: string, own: object, there: readonly string[]): Problem[] {
  return [
    ...problemAt(
      ["shared"],
      there.includes(shared)
        ? undefined
        : `'shared' must name one of 'loadBalancers' (${there.length === 0 ? "there are none" : quoteAll(there)}), got ${quote(shared)}`,
    ),
    ...Object.keys(own).flatMap((property) =>
      problemAt(
        [property],
        `'${property}' is said of 'loadBalancers.${shared}', which the service shares with others; say it there, or leave 'shared' out`,
      ),
    ),
  ];
}

/** What is wrong with a load balancer by itself. */
function ownProblems(settings: EcsSettings, defaultName: string, options: LoadBalancerSettings): Problem[] {
  const { network, region } = settings;
  const kind: LoadBalancerKind = options.type ?? "application";
  const spec = specOf(settings, options);
  return [
    ...problemAt(
      options.name === undefined ? [] : ["name"],
      nameProblem("loadBalancer", options.name ?? defaultName, "give the load balancer another 'name'"),
    ),
    ...otherKindProblems(kind, options.webAcl === true ? { ...options, webAclArn: LATER } : options),
    ...atSettings(
      options,
      kind === "application" ? applicationLoadBalancerProblems(spec, known) : networkLoadBalancerProblems(spec, known),
    ),
    ...referenceProblems(settings, options),
    ...(network === undefined ? [] : placeProblems(kind, spec, zonesOf(network))),
    ...(["certificateArn", "webAclArn"] as const).flatMap((property) => {
      const arn = options[property];
      return problemAt([property], arn === undefined ? undefined : otherRegionProblem(property, arn, region));
    }),
    ...Object.entries(options.furtherCertificateArns ?? {}).flatMap(([key, arn]) =>
      problemAt(["furtherCertificateArns", key], otherRegionProblem("furtherCertificateArns", arn, region)),
    ),
  ];
}

/** The rules know certificates by their ARNs alone. */
function atSettings(options: LoadBalancerSettings, problems: readonly Problem[]): Problem[] {
  return problems.map(({ at: [first, ...rest], message }) => ({
    at: [
      ...(first === "certificateArn" && options.certificate !== undefined
        ? ["certificate"]
        : first === undefined
          ? []
          : [first]),
      ...rest,
    ],
    message,
  }));
}

/** The load balancer with what is yet to be made in place of keys. */
function specOf(
  { ecs }: EcsSettings,
  options: LoadBalancerSettings,
): ApplicationLoadBalancerSpec & NetworkLoadBalancerSpec {
  const { type: _, name: __, certificate, furtherCertificates = [], webAcl, domainNames, ...rest } = options;
  const further = {
    ...options.furtherCertificateArns,
    ...Object.fromEntries(furtherCertificates.map((key) => [key, LATER])),
  };
  return {
    ...rest,
    ...(certificate === undefined ? {} : { certificateArn: LATER }),
    ...(Object.keys(further).length === 0 ? {} : { furtherCertificateArns: further }),
    ...(webAcl === true ? { webAclArn: LATER } : {}),
    ...(domainNames === undefined
      ? {}
      : {
          domainNames: Object.fromEntries(
            Object.entries(domainNames).map(([name, zone]): [string, NamedZone] => [
              name,
              { zoneName: ecs.hostedZones?.[zone]?.zoneName ?? LATER },
            ]),
          ),
        }),
  };
}

/** Keys of other features that are not there, and what is said twice. */
function referenceProblems({ ecs }: EcsSettings, options: LoadBalancerSettings): Problem[] {
  const { certificates = {}, hostedZones = {}, webAcl } = ecs;
  const { certificate, certificateArn, furtherCertificates = [], furtherCertificateArns = {} } = options;
  return [
    ...problemAt(
      ["certificate"],
      certificate === undefined ? undefined : missing("certificate", "certificates", certificates, certificate),
    ),
    ...problemAt(
      ["certificateArn"],
      certificate !== undefined && certificateArn !== undefined
        ? "'certificateArn' stands in place of 'certificate'; keep one of the two"
        : undefined,
    ),
    ...furtherCertificates.flatMap((key, index) =>
      problemAt(
        ["furtherCertificates", index],
        missing("furtherCertificates", "certificates", certificates, key) ??
          (furtherCertificates.indexOf(key) < index || Object.hasOwn(furtherCertificateArns, key) || key === certificate
            ? `'furtherCertificates' must hold ${quote(key)} once, and it is there already; remove one`
            : undefined),
      ),
    ),
    ...Object.entries(options.domainNames ?? {}).flatMap(([name, zone]) =>
      problemAt(["domainNames", name], missing("domainNames", "hostedZones", hostedZones, zone)),
    ),
    ...problemAt(
      ["webAcl"],
      options.webAcl === true && webAcl === undefined
        ? "'webAcl' puts the web ACL of 'ecs.webAcl' in front, and there is none; add it"
        : options.webAcl === true && options.webAclArn !== undefined
          ? "'webAcl' excludes 'webAclArn'; keep one or the other"
          : undefined,
    ),
  ];
}

function missing(property: string, feature: string, there: object, key: string): string | undefined {
  const keys = Object.keys(there);
  return keys.includes(key)
    ? undefined
    : `'${property}' must name one of 'ecs.${feature}' (${keys.length === 0 ? "there are none" : quoteAll(keys)}), got ${quote(key)}`;
}

/** What the settings tell of the VPC's subnets. */
function zonesOf({ existing, zones, publicSubnets = true }: NetworkSettings): LoadBalancerZones {
  if (existing !== undefined) {
    return {
      mayHaveIpv6: true,
      privateZones: Object.keys(existing.privateSubnetIds),
      publicZones: Object.keys(existing.publicSubnetIds ?? {}),
    };
  }
  const all = Array.isArray(zones) ? zones : Array.from({ length: zones?.count ?? 0 }, (_, index) => `${index + 1}`);
  return { mayHaveIpv6: false, privateZones: all, publicZones: publicSubnets ? all : [] };
}
