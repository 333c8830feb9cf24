import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { addresses, appInMemory, synth } from "../../support/stack";

function build(ecs: string, network = "") {
  return withoutStackTraces(() => {
    const settings = parseEcsSettings(
      `name: shop\nregion: eu-west-1\naccount: "111122223333"\n${network}ecs:\n${ecs}`,
      "ecs.yaml",
    );
    const text = synth(new EcsStack(appInMemory(), "shop-ecs", settings));
    return { text, outputs: (JSON.parse(text) as { output: Record<string, { value: unknown }> }).output };
  });
}

const container = (image: string) =>
  `container: { name: web, image: ${image}, cpu: 250m, memory: 512Mi, ports: { http: 8080 } }`;
const PUBLIC = container('"public.ecr.aws/nginx/nginx:1.29"');

describe("App Runner in the stack", () => {
  test("is there without a VPC, and says where it answers", () => {
    const { text, outputs } = build(`  appRunner:\n    web: { ${PUBLIC} }\n`);
    expect(addresses(text)).toEqual([
      "aws_apprunner_auto_scaling_configuration_version.app-runner-web_scaling",
      "aws_apprunner_service.app-runner-web_service",
      "aws_iam_role.app-runner-web_roles_instance",
    ]);
    expect(outputs).toEqual({
      app_runner_urls: {
        description: "Where the services of App Runner answer, by key",
        value: { web: "https://${aws_apprunner_service.app-runner-web_service.service_url}/" },
      },
    });
  });

  test("may lie in the VPC, pull from a repository of the settings and do what it is let", () => {
    const service = `web: { ${container("{ repository: images, tag: v1 }")}, egress: vpc, policy: [{ actions: ["s3:GetObject"], resources: ["*"] }] }`;
    const { text } = build(
      `  appRunner:\n    ${service}\n  repositories: { images: {} }\n`,
      "network: { zones: [eu-west-1a, eu-west-1b] }\n",
    );
    expect(addresses(text)).toEqual(
      expect.arrayContaining([
        "aws_apprunner_vpc_connector.app-runner-web_egress_connector",
        "aws_iam_role.app-runner-web_roles_access",
        "aws_iam_role_policy.app-runner-web_roles_instance-policy-settings",
        "aws_vpc.vpc",
      ]),
    );
    expect(text).toContain(
      '"image_identifier": "${aws_ecr_repository.repository-images_repository.repository_url}:v1"',
    );
  });

  test("tells the records that its domains wait for", () => {
    const { outputs } = build(`  appRunner:\n    web: { ${PUBLIC}, domains: { shop.example.com: {} } }\n`);
    expect(outputs.app_runner_validation_records?.value).toEqual({
      "shop.example.com":
        "${aws_apprunner_custom_domain_association.app-runner-web_domain-shop_example_com_association.certificate_validation_records}",
    });
  });

  test("is the same in whatever order it is written", () => {
    const [a, b] = [`    a: { ${PUBLIC} }\n`, `    b: { ${PUBLIC} }\n`];
    expect(build(`  appRunner:\n${a}${b}`).text).toBe(build(`  appRunner:\n${b}${a}`).text);
  });
});
