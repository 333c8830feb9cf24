import { type Problem, problemAt, quote } from "./problem";
import { wholeProblems } from "./whole-number";

/** Servers and virtual machines of one's own that join a cluster (ECS Anywhere). */
export interface ExternalInstancesOptions {
  /** How many may register with the activation, 1 to 1,000. @default 1 */
  readonly registrationLimit?: number;
  /**
   * Until when they may register, at most 30 days from when it is applied, like `2026-12-01T00:00:00Z`. Another date makes
   * another activation, and leaves those that have registered as they are.
   * @default - 24 hours from when it is applied
   */
  readonly expiresAt?: string;
}

export const DEFAULT_REGISTRATION_LIMIT = 1;

/** Source: API model of Systems Manager, CreateActivation, 2026-11-17. */
const MAX_REGISTRATIONS = 1000;

/** As the AWS provider of Terraform takes a time, in UTC. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What is wrong with the registration of external instances. That the date is near enough is AWS's to say. */
export function externalInstancesProblems({ registrationLimit, expiresAt }: ExternalInstancesOptions): Problem[] {
  return [
    ...wholeProblems("registrationLimit", registrationLimit, [1, MAX_REGISTRATIONS], "of 'externalInstances'"),
    ...(expiresAt === undefined || (TIME.test(expiresAt) && !Number.isNaN(Date.parse(expiresAt)))
      ? []
      : problemAt(
          ["expiresAt"],
          `'expiresAt' of 'externalInstances' must be a time in UTC, like "2026-12-01T00:00:00Z", got ${quote(expiresAt)}`,
        )),
  ];
}
