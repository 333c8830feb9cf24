/**
 * Rule groups that AWS manages for web ACLs and that need no configuration of their own.
 *
 * As of 2026-09-05. Sources: AWS WAF Developer Guide, "AWS Managed Rules rule groups list" (names, rules);
 * DescribeManagedRuleGroup, as public code quotes it (capacities).
 */
export const MANAGED_RULE_GROUPS_AS_OF = "2026-09-05";

export interface ManagedRuleGroup {
  /** Web ACL capacity units (WCU). */
  readonly capacity: number;
  /** Place among the rules of a web ACL: what costs little and blocks much comes first. */
  readonly priority: number;
  /** Names of its rules, whose action can be overridden. */
  readonly rules: readonly string[];
}

export const MANAGED_RULE_GROUPS: Readonly<Record<string, ManagedRuleGroup>> = {
  AWSManagedRulesAmazonIpReputationList: {
    capacity: 25,
    priority: 100,
    rules: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
  },
  AWSManagedRulesAnonymousIpList: {
    capacity: 50,
    priority: 110,
    rules: ["AnonymousIPList", "HostingProviderIPList"],
  },
  AWSManagedRulesKnownBadInputsRuleSet: {
    capacity: 200,
    priority: 120,
    rules: [
      "ExploitablePaths_URIPATH",
      "Host_localhost_HEADER",
      ...withParts("JavaDeserializationRCE", ["BODY", "HEADER", "QUERYSTRING", "URIPATH"]),
      ...withParts("Log4JRCE", ["BODY", "HEADER", "QUERYSTRING", "URIPATH"]),
      "PROPFIND_METHOD",
      "ReactJSRCE_BODY",
    ],
  },
  AWSManagedRulesCommonRuleSet: {
    capacity: 700,
    priority: 130,
    rules: [
      ...withParts("CrossSiteScripting", ["BODY", "COOKIE", "QUERYARGUMENTS", "URIPATH"]),
      ...withParts("EC2MetaDataSSRF", ["BODY", "COOKIE", "QUERYARGUMENTS", "URIPATH"]),
      ...withParts("GenericLFI", ["BODY", "QUERYARGUMENTS", "URIPATH"]),
      ...withParts("GenericRFI", ["BODY", "QUERYARGUMENTS", "URIPATH"]),
      "NoUserAgent_HEADER",
      ...withParts("RestrictedExtensions", ["QUERYARGUMENTS", "URIPATH"]),
      ...withParts("SizeRestrictions", ["BODY", "Cookie_HEADER", "QUERYSTRING", "URIPATH"]),
      "UserAgent_BadBots_HEADER",
    ],
  },
  AWSManagedRulesSQLiRuleSet: {
    capacity: 200,
    priority: 140,
    rules: [
      ...withParts("SQLi", ["BODY", "COOKIE", "QUERYARGUMENTS", "URIPATH"]),
      ...withParts("SQLiExtendedPatterns", ["BODY", "HEADER", "QUERYARGUMENTS", "URIPATH"]),
    ],
  },
  AWSManagedRulesAdminProtectionRuleSet: { capacity: 100, priority: 150, rules: ["AdminProtection_URIPATH"] },
  AWSManagedRulesLinuxRuleSet: {
    capacity: 200,
    priority: 160,
    rules: withParts("LFI", ["HEADER", "QUERYSTRING", "URIPATH"]),
  },
  AWSManagedRulesUnixRuleSet: {
    capacity: 100,
    priority: 170,
    rules: withParts("UNIXShellCommandsVariables", ["BODY", "HEADER", "QUERYSTRING"]),
  },
  AWSManagedRulesWindowsRuleSet: {
    capacity: 200,
    priority: 180,
    rules: [
      ...withParts("PowerShellCommands", ["BODY", "COOKIE", "QUERYARGUMENTS"]),
      ...withParts("WindowsShellCommands", ["BODY", "HEADER", "QUERYARGUMENTS", "QUERYSTRING", "URIPATH"]),
    ],
  },
  AWSManagedRulesPHPRuleSet: {
    capacity: 100,
    priority: 190,
    rules: withParts("PHPHighRiskMethodsVariables", ["BODY", "HEADER", "QUERYSTRING", "URIPATH"]),
  },
  AWSManagedRulesWordPressRuleSet: {
    capacity: 100,
    priority: 200,
    rules: ["WordPressExploitableCommands_QUERYSTRING", "WordPressExploitablePaths_URIPATH"],
  },
};

/** Groups that AWS charges for by request, and that have to be told about the application's pages. */
export const CONFIGURED_RULE_GROUPS: ReadonlySet<string> = new Set([
  "AWSManagedRulesACFPRuleSet",
  "AWSManagedRulesATPRuleSet",
  "AWSManagedRulesAntiDDoSRuleSet",
  "AWSManagedRulesBotControlRuleSet",
]);

function withParts(rule: string, parts: readonly string[]): string[] {
  return parts.map((part) => `${rule}_${part}`);
}
