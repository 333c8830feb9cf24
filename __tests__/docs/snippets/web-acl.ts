import { App } from "cdktf";
import { PlatformStack, synthesize } from "cdktf-eks-fargate";
import { WebAcl } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "waf", { region: "eu-west-1", backend: { type: "local" } });

  new WebAcl(stack, "web-acl", {
    name: "platform-ingress",
    managedRules: {
      AWSManagedRulesAmazonIpReputationList: {},
      AWSManagedRulesKnownBadInputsRuleSet: {},
      AWSManagedRulesCommonRuleSet: { ruleActions: { SizeRestrictions_BODY: "count" } },
      AWSManagedRulesSQLiRuleSet: { mode: "count" },
    },
    rateLimit: { requests: 1000, windowInSeconds: 60 },
    blockAddresses: ["198.51.100.0/24"],
    logs: { retentionInDays: 90, requests: "matched" },
  });
  return app;
});
