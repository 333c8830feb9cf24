import type { BeanstalkOptions } from "../../src/model/beanstalk";
import { dockerrunJson } from "../../src/model/beanstalk-bundle";
import type { ContainerSpec } from "../../src/model/container-spec";
import { MINIMAL, WEB, WORKER } from "../support/beanstalk";

describe("the bundle of a version", () => {
  const bundle = (options: Partial<BeanstalkOptions>, executionRoleArn?: string) =>
    JSON.parse(
      dockerrunJson({ ...MINIMAL, ...options }, { logGroupName: "/logs", region: "eu-west-1", executionRoleArn }),
    ) as { containerDefinitions: object[] };

  test("says which containers run, in ECS's words, hardened", () => {
    expect(bundle({})).toEqual({
      AWSEBDockerrunVersion: 2,
      containerDefinitions: [
        {
          name: "web",
          image: "public.ecr.aws/nginx/nginx:1.29",
          essential: true,
          cpu: 256,
          memory: 512,
          environment: [],
          portMappings: [{ hostPort: 80, containerPort: 8080, protocol: "tcp" }],
          mountPoints: [],
          readonlyRootFilesystem: true,
          linuxParameters: { capabilities: { drop: ["ALL"] }, initProcessEnabled: true },
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/logs", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web" },
          },
        },
      ],
    });
  });

  test("has everything that a container can say", () => {
    const web: ContainerSpec = {
      ...WEB,
      command: ["/bin/web"],
      args: ["serve"],
      workingDir: "/srv",
      user: 1000,
      group: 2000,
      addCapabilities: ["NET_BIND_SERVICE", "CHOWN"],
      environment: { B: "2", A: "1" },
      mounts: { "/tmp": { volume: "scratch" }, "/data": { volume: "data", readOnly: true } },
      readOnlyRootFilesystem: false,
      liveness: { exec: ["true"], timeoutSeconds: 5 },
    };
    const all = bundle(
      { containers: [web, WORKER], volumes: { scratch: {}, data: { hostPath: "/srv/data" } } },
      "role",
    );
    expect(all).toMatchObject({
      executionRoleArn: "role",
      volumes: [{ name: "data", host: { sourcePath: "/srv/data" } }, { name: "scratch" }],
    });
    expect(all.containerDefinitions[0]).toMatchObject({
      entryPoint: ["/bin/web"],
      command: ["serve"],
      workingDirectory: "/srv",
      user: "1000:2000",
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      links: ["worker"],
      mountPoints: [
        { sourceVolume: "data", containerPath: "/data", readOnly: true },
        { sourceVolume: "scratch", containerPath: "/tmp", readOnly: false },
      ],
      readonlyRootFilesystem: false,
      linuxParameters: { capabilities: { drop: ["ALL"], add: ["CHOWN", "NET_BIND_SERVICE"] } },
      healthCheck: { command: ["CMD", "true"], timeout: 5 },
    });
    expect(all.containerDefinitions[1]).not.toHaveProperty("portMappings");
    expect(all.containerDefinitions[1]).not.toHaveProperty("links");
  });
});
