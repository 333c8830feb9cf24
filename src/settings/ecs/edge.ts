import * as v from "valibot";
import type { Problem } from "../../model/problem";
import { described, text } from "../pieces";
import type { EcsSettings } from "./schema";

export const hostedZonesSchema = described(
  v.record(text, v.strictObject({})),
  "Route 53 hosted zones by a name of your choice.",
);

export const certificatesSchema = described(
  v.record(text, v.strictObject({})),
  "Certificates of ACM, validated in a hosted zone, by a name of your choice.",
);

export const webAclSchema = described(
  v.strictObject({}),
  "Web ACL of AWS WAF for load balancers that say so; {} for the defaults.",
);

/** What is wrong with them, seen from 'ecs'. */
export function edgeProblems(_: EcsSettings): Problem[] {
  return [];
}
