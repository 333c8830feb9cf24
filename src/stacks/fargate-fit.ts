import { Annotations } from "cdktf";
import { Construct } from "constructs";
import type { IEksCluster } from "../constructs/cluster/ieks-cluster";
import { type GivenManifests, readGivenManifests } from "../manifests/given-manifests";
import type { NamedFargateProfile } from "../model/fargate-profile";
import { describeFinding } from "../model/finding";
import { describeManifestProblem } from "../model/inventory";
import { place } from "../placement/place";

/** What a `FargateFit` is told. */
export interface FargateFitProps {
  /** Cluster on whose Fargate profiles the pods must find a place. */
  readonly cluster: IEksCluster;
  /** Kubernetes manifests: files and folders, relative to where the app runs, or objects. */
  readonly manifests: GivenManifests;
  /** Profiles that another stack adds to the cluster, such as those of tenants. @default - none */
  readonly otherProfiles?: readonly NamedFargateProfile[];
  /** Whether the cluster has nodes too, where pods run that no profile takes. @default - whether it has node groups with Linux nodes */
  readonly nodes?: boolean;
  /** Namespace of objects that name none. @default "default" */
  readonly namespace?: string;
}

/**
 * Places workloads on a cluster's Fargate profiles when the app is synthesized. A pod that would stay Pending is an
 * error there, and so is a manifest that cannot be read; what runs otherwise than written is a warning.
 *
 * @see docs/fit.md
 * @example
 * new FargateFit(this, "fit", { cluster, manifests: ["k8s/"] });
 */
export class FargateFit extends Construct {
  private warned = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FargateFitProps,
  ) {
    super(scope, id);
    // Profiles may be added to the cluster until the app is synthesized.
    this.node.addValidation({ validate: () => this.check() });
  }

  private check(): string[] {
    const { cluster, manifests, namespace, otherProfiles = [], nodes = cluster.nodeGroups.hasLinuxNodes } = this.props;
    const inventory = readGivenManifests(manifests, namespace);
    const placements = place(inventory, { profiles: [...cluster.fargateProfiles.specs, ...otherProfiles], nodes });
    const findings = placements.flatMap((placement) => placement.findings);
    if (!this.warned) {
      this.warned = true;
      for (const finding of findings.filter(({ severity }) => severity === "warning")) {
        Annotations.of(this).addWarning(describeFinding(finding));
      }
    }
    return [
      ...inventory.problems.map(describeManifestProblem),
      ...findings.filter(({ severity }) => severity === "error").map(describeFinding),
    ];
  }
}
