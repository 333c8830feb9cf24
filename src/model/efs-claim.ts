import { dnsLabelProblem, dnsSubdomainProblem } from "./kubernetes-names";
import { type Problem, quote } from "./problem";

/** A volume of an access point, claimed for one namespace. */
export interface EfsClaimSpec {
  readonly accessPoint: string;
  readonly namespace: string;
  /** Name of the claim, as pods name it. @default - that of the access point */
  readonly claimName?: string;
  /** Size that the claim states. Kubernetes wants one, and a file system grows without asking. @default "1Gi" */
  readonly capacity?: string;
}

export const DEFAULT_CLAIM_CAPACITY = "1Gi";

/** As Kubernetes writes such a quantity back, so that Terraform sees no difference. */
const CAPACITY = /^[1-9]\d*(Mi|Gi|Ti)$/;

/** What is wrong with a claim. */
export function efsClaimProblems({ accessPoint, namespace, claimName, capacity }: EfsClaimSpec): Problem[] {
  const name = claimName ?? accessPoint;
  return [
    { at: ["namespace"], message: dnsLabelProblem("'namespace'", namespace) },
    { at: ["claimName"], message: dnsSubdomainProblem("'claimName'", name) },
    {
      at: ["capacity"],
      message:
        capacity === undefined || CAPACITY.test(capacity)
          ? undefined
          : `'capacity' must be a whole number of Mi, Gi or Ti, like "5Gi", got ${quote(capacity)}`,
    },
  ].flatMap(({ at, message }) => (message === undefined ? [] : [{ at, message }]));
}
