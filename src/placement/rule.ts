import type { Severity } from "../model/finding";
import type { Problem } from "../model/problem";
import type { Workload } from "../model/workload";
import type { ClusterIndex } from "./cluster-index";

/**
 * Something that pods on Fargate must or should have. One rule is one file of `src/placement/rules`, named for the good
 * state, and has a page in `docs/rules/<id>.md`.
 */
export interface Rule {
  /** In kebab case; the name of the rule's page. */
  readonly id: string;
  /** Of what it finds, unless a violation says otherwise. */
  readonly severity: Severity;
  /** The good state, in one short sentence: `Pods do not use the host's network`. */
  readonly title: string;
  /** Why Fargate wants it so, in one sentence. */
  readonly reason: string;
  /** What to change, in the imperative. */
  readonly fix: string;
  /** The page that says so, with the day on which it was read. */
  readonly source: string;
  /**
   * Whether pods start all the same, and fail at what they are for: no traffic comes in, no credentials are there.
   *
   * @default false - pods stay Pending when the severity is `error`
   */
  readonly podsStart?: boolean;
  check(workload: Workload, cluster: ClusterIndex): Violation[];
}

export interface Violation {
  /** Where in the workload's object, from its top. */
  readonly at: Problem["at"];
  /** What was found, with the value; the rule's reason is added to it. */
  readonly message: string;
  /** @default - the rule's */
  readonly reason?: string;
  /** @default - the rule's */
  readonly severity?: Severity;
  /** @default - the rule's */
  readonly fix?: string;
}
