import type { ITerraformDependable } from "cdktf";
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import {
  type FargateProfileSpec,
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
  readonly spec: FargateProfileSpec;
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

  /** What the profiles select, in the order in which they were added. */
  get specs(): FargateProfileSpec[] {
    return this.entries.map(({ spec }) => spec);
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

  add(spec: FargateProfileSpec, resource: ITerraformDependable): void {
    this.entries.push({ spec, resource });
  }

  /** The profile that takes the pods of CoreDNS, if there is one. */
  coreDnsProfile(): ITerraformDependable | undefined {
    return this.entries.find(({ spec }) => takesCoreDns(spec))?.resource;
  }
}
