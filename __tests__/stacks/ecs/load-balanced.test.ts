import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { appInMemory, resource, resources, synth } from "../../support/stack";

const TASK =
  "containers: [{ name: main, image: 'registry.example.com/main:1', cpu: 250m, memory: 512Mi, ports: { http: 8080 } }]";

function stackOf(ecs: string): string {
  const settings = parseEcsSettings(
    `name: shop
region: eu-west-1
account: "111122223333"
network: { zones: [eu-west-1a, eu-west-1b] }
ecs:
  cluster: { exec: false }
  hostedZones:
    main: { zoneName: example.com }
    inner: { zoneName: internal.example.com, private: true }
    other: { zoneName: example.org, zoneId: Z0123456789 }
  certificates: { main: { zone: main, domainName: example.com, subjectAlternativeNames: ["*.example.com"] } }
  webAcl: {}
${ecs}
  taskDefinitions: { api: { ${TASK} }, mail: { ${TASK} }, web: { ${TASK} } }
`,
    "ecs.yaml",
  );
  return synth(new EcsStack(appInMemory(), "shop-ecs", settings));
}

const outputs = (text: string): Record<string, { value: unknown }> => JSON.parse(text).output;

describe("load balancers of the stack", () => {
  const text = stackOf(`  loadBalancers:
    edge:
      scheme: internet-facing
      certificate: main
      domainNames: { shop.example.com: main, shop.example.org: other }
      webAcl: true
    ports: { type: network }
  services:
    api: { loadBalancer: { shared: edge, targets: { api: { conditions: { paths: [/api/*] } } } } }
    mail: { loadBalancer: { shared: ports, targets: { mail: { listenerPort: 25 } } } }
    web:
      loadBalancer:
        plainHttp: true
        furtherCertificateArns: {}
        domainNames: { web.internal.example.com: inner }
        targets: { web: {} }`);

  test("are called by their own keys and by those of their services", () => {
    expect(Object.values(resources(text, Lb)).map(({ name }) => name)).toEqual(["shop-edge", "shop-ports", "shop-web"]);
    expect(Object.keys(resources(text, LbListenerRule))).toHaveLength(2);
  });

  test("have the certificates, zones and the web ACL that their keys stand for", () => {
    expect(Object.values(resources(text, Route53Zone)).map(({ name }) => name)).toEqual([
      "internal.example.com",
      "example.com",
    ]);
    expect(
      Object.values(resources(text, Route53Record))
        .filter(({ type }) => type === "A")
        .map(({ name, zone_id }) => [name, zone_id]),
    ).toEqual([
      ["shop.example.com", expect.stringContaining("zone-main")],
      ["shop.example.org", "Z0123456789"],
      ["web.internal.example.com", expect.stringContaining("zone-inner")],
    ]);
    expect(resource(text, Wafv2WebAcl)).toMatchObject({ name: "shop-ecs" });
  });

  test("tell where clients find each service, and what the zones above need", () => {
    const told = outputs(text);
    expect(told.api_url?.value).toBe("https://shop.example.com");
    expect(told.web_url?.value).toBe("http://web.internal.example.com");
    expect(told.mail_url?.value).toMatch(/^tcp:\/\/.*:25$/);
    expect(Object.keys(told)).toEqual(expect.arrayContaining(["certificate_arns", "name_servers", "web_acl_arn"]));
  });
});
