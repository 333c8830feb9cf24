import { FARGATE_CAPABILITIES } from "../capabilities";
import { type ContainerSpec, containerProblems, type Known, portsOf, type SecretSource } from "../container-spec";
import { type Problem, problemAt, quote, quoteAll } from "../problem";

/** The kubelet's own port, which it shares with the pod on Fargate. Source: EKS User Guide, "metrics-server". */
const KUBELET_PORT = 10250;

const POD_FIELD =
  /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const CAPABILITIES: ReadonlySet<string> = new Set(FARGATE_CAPABILITIES);

/** What is wrong with one container of a pod on EKS Fargate, apart from the others and the volumes. */
export function eksContainerProblems(container: ContainerSpec, known: Known = () => true): Problem[] {
  const called = `container ${quote(container.name)}`;
  return [
    ...containerProblems(container, known),
    ...variableProblems(container, called, known),
    ...portProblems(container, called),
    ...mountProblems(container, called),
    ...(container.addCapabilities ?? []).flatMap((capability) =>
      problemAt(
        ["addCapabilities"],
        CAPABILITIES.has(capability)
          ? undefined
          : `'addCapabilities' of ${called} must hold capabilities that Fargate allows (${quoteAll(CAPABILITIES)}), got ${quote(capability)}; drop it, or run the pods on nodes`,
      ),
    ),
  ];
}

function variableProblems({ podFields = {}, secrets = {} }: ContainerSpec, called: string, known: Known): Problem[] {
  return [
    ...Object.entries(podFields).flatMap(([name, field]) =>
      problemAt(
        ["podFields", name],
        POD_FIELD.test(field)
          ? undefined
          : `'podFields' of ${called} must hold fields that Kubernetes gives to variables, like "metadata.name", "spec.nodeName" or "status.podIP", got ${quote(field)} for ${quote(name)}`,
      ),
    ),
    ...Object.entries(secrets).flatMap(([name, source]) => sourceProblems(name, source, called, known)),
  ];
}

function sourceProblems(name: string, source: SecretSource, called: string, known: Known): Problem[] {
  if (!("secretName" in source)) {
    const store = "secretArn" in source ? "AWS Secrets Manager" : "Parameter Store";
    return [
      {
        at: ["secrets", name],
        message: `secret ${quote(name)} of ${called} is kept in ${store}, and a variable of a pod on Fargate can hold a key of a Kubernetes Secret alone, as Fargate runs no driver that reads other stores; give { secretName, key } of a Secret that something like External Secrets copies it into, or let the program read it with a role of its own (IRSA)`,
      },
    ];
  }
  return problemAt(
    ["secrets", name, "key"],
    !known(source.key) || SECRET_KEY.test(source.key)
      ? undefined
      : `'key' of secret ${quote(name)} of ${called} must be a key of a Kubernetes Secret (letters, digits, "-", "_" and "."), got ${quote(source.key)}`,
  );
}

function portProblems(container: ContainerSpec, called: string): Problem[] {
  return portsOf(container).flatMap(([name, { port, protocol }]) =>
    problemAt(
      ["ports", name],
      port === KUBELET_PORT && protocol === "TCP"
        ? `port ${quote(name)} of ${called} must not be ${KUBELET_PORT}, on which the kubelet listens, with which a pod on Fargate shares its address; use another, such as ${KUBELET_PORT + 1}`
        : undefined,
    ),
  );
}

function mountProblems({ mounts = {} }: ContainerSpec, called: string): Problem[] {
  return Object.entries(mounts).flatMap(([path, { subPath }]) =>
    problemAt(
      ["mounts", path, "subPath"],
      subPath === undefined || !(subPath.startsWith("/") || subPath.split("/").includes(".."))
        ? undefined
        : `'subPath' of mount ${quote(path)} of ${called} must be a relative path without "..", got ${quote(subPath)}`,
    ),
  );
}
