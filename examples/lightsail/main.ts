/** Two containers on Lightsail that share each node: a website, and the cache that it asks on localhost. */
import { App, TerraformOutput } from "cdktf";
import { PlatformStack, synthesize } from "cdktf-eks-fargate";
import { LightsailContainerService } from "cdktf-eks-fargate/ecs";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "lightsail", { region: "eu-west-1", backend: { type: "local" } });

  const service = new LightsailContainerService(stack, "site", {
    serviceName: "site",
    containers: [
      {
        name: "web",
        image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
        cpu: "300m",
        memory: "512Mi",
        ports: { http: 8080 },
        environment: { CACHE_ADDRESS: "localhost:6379" },
        readiness: { http: { port: "http" } },
      },
      {
        name: "cache",
        image: "public.ecr.aws/docker/library/redis:7.4-alpine",
        args: ["redis-server", "--maxmemory", "200mb"],
        cpu: "200m",
        memory: "256Mi",
        ports: { redis: 6379 },
      },
    ],
    publicEndpoint: { container: "web" },
    certificate: { domainName: "site.example.com" },
  });
  new TerraformOutput(stack, "url", { description: "Where the site answers", value: service.url });
  new TerraformOutput(stack, "validation_records", {
    description: "Records that the certificate waits for; once they stand in DNS, set 'attached'",
    value: service.validationRecords,
  });
  return app;
});
