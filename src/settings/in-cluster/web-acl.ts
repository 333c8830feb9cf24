import * as v from "valibot";
import { retentionProblem } from "../../model/log-retention";
import { names } from "../../model/names";
import { type Problem, under } from "../../model/problem";
import { RULE_ACTIONS, webAclNameProblems, webAclProblems } from "../../model/web-acl";
import { described, text, names as texts } from "../pieces";
import type { Settings } from "../schema";

const mode = described(v.picklist(["block", "count"]), "Default: block.");

/** What every web ACL may have beside its name. */
export const webAclEntries = {
  managedRules: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          mode: v.exactOptional(mode),
          ruleActions: v.exactOptional(
            described(v.record(text, v.picklist(RULE_ACTIONS)), "Actions of single rules in place of AWS's."),
          ),
          version: v.exactOptional(described(text, "Default: AWS's default version.")),
          capacity: v.exactOptional(described(v.number(), "WCU of a group that this version does not know.")),
        }),
      ),
      "Rule groups that AWS manages, by name. Default: IP reputation, known bad inputs, common rules, SQL injection.",
    ),
  ),
  rateLimit: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          requests: v.number(),
          windowInSeconds: v.exactOptional(described(v.number(), "60, 120, 300 or 600. Default: 300.")),
          mode: v.exactOptional(mode),
        }),
      ]),
      "Requests of one IP address. Default: 2,000 in five minutes.",
    ),
  ),
  allowAddresses: v.exactOptional(described(texts, "Networks that no other rule is asked about.")),
  blockAddresses: v.exactOptional(described(texts, "Networks that are blocked.")),
  defaultAction: v.exactOptional(described(v.picklist(["allow", "block"]), "Default: allow.")),
  logs: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          retentionInDays: v.exactOptional(described(v.number(), "Default: 365.")),
          requests: v.exactOptional(
            described(v.picklist(["all", "matched"]), "Every request, or those that a rule matched. Default: all."),
          ),
        }),
      ]),
      "Records of requests. Default: all, kept one year.",
    ),
  ),
};

export const webAclSchema = described(
  v.strictObject({
    name: v.exactOptional(described(text, "Default: <name>-ingress.")),
    ...webAclEntries,
  }),
  "Web ACL of AWS WAF for Ingresses that say so; {} for the defaults.",
);

type WebAclSettings = v.InferOutput<typeof webAclSchema>;

/** What is wrong with the web ACL of the cluster. */
export function webAclSettingsProblems({ name, inCluster }: Settings): Problem[] {
  return webAclSectionProblems(inCluster?.webAcl ?? {}, names.webAcl(name));
}

/** What is wrong with a web ACL that is called by default as is said. */
export function webAclSectionProblems(options: WebAclSettings, defaultName: string): Problem[] {
  const { name = defaultName, logs = {} } = options;
  const retention =
    logs === false || logs.retentionInDays === undefined
      ? undefined
      : retentionProblem("retentionInDays", logs.retentionInDays);
  return [
    ...webAclNameProblems(name, options).map((message) => ({
      at: options.name === undefined ? [] : ["name"],
      message,
    })),
    ...webAclProblems(options),
    ...(retention === undefined ? [] : under("logs", [{ at: ["retentionInDays"], message: retention }])),
  ];
}
