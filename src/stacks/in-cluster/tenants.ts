import type { ITerraformDependable } from "cdktf";
import { Tenant } from "../../constructs/workloads/tenant";
import { byKey, type InClusterContext } from "./context";
import { literal } from "./literal";

/** What objects in the namespaces of tenants wait for, by the namespace. */
export type Namespaces = Readonly<Record<string, readonly ITerraformDependable[]>>;

export function addTenants({ stack, cluster, oidcProvider, settings, inCluster }: InClusterContext): Namespaces {
  const { replacement } = settings.fargate;
  const ready = byKey(inCluster.tenants).map(([name, options]) => {
    const tenant = new Tenant(stack, `tenant-${name}`, {
      ...literal(options),
      ...(replacement === undefined ? {} : { replacement }),
      cluster,
      oidcProvider,
      name,
    });
    return [name, tenant.ready];
  });
  return Object.fromEntries(ready);
}

/** What comes before an object in the namespace. */
export function before(namespaces: Namespaces, namespace: string): { dependsOn?: readonly ITerraformDependable[] } {
  const ready = namespaces[namespace];
  return ready === undefined ? {} : { dependsOn: ready };
}
