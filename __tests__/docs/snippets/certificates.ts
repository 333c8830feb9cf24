import { App } from "cdktf";
import { PlatformStack, synthesize } from "cdktf-eks-fargate";
import { Certificate, HostedZone } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "names", { region: "eu-west-1", backend: { type: "local" } });

  const zone = HostedZone.fromAttributes({ zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" });
  new Certificate(stack, "certificate", {
    zone,
    domainName: "shop.example.com",
    subjectAlternativeNames: ["*.shop.example.com"],
  });

  new HostedZone(stack, "apps", { zoneName: "apps.example.com" });
  return app;
});
