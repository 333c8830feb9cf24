import type { ResolvedTarget } from "./target-group";

type Target = { readonly options: Pick<ResolvedTarget["options"], "conditions"> };

/**
 * The name by which clients reach a service behind an Application Load Balancer: the one that its main target asks for,
 * else the first in the order of the alphabet that no other target of the service has for itself. The main target is the
 * one that takes what no other takes, else the first.
 *
 * @param hostNames names of the load balancer, in the order of the alphabet
 * @param targets of the service
 * @returns `undefined` where the load balancer has no name but its own
 */
export function hostOfService(hostNames: readonly string[], targets: readonly Target[]): string | undefined {
  const main = targets.find(({ options: { conditions } }) => conditions === undefined) ?? targets[0];
  const asked = hostsOf(main).find((host) => !/[*?]/.test(host));
  const elsewhere = targets.filter((target) => target !== main).flatMap(hostsOf);
  return asked ?? hostNames.find((name) => !elsewhere.includes(name)) ?? hostNames[0];
}

function hostsOf(target: Target | undefined): readonly string[] {
  return target?.options.conditions?.hosts ?? [];
}
