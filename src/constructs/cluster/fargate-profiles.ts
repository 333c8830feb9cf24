import type { ITerraformDependable } from "cdktf";
import { Annotations } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import {
  type FargateProfileSpec,
  type NamedFargateProfile,
  overlapProblems,
  profileProblems,
  profileSetProblems,
  takesCoreDns,
} from "../../model/fargate-profile";
import { DEFAULT_FARGATE_LIMITS, type FargateLimits } from "../../model/limits";
import { type PodsToPlace, takesPods } from "../../model/pod-place";
import { refuse } from "../errors";

/** What all Fargate profiles of a cluster have in common. */
export interface FargateProfilesOptions {
  /** Quotas of the account, where AWS has raised them. @default - AWS's defaults: 10 profiles, 5 selectors, 5 labels */
  readonly limits?: Partial<FargateLimits>;
  /** Whether two profiles may match the same pod; EKS then picks the first by name. @default false */
  readonly allowOverlap?: boolean;
}

/** The role of a profile's pods, as those see it who let it do more. */
export interface IPodExecutionRole extends IConstruct {
  readonly roleName: string;
  /** What comes with the role, and waits for it. */
  readonly policies: readonly ITerraformDependable[];
}

interface Entry {
  readonly profile: NamedFargateProfile;
  /** Nothing for a profile that another stack defines. */
  readonly resource?: ITerraformDependable;
}

/**
 * The Fargate profiles of one cluster: what each selects, and whether they get along. Profiles add themselves.
 */
export class FargateProfiles {
  private readonly entries: Entry[];
  private readonly limits: FargateLimits;
  private readonly roles: IPodExecutionRole[] = [];
  private readonly roleVisitors: ((role: IPodExecutionRole) => void)[] = [];
  private readonly prerequisites: ITerraformDependable[] = [];

  /**
   * @param known profiles that the cluster has already, which another stack defines
   * @param complete whether it has no others than those, so that a pod which none of them takes has no place
   */
  constructor(
    private readonly options: FargateProfilesOptions = {},
    known: readonly NamedFargateProfile[] = [],
    readonly complete = true,
  ) {
    this.limits = { ...DEFAULT_FARGATE_LIMITS, ...options.limits };
    this.entries = known.map((profile) => ({ profile }));
  }

  /** What the profiles are called and select, in the order in which they were added. */
  get specs(): NamedFargateProfile[] {
    return this.entries.map(({ profile }) => profile);
  }

  /**
   * Refuses a profile that EKS would refuse, or that takes pods of another one. Call it before the profile is created.
   *
   * @param scope construct whose path the message names
   * @throws InvalidPropsError with every problem
   */
  validate(scope: Construct, spec: FargateProfileSpec): void {
    const overlaps = overlapProblems(spec, this.specs);
    refuse(scope, [
      ...profileProblems(spec, this.limits),
      ...profileSetProblems(spec, this.specs, this.limits),
      ...(this.options.allowOverlap === true ? [] : overlaps),
    ]);
    if (this.options.allowOverlap === true) {
      for (const { message } of overlaps) {
        Annotations.of(scope).addWarning(message);
      }
    }
  }

  add(profile: NamedFargateProfile, resource: ITerraformDependable, role: IPodExecutionRole): void {
    this.entries.push({ profile, resource });
    this.roles.push(role);
    for (const visit of this.roleVisitors) {
      visit(role);
    }
  }

  /** Shows the role of each profile that this app defines, also of those that are added later; a shared one repeatedly. */
  eachPodExecutionRole(visit: (role: IPodExecutionRole) => void): void {
    this.roleVisitors.push(visit);
    for (const role of this.roles) {
      visit(role);
    }
  }

  /** Has all pods wait for `resource` that are defined later, and be ended before it is destroyed. */
  letPodsWaitFor(resource: ITerraformDependable): void {
    this.prerequisites.push(resource);
  }

  /** The profile that takes the pods of CoreDNS, if there is one. */
  coreDnsProfile(): ITerraformDependable | undefined {
    return this.entries.find(({ profile }) => takesCoreDns(profile))?.resource;
  }

  /** What the pods wait for: the profiles of this stack that take them, and what all pods wait for. */
  resourcesFor(pods: PodsToPlace): ITerraformDependable[] {
    const profiles = this.entries.flatMap(({ profile, resource }) =>
      resource !== undefined && takesPods(profile, pods) ? [resource] : [],
    );
    return [...profiles, ...this.prerequisites];
  }
}
