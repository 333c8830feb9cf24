import { kmsKeyArnProblem } from "./kms-key";
import { dnsSubdomainProblem } from "./kubernetes-names";
import { type Problem, problemAt } from "./problem";

/** What the volumes of a storage class are like. */
export interface EbsStorageClassOptions {
  /** @default "gp3" */
  readonly name?: string;
  /** Whether claims that name no class get this one. @default true */
  readonly default?: boolean;
  /** ARN of the KMS key that encrypts the volumes. @default - the account's default key for EBS */
  readonly kmsKeyArn?: string;
  /** Whether a volume outlives its claim ("Retain"). @default "Delete" */
  readonly reclaimPolicy?: "Delete" | "Retain";
}

/** Why a class of EBS volumes is of no use on a cluster without Linux nodes. */
export const NO_NODES_FOR_EBS_PROBLEM =
  "an EBS storage class serves pods on nodes only, and the cluster has none; add a node group, or use EFS for pods on Fargate";

/**
 * What is wrong with the class by itself.
 *
 * @param known whether a value is known at synth; others are left to Terraform
 */
export function ebsStorageClassProblems(
  { name, kmsKeyArn }: EbsStorageClassOptions,
  known: (value: string) => boolean = () => true,
): Problem[] {
  const key = kmsKeyArn === undefined || !known(kmsKeyArn) ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn);
  return [
    ...problemAt(["name"], name === undefined ? undefined : dnsSubdomainProblem("'name'", name)),
    ...problemAt(["kmsKeyArn"], key),
  ];
}
