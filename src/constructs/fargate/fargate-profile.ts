import { createHash } from "node:crypto";
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { Construct } from "constructs";
import { type FargateProfileSpec, profileNameProblem } from "../../model/fargate-profile";
import type { FargateSelector } from "../../model/fargate-selector";
import { names } from "../../model/names";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, refuse } from "../errors";
import type { VpcSubnet } from "../network/ivpc";
import { privateSubnetsIn, privateSubnetsProblems } from "../network/private-subnets";
import { PodExecutionRole } from "./pod-execution-role";

/**
 * How a profile changes, none of whose properties AWS can change in place: `recreate` deletes it, and with it its
 * pods, before the new one is created; `create-before-destroy` has the new one, under another name, take over first.
 */
export type ProfileReplacement = "recreate" | "create-before-destroy";

/** What a `FargateProfile` is told. */
export interface FargateProfileProps {
  readonly cluster: IEksCluster;
  /** Name among the cluster's profiles. @default "default" */
  readonly key?: string;
  /** Which pods the profile takes: 1 to 5 selectors, of which one has to match. */
  readonly selectors: readonly FargateSelector[];
  /** Zones whose private subnets the pods run in. @default - all private subnets of the cluster's VPC */
  readonly zones?: readonly string[];
  /** Role that pulls images and writes logs. @default - one of its own, `<cluster>-fargate-<key>` */
  readonly podExecutionRole?: PodExecutionRole;
  /** What happens when the profile changes. @default "recreate" */
  readonly replacement?: ProfileReplacement;
  /**
   * Name of the profile in AWS; under "create-before-destroy" a hash of the content stands behind it, because AWS
   * takes no second profile of the same name.
   * @default - `<cluster>-fargate-<key>`
   */
  readonly profileName?: string;
}

/** Length of the hash behind a profile's name: enough that two contents of one profile do not meet. */
const HASH_LENGTH = 8;

/**
 * A Fargate profile: the pods that its selectors match run on Fargate, in private subnets.
 *
 * Refused at synth: what EKS refuses (selectors, labels and names out of bounds, too many profiles, public subnets) and
 * selectors that share a pod with another profile, of which EKS would pick one by name.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 * @example
 * new FargateProfile(this, "web", { cluster, key: "web", selectors: [{ namespace: "web", labels: { tier: "front" } }] });
 */
export class FargateProfile extends Construct {
  /** Name of the profile in AWS, which a pod's label `eks.amazonaws.com/fargate-profile` can hold. */
  readonly profileName: string;
  readonly podExecutionRole: PodExecutionRole;
  /** What the profile selects, as placement sees it. */
  readonly spec: FargateProfileSpec;

  constructor(scope: Construct, id: string, props: FargateProfileProps) {
    super(scope, id);
    const { cluster, key = "default", replacement = "recreate" } = props;
    this.spec = { key, selectors: [...props.selectors] };
    cluster.fargateProfiles.validate(this, this.spec);
    refuse(this, privateSubnetsProblems(cluster.vpc, props.zones, 1));
    const subnets = privateSubnetsIn(cluster.vpc, props.zones);
    this.profileName = this.nameFor(props, subnets);
    refuse(this, [ifKnown(this.profileName, (name) => profileNameProblem(name, "give another 'profileName'"))]);

    this.podExecutionRole =
      props.podExecutionRole ??
      new PodExecutionRole(this, "pod-execution-role", {
        cluster,
        roleName: names.podExecutionRole(cluster.clusterName, key),
      });
    const profile = new EksFargateProfile(this, "profile", {
      clusterName: cluster.clusterId,
      fargateProfileName: this.profileName,
      podExecutionRoleArn: this.podExecutionRole.roleArn,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      selector: sortSelectors(props.selectors).map(({ namespace, labels }) => ({
        namespace,
        ...(labels === undefined ? {} : { labels: { ...labels } }),
      })),
      ...(replacement === "create-before-destroy" ? { lifecycle: { createBeforeDestroy: true } } : {}),
      dependsOn: [...this.podExecutionRole.policies],
    });
    cluster.fargateProfiles.add(
      { ...this.spec, name: this.profileName, hashed: false },
      profile,
      this.podExecutionRole,
    );
  }

  private nameFor(props: FargateProfileProps, subnets: readonly VpcSubnet[]): string {
    const name = props.profileName ?? names.fargateProfile(props.cluster.clusterName, this.spec.key);
    return props.replacement === "create-before-destroy" ? `${name}-${contentHash(props, subnets)}` : name;
  }
}

/**
 * A hash of all that AWS cannot change in a profile. Subnets count by their zone and role by its construct, because
 * their ids are known to Terraform alone.
 */
function contentHash({ selectors, podExecutionRole }: FargateProfileProps, subnets: readonly VpcSubnet[]): string {
  const content = {
    selectors: sortSelectors(selectors),
    zones: subnets.map(({ zone }) => zone),
    role: podExecutionRole?.roleName ?? "own",
  };
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, HASH_LENGTH);
}

/** Selectors in an order that depends on their content alone, as their labels are, so that reordering changes nothing. */
function sortSelectors(selectors: readonly FargateSelector[]): FargateSelector[] {
  return selectors
    .map(({ namespace, labels }) => ({
      namespace,
      ...(labels === undefined || Object.keys(labels).length === 0
        ? {}
        : { labels: Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))) }),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
