import type { ContainerSpec } from "../../../src/model/container-spec";
import { eksContainerProblems } from "../../../src/model/homes/eks-container";
import { containerSpec, FULL_TEMPLATE } from "../../support/pod-templates";

function problems(spec: Partial<ContainerSpec>) {
  return eksContainerProblems(containerSpec(spec)).map(({ at, message }) => [at.join("."), message]);
}

describe("a container on EKS Fargate", () => {
  test("may say all that a container can", () => {
    expect(FULL_TEMPLATE.containers.flatMap((container) => eksContainerProblems(container))).toEqual([]);
  });

  test("is held to what is true in every home", () => {
    expect(problems({ image: "https://nginx" }).map(([at]) => at)).toEqual(["image"]);
  });

  test("is not asked for keys that Terraform alone knows", () => {
    const token = "${random_id.key.hex}";
    const spec = containerSpec({ secrets: { A: { secretName: "a", key: token } } });
    expect(eksContainerProblems(spec, (value) => value !== token)).toEqual([]);
  });

  test("adds only capabilities that Fargate allows", () => {
    expect(problems({ addCapabilities: ["NET_BIND_SERVICE"] })).toEqual([]);
    expect(problems({ addCapabilities: ["SYS_ADMIN" as "CHOWN"] })).toEqual([
      [
        "addCapabilities",
        `'addCapabilities' of container "app" must hold capabilities that Fargate allows ("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"), got "SYS_ADMIN"; drop it, or run the pods on nodes`,
      ],
    ]);
  });

  test("does not listen on the kubelet's port", () => {
    expect(problems({ ports: { metrics: 10_250 } })).toEqual([
      [
        "ports.metrics",
        `port "metrics" of container "app" must not be 10250, on which the kubelet listens, with which a pod on Fargate shares its address; use another, such as 10251`,
      ],
    ]);
    expect(problems({ ports: { metrics: { port: 10_250, protocol: "UDP" } } })).toEqual([]);
  });

  test("has variables with keys that a Secret can have", () => {
    expect(problems({ secrets: { A: { secretName: "a", key: "a/b" } } })).toEqual([
      [
        "secrets.A.key",
        `'key' of secret "A" of container "app" must be a key of a Kubernetes Secret (letters, digits, "-", "_" and "."), got "a/b"`,
      ],
    ]);
  });

  test.each([
    [
      "Secrets Manager",
      "AWS Secrets Manager",
      { secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf" },
    ],
    ["Parameter Store", "Parameter Store", { parameterArn: "arn:aws:ssm:eu-west-1:111122223333:parameter/a" }],
  ])("has no variables from %s", (_, store, source) => {
    expect(problems({ secrets: { A: source } })).toEqual([
      [
        "secrets.A",
        `secret "A" of container "app" is kept in ${store}, and a variable of a pod on Fargate can hold a key of a Kubernetes Secret alone, as Fargate runs no driver that reads other stores; give { secretName, key } of a Secret that something like External Secrets copies it into, or let the program read it with a role of its own (IRSA)`,
      ],
    ]);
  });

  test.each(["metadata.name", "metadata.labels['app']", "status.hostIPs", "spec.serviceAccountName"])(
    "may have the field %s",
    (field) => {
      expect(problems({ podFields: { A: field } })).toEqual([]);
    },
  );

  test("has no field that Kubernetes does not give", () => {
    expect(problems({ podFields: { A: "status.phase" } })).toEqual([
      [
        "podFields.A",
        `'podFields' of container "app" must hold fields that Kubernetes gives to variables, like "metadata.name", "spec.nodeName" or "status.podIP", got "status.phase" for "A"`,
      ],
    ]);
  });

  test.each(["/a", "a/../b", ".."])("mounts no the path %j of a volume", (subPath) => {
    expect(problems({ mounts: { "/a": { volume: "v", subPath } } })).toEqual([
      [
        "mounts./a.subPath",
        `'subPath' of mount "/a" of container "app" must be a relative path without "..", got ${JSON.stringify(subPath)}`,
      ],
    ]);
  });
});
