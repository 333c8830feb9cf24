import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { addresses, appInMemory, synth } from "../../support/stack";

function build(ecs: string) {
  return withoutStackTraces(() => {
    const settings = parseEcsSettings(
      `name: shop\nregion: eu-west-1\naccount: "111122223333"\necs:\n${ecs}`,
      "ecs.yaml",
    );
    const text = synth(new EcsStack(appInMemory(), "shop-ecs", settings));
    return { text, outputs: (JSON.parse(text) as { output: Record<string, { value: unknown }> }).output };
  });
}

const container = (image: string) => `{ name: web, image: ${image}, cpu: 250m, memory: 512Mi, ports: { http: 8080 } }`;

describe("Lightsail in the stack", () => {
  test("is there without a VPC, and says where it answers", () => {
    const { text, outputs } = build(`  lightsail:\n    site: { containers: [${container("nginx:1.29")}] }\n`);
    expect(addresses(text)).toEqual([
      "aws_lightsail_container_service.lightsail-site_service",
      "aws_lightsail_container_service_deployment_version.lightsail-site_deployment",
    ]);
    expect(outputs).toEqual({
      lightsail_urls: {
        description: "Where the services of Lightsail answer, by key",
        value: { site: "${aws_lightsail_container_service.lightsail-site_service.url}" },
      },
    });
  });

  test("is let into the repositories of the settings that its images name, and tells the records of a certificate", () => {
    const site = `site: { containers: [${container("{ repository: images, tag: v1 }")}], certificate: { domainName: site.example.com } }`;
    const { text, outputs } = build(`  lightsail:\n    ${site}\n  repositories: { images: {}, others: {} }\n`);
    expect(addresses(text).filter((address) => address.startsWith("aws_ecr_repository_policy."))).toEqual([
      "aws_ecr_repository_policy.lightsail-site_repository-images",
    ]);
    expect(outputs.lightsail_validation_records?.value).toEqual({
      site: "${aws_lightsail_certificate.lightsail-site_certificate.domain_validation_options}",
    });
  });
});
