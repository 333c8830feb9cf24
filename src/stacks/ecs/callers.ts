import type { ServiceBase } from "../../constructs/ecs/service-base";
import { type CallerFeature, featuresOf } from "../../settings/ecs/callers";
import { byKey, type EcsContext, pick } from "./context";

/** Tasks that may call services. */
export interface Caller {
  /** Nothing where they have the security groups of their instances. */
  readonly securityGroupId: string | undefined;
  /** Lets them connect to a port of others; nothing where they may connect to everything. */
  readonly allowTo: ((key: string, securityGroupId: string, port: number) => void) | undefined;
}

/** What has a security group of its own, from which calls come. */
interface Calling {
  readonly securityGroupId: string | undefined;
  allowTo(key: string, securityGroupId: string, port: number): void;
}

/**
 * Notes what may be named in 'allowFrom' of services.
 *
 * @param tasks nothing where they have the security groups of their instances
 * @param settings those of its network
 */
export function noteCaller(
  { callers }: EcsContext,
  [feature, key]: readonly [CallerFeature, string],
  tasks: Calling | undefined,
  { egress }: { readonly egress?: object } = {},
): void {
  callers.set(`${feature}/${key}`, {
    securityGroupId: tasks?.securityGroupId,
    allowTo:
      egress === undefined || tasks === undefined
        ? undefined
        : (name, securityGroupId, port) => tasks.allowTo(name, securityGroupId, port),
  });
}

/** Lets those call a service whom it names: it lets them in, and they may reach it, once all are there. */
export function openServices({ settings, ecs, callers }: EcsContext, services: Readonly<Record<string, ServiceBase>>) {
  for (const [key, { allowFrom }] of byKey(ecs.services)) {
    const to = pick("service", services, key);
    for (const [name, ports] of byKey(allowFrom)) {
      const caller = callers.get(`${featuresOf(settings, name)[0]}/${name}`);
      for (const port of ports) {
        open({ name, caller }, { key, to }, port);
      }
    }
  }
}

function open(
  { name, caller }: { readonly name: string; readonly caller: Caller | undefined },
  { key, to }: { readonly key: string; readonly to: ServiceBase },
  port: number,
): void {
  if (caller?.securityGroupId !== undefined && to.securityGroupId !== undefined) {
    to.allowFrom(`${name}-${port}`, caller.securityGroupId, port);
    caller.allowTo?.(`${key}-${port}`, to.securityGroupId, port);
  }
}
