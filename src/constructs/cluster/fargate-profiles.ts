import type { ITerraformDependable } from "cdktf";
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import {
  type FargateProfileSpec,
  type NamedFargateProfile,
  overlapProblems,
  profileProblems,
  profileSetProblems,
  takesCoreDns,
} from "../../model/fargate-profile";
import { DEFAULT_FARGATE_LIMITS, type FargateLimits } from "../../model/limits";
import { refuse } from "../errors";

export interface FargateProfilesOptions {
  /** Quotas of the account, where AWS has raised them. @default - AWS's defaults: 10 profiles, 5 selectors, 5 labels */
  readonly limits?: Partial<FargateLimits>;
  /** Whether two profiles may match the same pod; EKS then picks the first by name. @default false */
  readonly allowOverlap?: boolean;
}

interface Entry {
  readonly profile: NamedFargateProfile;
  readonly resource: ITerraformDependable;
}

/**
 * The Fargate profiles of one cluster: what each selects, and whether they get along. Profiles add themselves.
 */
export class FargateProfiles {
  private readonly entries: Entry[] = [];
  private readonly limits: FargateLimits;

  constructor(private readonly options: FargateProfilesOptions = {}) {
    this.limits = { ...DEFAULT_FARGATE_LIMITS, ...options.limits };
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

  add(profile: NamedFargateProfile, resource: ITerraformDependable): void {
    this.entries.push({ profile, resource });
  }

  /** The profile that takes the pods of CoreDNS, if there is one. */
  coreDnsProfile(): ITerraformDependable | undefined {
    return this.entries.find(({ profile }) => takesCoreDns(profile))?.resource;
  }
}
