import { checkTargets } from "../../model/balanced-targets";
import type { ContainerSpec } from "../../model/container-spec";
import { type ListenerRuleSpec, ruleOrderProblems } from "../../model/listener-rules";
import {
  type ApplicationLoadBalancerSpec,
  applicationLoadBalancerProblems,
  type NamedZone,
  type NetworkLoadBalancerSpec,
  networkLoadBalancerProblems,
  otherKindProblems,
} from "../../model/load-balancer";
import { type LoadBalancerZones, placeProblems } from "../../model/load-balancer-place";
import { nameProblem, names } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { elsewhereProblem } from "../../model/place";
import { type Problem, problemAt, quote, under } from "../../model/problem";
import type { LoadBalancerKind, TargetOptions } from "../../model/target-group";
import type { NetworkSettings } from "../network";
import type { LoadBalancerSettings, ServiceLoadBalancerSettings } from "./load-balancer-schema";
import { missingProblem } from "./references";
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
  const balancer: LoadBalancerSettings | undefined = shared === undefined ? own : ownValue(there, shared);
  const kind = balancer?.type ?? "application";
  const tls =
    balancer !== undefined && (kind === "application" ? balancer.plainHttp !== true : hasCertificate(balancer));
  return [
    ...(shared === undefined
      ? ownProblems(settings, serviceName(settings, key), own)
      : sharedProblems(shared, own, there)),
    ...under("targets", [
      ...checkTargets({ kind, tls, blueGreen, dualStack: balancer?.dualStack ?? false }, targets, containers).problems,
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
  return ownValue(ecs.services ?? {}, key)?.serviceName ?? names.ecsService(name, key);
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

function sharedProblems(shared: string, own: object, there: Readonly<Record<string, unknown>>): Problem[] {
  return [
    ...problemAt(["shared"], missingProblem("'shared'", "loadBalancers", there, shared)),
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
      return problemAt(
        [property],
        arn === undefined ? undefined : elsewhereProblem(property, arn, { region }, ["region"], "load balancer"),
      );
    }),
    ...Object.entries(options.furtherCertificateArns ?? {}).flatMap(([key, arn]) =>
      problemAt(
        ["furtherCertificateArns", key],
        elsewhereProblem("furtherCertificateArns", arn, { region }, ["region"], "load balancer"),
      ),
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
              { zoneName: ownValue(ecs.hostedZones ?? {}, zone)?.zoneName ?? LATER },
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
      certificate === undefined
        ? undefined
        : missingProblem("'certificate'", "certificates", certificates, certificate),
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
        missingProblem("'furtherCertificates'", "certificates", certificates, key) ??
          (furtherCertificates.indexOf(key) < index || Object.hasOwn(furtherCertificateArns, key) || key === certificate
            ? `'furtherCertificates' must hold ${quote(key)} once, and it is there already; remove one`
            : undefined),
      ),
    ),
    ...Object.entries(options.domainNames ?? {}).flatMap(([name, zone]) =>
      problemAt(["domainNames", name], missingProblem("'domainNames'", "hostedZones", hostedZones, zone)),
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

/** What the settings tell of the VPC's subnets. */
function zonesOf({ existing, zones, publicSubnets = true }: NetworkSettings): LoadBalancerZones {
  if (existing !== undefined) {
    return {
      mayHaveIpv6: true,
      privateZones: Object.keys(existing.privateSubnetIds ?? {}),
      publicZones: Object.keys(existing.publicSubnetIds ?? {}),
    };
  }
  const all = Array.isArray(zones) ? zones : Array.from({ length: zones?.count ?? 0 }, (_, index) => `${index + 1}`);
  return { mayHaveIpv6: false, privateZones: all, publicZones: publicSubnets ? all : [] };
}
