import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

/** The emulator has no App Runner: what would be made is as far as this goes. */
describe("the app-runner example", () => {
  const stage = setStage();
  let terraform: Terraform;

  test("is valid Terraform", async () => {
    terraform = new Terraform(await stage.workspace.synthesizeExample("app-runner"), stage.emulator);
    await terraform.init();
    expect(await terraform.validate()).toContain("The configuration is valid");
  });

  test("plans to create and nothing else, and asks App Runner nothing", async () => {
    const changes = await terraform.plan();
    expect(changes.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        "aws_apprunner_auto_scaling_configuration_version.shop_scaling",
        "aws_apprunner_observability_configuration.shop_tracing",
        "aws_apprunner_service.shop_service",
        "aws_apprunner_vpc_connector.shop_egress_connector",
        "aws_iam_role.shop_roles_access",
        "aws_iam_role.shop_roles_instance",
        "output.url",
      ]),
    );
    expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
    expect(await stage.emulator.unknownActions()).toEqual([]);
  });

  test("would run the container as it says, on an instance that has what it asks for", async () => {
    const planned = await terraform.plannedValues();
    expect(planned["aws_apprunner_service.shop_service"]).toMatchObject({
      service_name: "shop-front",
      instance_configuration: [{ cpu: "512", memory: "1024" }],
      health_check_configuration: [{ protocol: "HTTP", path: "/health", interval: 10, unhealthy_threshold: 3 }],
      network_configuration: [
        {
          egress_configuration: [{ egress_type: "VPC" }],
          ingress_configuration: [{ is_publicly_accessible: true }],
        },
      ],
      source_configuration: [
        {
          auto_deployments_enabled: false,
          image_repository: [
            {
              image_identifier: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/front:1.4.2",
              image_repository_type: "ECR",
              image_configuration: [
                {
                  port: "8080",
                  runtime_environment_variables: { CATALOG_URL: "http://catalog.internal:8080" },
                  runtime_environment_secrets: {
                    DATABASE_PASSWORD:
                      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf:password::",
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(planned["aws_apprunner_auto_scaling_configuration_version.shop_scaling"]).toMatchObject({
      max_concurrency: 80,
      min_size: 1,
      max_size: 4,
    });
  });

  test("would let App Runner read the image and the secret, and nothing else", async () => {
    const planned = await terraform.plannedValues();
    const policyOf = (address: string) =>
      JSON.parse((planned[address] as { policy: string }).policy) as { Statement: { Resource: string }[] };
    const resources = ["access-policy-image", "instance-policy-secrets"].flatMap((name) =>
      policyOf(`aws_iam_role_policy.shop_roles_${name}`).Statement.map(({ Resource }) => Resource),
    );
    expect(resources).toEqual([
      "arn:aws:ecr:eu-west-1:111122223333:repository/shop/front",
      "*",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf",
    ]);
  });
});
