import {
  amountsOf,
  type ContainerSpec,
  containerProblems,
  containerWarnings,
  portsOf,
} from "../../src/model/container-spec";
import { containerSpec, FULL_TEMPLATE } from "../support/pod-templates";

function problems(spec: Partial<ContainerSpec>) {
  return containerProblems(containerSpec(spec)).map(({ at, message }) => [at.join("."), message]);
}

describe("a container", () => {
  test("may say little or all", () => {
    expect(problems({})).toEqual([]);
    expect(FULL_TEMPLATE.containers.flatMap((container) => containerProblems(container))).toEqual([]);
  });

  test("is called by a Kubernetes name", () => {
    expect(problems({ name: "My_App" })).toEqual([
      [
        "name",
        `'name' of a container, wherever it runs, must be a Kubernetes name (1 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit), got "My_App"`,
      ],
    ]);
  });

  test("has an image that a registry can have", () => {
    expect(problems({ image: "https://nginx" })).toEqual([
      [
        "image",
        `'image' of container "app" must be the name of an image, like "public.ecr.aws/nginx/nginx:1.29", got "https://nginx"; leave out the scheme, and write the repository in lower case`,
      ],
    ]);
  });

  test("is not asked for what Terraform alone knows", () => {
    const token = "${aws_ecr_repository.app.repository_url}";
    const spec = containerSpec({ image: token, secrets: { A: { secretName: "a", key: token } } });
    expect(containerProblems(spec, (value) => value !== token)).toEqual([]);
    expect(containerWarnings(spec, (value) => value !== token)).toEqual([]);
  });

  test.each([0, 1000, 2_147_483_647])("may run as user %d", (user) => {
    expect(problems({ user, group: user })).toEqual([]);
  });

  test.each([-1, 1.5, 2_147_483_648, Number.NaN])("may not run as user %d", (user) => {
    expect(problems({ user })).toEqual([
      ["user", `'user' of container "app" must be a whole number from 0 to 2147483647, got ${user}`],
    ]);
  });

  test("has probes of its own ports", () => {
    const [[at] = []] = problems({ ports: { http: 8080 }, liveness: { http: { port: "web" } } });
    expect(at).toBe("liveness.http.port");
    expect(problems({ ports: { dns: { port: 53, protocol: "UDP" } }, readiness: { tcp: { port: 53 } } })).toHaveLength(
      1,
    );
  });
});

describe("amounts", () => {
  test("are read in all of Kubernetes' spellings, and written in one", () => {
    const { cpu, memory, ephemeralStorage } = amountsOf(
      containerSpec({ cpu: "1.5", memory: "1024Mi", ephemeralStorage: "30e9" }),
    );
    expect([cpu, memory, ephemeralStorage].map(String)).toEqual(["1500m", "1Gi", "30G"]);
  });

  test.each(["", "0", "-1", "a lot", "250 m"])("of CPU may not be %j", (cpu) => {
    expect(problems({ cpu })).toEqual([
      [
        "cpu",
        `'cpu' of container "app" must be a Kubernetes quantity above 0, like "250m" or "1", got ${JSON.stringify(cpu)}`,
      ],
    ]);
  });

  test("of memory are bytes where they have no unit", () => {
    expect(problems({ memory: "512" })).toEqual([
      [
        "memory",
        `'memory' of container "app" must be a Kubernetes quantity of at least 1Mi, like "512Mi" or "2Gi", got "512", which are bytes; 512 MiB are "512Mi"`,
      ],
    ]);
  });

  test.each(["", "0", "512m", "1GB"])("of memory may not be %j", (memory) => {
    expect(problems({ memory })).toEqual([
      [
        "memory",
        `'memory' of container "app" must be a Kubernetes quantity of at least 1Mi, like "512Mi" or "2Gi", got ${JSON.stringify(memory)}`,
      ],
    ]);
  });

  test("of ephemeral storage are quantities", () => {
    expect(problems({ ephemeralStorage: "30 GB" })).toEqual([
      [
        "ephemeralStorage",
        `'ephemeralStorage' of container "app" must be a Kubernetes quantity above 0, like "30Gi", got "30 GB"`,
      ],
    ]);
  });
});

describe("ports", () => {
  test("are listed by name, with their protocols", () => {
    expect(portsOf(containerSpec({ ports: { web: 8080, dns: { port: 5353, protocol: "UDP" } } }))).toEqual([
      ["dns", { port: 5353, protocol: "UDP" }],
      ["web", { port: 8080, protocol: "TCP" }],
    ]);
  });

  test.each(["http", "a", "http-2", "1a"])("may be called %j", (name) => {
    expect(problems({ ports: { [name]: 8080 } })).toEqual([]);
  });

  test.each(["", "HTTP", "80", "http--2", "-http", "a-name-of-16-chs"])("may not be called %j", (name) => {
    expect(problems({ ports: { [name]: 8080 } })).toEqual([
      [
        `ports.${name}`,
        `'ports' of container "app", wherever it runs, must have names of 1 to 15 lower-case letters, digits and single "-", with a letter among them, got ${JSON.stringify(name)}`,
      ],
    ]);
  });

  test.each([0, 65_536, 80.5])("may not be %d", (port) => {
    expect(problems({ ports: { http: port } })).toEqual([
      ["ports.http", `port "http" of container "app" must be a whole number from 1 to 65535, got ${port}`],
    ]);
  });

  test("are each there once", () => {
    expect(problems({ ports: { b: 8080, a: 8080 } })).toEqual([
      ["ports.b", `ports "a" and "b" of container "app" are both 8080; keep one`],
    ]);
    expect(problems({ ports: { dns: 5353, "dns-udp": { port: 5353, protocol: "UDP" } } })).toEqual([]);
  });

  test("below 1024 may be root's", () => {
    expect(containerWarnings(containerSpec({ ports: { http: 80 } }))).toEqual([
      `port "http" of container "app" is 80, and a user other than root may not be able to listen below 1024; let the image listen on another, such as 8080`,
    ]);
    expect(containerWarnings(containerSpec({ ports: { http: 80 }, user: 0 }))).toEqual([]);
    expect(containerWarnings(containerSpec({ ports: { http: 1024 } }))).toEqual([]);
  });
});

describe("environment variables", () => {
  test.each(["A", "_a", "spring.profile", "a-b"])("may be called %j", (name) => {
    expect(problems({ environment: { [name]: "" } })).toEqual([]);
  });

  test.each(["", "1A", "A B", "A=B"])("may not be called %j", (name) => {
    expect(problems({ environment: { [name]: "x" } })).toEqual([
      [
        `environment.${name}`,
        `'environment' of container "app" must have names of letters, digits, "_", "-" and ".", not beginning with a digit, got ${JSON.stringify(name)}`,
      ],
    ]);
  });

  test("have one source", () => {
    expect(problems({ environment: { A: "1" }, secrets: { A: { secretName: "a", key: "a" } } })).toEqual([
      ["secrets.A", `variable "A" of container "app" stands in 'environment' and in 'secrets'; keep one`],
    ]);
    expect(problems({ environment: { A: "1" }, podFields: { A: "metadata.name" } }).map(([at]) => at)).toEqual([
      "podFields.A",
    ]);
  });
});

describe("mounts", () => {
  test.each(["tmp", "", "/a:b"])("may not be on %j", (path) => {
    expect(problems({ mounts: { [path]: { volume: "v" } } })).toEqual([
      [
        `mounts.${path}`,
        `'mounts' of container "app" must have absolute paths without ":", like "/var/cache", got ${JSON.stringify(path)}`,
      ],
    ]);
  });
});
