import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { LightsailCertificate } from "@cdktf/provider-aws/lib/lightsail-certificate";
import { LightsailContainerService as AwsLightsailContainerService } from "@cdktf/provider-aws/lib/lightsail-container-service";
import { LightsailContainerServiceDeploymentVersion } from "@cdktf/provider-aws/lib/lightsail-container-service-deployment-version";
import { ContainerRepository } from "../../../src/constructs/ecs/container-repository";
import {
  LightsailContainerService,
  type LightsailContainerServiceProps,
} from "../../../src/constructs/serverless/lightsail-container-service";
import {
  ACCOUNT,
  addresses,
  refusal,
  resolved,
  resource,
  stackFor,
  statements,
  synth,
  warnings,
} from "../../support/stack";

const WEB = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};
const CACHE = {
  name: "cache",
  image: "redis:7.4",
  args: ["--save", "60 1"],
  environment: { A: "$$(B)" },
  cpu: "250m",
  memory: "256Mi",
  ports: { redis: 6379, gossip: { port: 6380, protocol: "UDP" as const } },
};

function build(props: Partial<LightsailContainerServiceProps> = {}, region = "eu-west-1") {
  const stack = stackFor(region);
  const service = new LightsailContainerService(stack, "web", {
    serviceName: "shop-web",
    containers: [WEB],
    ...props,
  });
  return { stack, service, text: synth(stack) };
}

describe("LightsailContainerService", () => {
  test("runs a container on two of the smallest nodes, and lets everybody reach its port", () => {
    const { text, stack, service } = build();
    expect(addresses(text)).toEqual([
      "aws_lightsail_container_service.web_service",
      "aws_lightsail_container_service_deployment_version.web_deployment",
    ]);
    expect(resource(text, AwsLightsailContainerService)).toEqual({
      name: "shop-web",
      power: "nano",
      scale: 2,
      is_disabled: false,
    });
    expect(resource(text, LightsailContainerServiceDeploymentVersion)).toEqual({
      service_name: "${aws_lightsail_container_service.web_service.name}",
      container: [{ container_name: "web", image: WEB.image, ports: { "8080": "HTTP" } }],
      public_endpoint: {
        container_name: "web",
        container_port: 8080,
        health_check: {
          path: "/",
          interval_seconds: 5,
          timeout_seconds: 2,
          healthy_threshold: 2,
          unhealthy_threshold: 2,
          success_codes: "200-499",
        },
      },
    });
    expect(service.imagePullerRoleArn).toBeUndefined();
    expect(service.validationRecords).toBeUndefined();
    expect(warnings(stack)).toEqual([]);
  });

  test("runs several on each node, in an order that theirs leaves no trace in", () => {
    const readiness = { http: { port: "http", path: "/health" }, periodSeconds: 10 };
    const containers = [{ ...WEB, readiness }, CACHE];
    const options = { power: "large", scale: 20, disabled: true, publicEndpoint: { container: "web" } } as const;
    const { text } = build({ ...options, containers });
    expect(resource(text, AwsLightsailContainerService)).toMatchObject({
      power: "large",
      scale: 20,
      is_disabled: true,
    });
    expect(resource(text, LightsailContainerServiceDeploymentVersion)).toMatchObject({
      container: [
        {
          container_name: "cache",
          image: "redis:7.4",
          command: ["--save", "60 1"],
          environment: { A: "$(B)" },
          ports: { "6379": "TCP", "6380": "UDP" },
        },
        { container_name: "web" },
      ],
      public_endpoint: {
        container_name: "web",
        health_check: { path: "/health", interval_seconds: 10, success_codes: "200-399" },
      },
    });
    expect(build({ ...options, containers: [...containers].reverse() }).text).toBe(text);
  });

  test("may be reached by nobody", () => {
    const { text } = build({ publicEndpoint: false });
    expect(resource(text, LightsailContainerServiceDeploymentVersion)).toEqual({
      service_name: expect.anything(),
      container: [{ container_name: "web", image: WEB.image, ports: { "8080": "TCP" } }],
    });
  });

  test("has a role to pull from private repositories, each of which lets it in before it deploys", () => {
    const stack = stackFor();
    const repository = new ContainerRepository(stack, "images", { repositoryName: "shop/web" });
    const service = new LightsailContainerService(stack, "web", {
      serviceName: "shop-web",
      containers: [{ ...WEB, image: repository.image("v1") }],
      repositories: { web: repository },
    });
    const text = synth(stack);
    expect(text).toHaveResourceWithProperties(AwsLightsailContainerService, {
      private_registry_access: { ecr_image_puller_role: { is_active: true } },
    });
    expect(service.imagePullerRoleArn).toBeDefined();
    expect(statements(resource(text, EcrRepositoryPolicy).policy)).toEqual([
      {
        Sid: "Lightsail",
        Effect: "Allow",
        Principal: {
          AWS: "${aws_lightsail_container_service.web_service.private_registry_access[0].ecr_image_puller_role[0].principal_arn}",
        },
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      },
    ]);
    expect(resource(text, LightsailContainerServiceDeploymentVersion).depends_on).toEqual([
      "aws_ecr_repository_policy.web_repository-web",
    ]);
  });

  test("has the role too when somebody else lets it in", () => {
    const image = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1`;
    const { stack, service } = build({ containers: [{ ...WEB, image }] });
    expect(resolved(stack, service.imagePullerRoleArn)).toMatch(
      /^\$\{aws_lightsail_container_service\.web_service\..*principal_arn\}$/,
    );
  });

  test("has a certificate, and answers by its domains once that is attached", () => {
    const certificate = {
      domainName: "shop.example.com",
      subjectAlternativeNames: ["www.example.com", "a.example.com"],
    };
    const { stack, text, service } = build({ certificate });
    expect(resource(text, LightsailCertificate)).toEqual({
      name: "shop-web-certificate",
      domain_name: "shop.example.com",
      subject_alternative_names: ["shop.example.com", "a.example.com", "www.example.com"],
    });
    expect(resolved(stack, service.validationRecords)).toBe(
      "${aws_lightsail_certificate.web_certificate.domain_validation_options}",
    );
    expect(resource(text, AwsLightsailContainerService)).not.toHaveProperty("public_domain_names");
    const attached = build({ certificate: { ...certificate, attached: true } });
    expect(attached.text).toHaveResourceWithProperties(AwsLightsailContainerService, {
      public_domain_names: {
        certificate: [
          {
            certificate_name: "${aws_lightsail_certificate.web_certificate.name}",
            domain_names: ["shop.example.com", "a.example.com", "www.example.com"],
          },
        ],
      },
    });
  });

  test("warns of a power that was read in one place only", () => {
    expect(warnings(build({ power: "xlarge" }).stack)).toEqual([
      expect.stringMatching(/^\[test\/web\] what power "xlarge" has and costs was read in one place only/),
    ]);
  });

  test.each(["cn-north-1", "us-gov-west-1"])("is refused in %s, whose partition has no Lightsail", (region) => {
    expect(refusal(() => build({}, region))).toContain(
      `[test/web] Lightsail must be in a Region of partition "aws", got "${region}"`,
    );
  });

  test("refuses everything at once that Lightsail cannot do", () => {
    const containers = [{ ...WEB, cpu: "1", secrets: { TOKEN: { secretArn: "x" } } }];
    expect(refusal(() => build({ serviceName: "Shop", containers, power: "nano", scale: 0 })).split("\n")).toEqual([
      expect.stringMatching(/^\[test\/web\] the name of an Amazon Lightsail container service/),
      expect.stringContaining("Lightsail has variables in plain text alone"),
      expect.stringContaining(`'power' "nano" has 250m of CPU`),
      expect.stringContaining("'scale'"),
    ]);
  });
});
