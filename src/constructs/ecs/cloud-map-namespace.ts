import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { Construct } from "constructs";
import { nameProblem, names } from "../../model/names";
import { quote } from "../../model/problem";
import { ifKnown, refuse } from "../errors";
import { takenNameProblem } from "../taken-names";
import type { IEcsCluster } from "./iecs-cluster";

/** `http` serves Service Connect alone, `private-dns` names in DNS of the VPC as well, by a hosted zone of its own. */
export type CloudMapNamespaceKind = "http" | "private-dns";

/** A namespace of AWS Cloud Map, in which services find each other by name. */
export interface ICloudMapNamespace {
  /** What services find each other under; of a private DNS namespace also the end of their names. */
  readonly namespaceName: string;
  /** Id that AWS gave it, `ns-…`. */
  readonly namespaceId: string;
  /** ARN, by which Service Connect refers to it. */
  readonly namespaceArn: string;
  /** Whether its names are in DNS. */
  readonly kind: CloudMapNamespaceKind;
}

/** What a namespace may be told beside its cluster. */
export interface CloudMapNamespaceOptions {
  /** @default - the cluster's name with `.internal` behind it */
  readonly namespaceName?: string;
  /** @default "http" */
  readonly kind?: CloudMapNamespaceKind;
}

/** What a `CloudMapNamespace` is told. */
export interface CloudMapNamespaceProps extends CloudMapNamespaceOptions {
  /** The cluster in whose VPC names of a private DNS namespace are known. */
  readonly cluster: IEcsCluster;
}

/**
 * A namespace of AWS Cloud Map for the services of a cluster. AWS cannot change its name or kind: another one is a new
 * namespace.
 *
 * @see https://docs.aws.amazon.com/cloud-map/latest/dg/working-with-namespaces.html
 * @example
 * new CloudMapNamespace(this, "namespace", { cluster, namespaceName: "shop.internal", kind: "private-dns" });
 */
export class CloudMapNamespace extends Construct implements ICloudMapNamespace {
  readonly namespaceName: string;
  readonly namespaceId: string;
  readonly namespaceArn: string;
  readonly kind: CloudMapNamespaceKind;

  constructor(scope: Construct, id: string, props: CloudMapNamespaceProps) {
    super(scope, id);
    const { cluster, kind = "http" } = props;
    const name = props.namespaceName ?? names.cloudMapNamespace(cluster.clusterName);
    refuse(this, [
      ifKnown(name, (known) => nameProblem("cloudMapNamespace", known, "choose another 'namespaceName'")),
      ["http", "private-dns"].includes(kind) ? undefined : `'kind' must be "http" or "private-dns", got ${quote(kind)}`,
      takenNameProblem(this, `namespace of kind ${quote(kind)}`, name, "namespaceName"),
    ]);
    const config = { name, description: `Services of ECS cluster ${cluster.clusterName}` };
    const namespace =
      kind === "http"
        ? new ServiceDiscoveryHttpNamespace(this, "http", config)
        : new ServiceDiscoveryPrivateDnsNamespace(this, "private-dns", { ...config, vpc: cluster.vpc.vpcId });
    this.namespaceName = name;
    this.namespaceId = namespace.id;
    this.namespaceArn = namespace.arn;
    this.kind = kind;
  }

  /** A namespace that is there already. */
  static fromAttributes(attributes: ICloudMapNamespace): ICloudMapNamespace {
    return { ...attributes };
  }
}
