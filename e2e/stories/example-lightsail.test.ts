import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

/** The emulator has no Lightsail: what would be made is as far as this goes. */
describe("the lightsail example", () => {
  const stage = setStage();
  let terraform: Terraform;

  test("is valid Terraform", async () => {
    terraform = new Terraform(await stage.workspace.synthesizeExample("lightsail"), stage.emulator);
    await terraform.init();
    expect(await terraform.validate()).toContain("The configuration is valid");
  });

  test("plans to create and nothing else, and asks Lightsail nothing", async () => {
    const changes = await terraform.plan();
    expect(changes.map(({ address }) => address).sort()).toEqual([
      "aws_lightsail_certificate.site_certificate",
      "aws_lightsail_container_service.site_service",
      "aws_lightsail_container_service_deployment_version.site_deployment",
      "output.url",
      "output.validation_records",
    ]);
    expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
    expect(await stage.emulator.unknownActions()).toEqual([]);
  });

  test("would run both containers on two nodes that have what they ask for together, and show the website", async () => {
    const planned = await terraform.plannedValues();
    expect(planned["aws_lightsail_container_service.site_service"]).toMatchObject({
      name: "site",
      power: "small",
      scale: 2,
      is_disabled: false,
      public_domain_names: [],
    });
    const deployment = planned["aws_lightsail_container_service_deployment_version.site_deployment"];
    expect(deployment).toMatchObject({
      container: expect.arrayContaining([
        expect.objectContaining({ container_name: "web", ports: { "8080": "HTTP" } }),
        expect.objectContaining({
          container_name: "cache",
          command: ["redis-server", "--maxmemory", "200mb"],
          ports: { "6379": "TCP" },
        }),
      ]),
      public_endpoint: [{ container_name: "web", container_port: 8080, health_check: [{ success_codes: "200-399" }] }],
    });
    expect(planned["aws_lightsail_certificate.site_certificate"]).toMatchObject({
      name: "site-certificate",
      domain_name: "site.example.com",
    });
  });
});
