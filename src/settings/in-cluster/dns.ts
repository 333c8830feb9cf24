import * as v from "valibot";
import { domainNameProblem, zoneIdProblem } from "../../model/domain-name";
import { type Problem, under } from "../../model/problem";
import { described, text } from "../pieces";
import type { Settings } from "../schema";

export const hostedZonesSchema = described(
  v.record(
    text,
    v.strictObject({
      zoneName: described(text, "Domain name, such as example.com."),
      zoneId: v.exactOptional(described(text, "Id of a zone that is there already. Default: the zone is created.")),
      private: v.exactOptional(described(v.boolean(), "Whether only the VPC sees the zone. Default: false.")),
      forceDestroy: v.exactOptional(
        described(v.boolean(), "Whether records that Terraform does not know go with the zone. Default: false."),
      ),
    }),
  ),
  "Route 53 hosted zones by a name of your choice.",
);

export type HostedZonesSettings = v.InferOutput<typeof hostedZonesSchema>;

/** What is wrong with the hosted zones of the cluster. */
export function hostedZonesProblems({ inCluster }: Settings): Problem[] {
  return zoneProblems(inCluster?.hostedZones);
}

/** What is wrong with hosted zones. */
export function zoneProblems(zones: HostedZonesSettings = {}): Problem[] {
  return Object.entries(zones).flatMap(([key, { zoneName, zoneId, forceDestroy }]) =>
    under(
      key,
      [
        { at: ["zoneName"], message: domainNameProblem("zoneName", zoneName) },
        { at: ["zoneId"], message: zoneId === undefined ? undefined : zoneIdProblem(zoneId) },
        {
          at: ["forceDestroy"],
          message:
            zoneId === undefined || forceDestroy === undefined
              ? undefined
              : "'forceDestroy' is for a zone that is created here, and 'zoneId' names one that is there already; leave it out",
        },
      ].flatMap(({ at, message }) => (message === undefined ? [] : [{ at, message }])),
    ),
  );
}
