import { dnsLabelProblem, labelProblems } from "./kubernetes-names";
import { portNameProblem, portNumberProblem, portProblem, serviceNameProblem } from "./load-balancing";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";

/** A port on which pods are reached by the name of their Service. */
export interface ServicePort {
  readonly port: number;
  /** Port of the pods, by its number or its name. @default - the same number */
  readonly targetPort?: number | string;
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
}

/** A name in the cluster, `<name>.<namespace>`, behind which pods take requests. */
export interface ServiceSpec {
  readonly namespace: string;
  readonly name: string;
  /** Labels of the pods that take the requests. */
  readonly selector: Readonly<Record<string, string>>;
  /** Ports by name. */
  readonly ports: Readonly<Record<string, ServicePort>>;
  /** Whether the name stands for the pods' own addresses, as a StatefulSet needs it. @default false */
  readonly headless?: boolean;
}

type Known = (value: string) => boolean;

/** What is wrong with a Service. */
export function serviceProblems(spec: ServiceSpec, known: Known = () => true): Problem[] {
  return [
    ...problemAt(["namespace"], known(spec.namespace) ? dnsLabelProblem("'namespace'", spec.namespace) : undefined),
    ...problemAt(["name"], serviceNameProblem("'name'", spec.name)),
    ...selectorProblems(spec.selector),
    ...servicePortProblems(spec.ports),
    ...headlessProblems(spec),
  ];
}

/** What is wrong with the labels by which a Service finds its pods. */
export function selectorProblems(selector: ServiceSpec["selector"]): Problem[] {
  return [
    ...problemAt(
      ["selector"],
      Object.keys(selector).length > 0 ? undefined : "'selector' must hold at least one label of the pods, got none",
    ),
    ...under("selector", labelProblems(selector)),
  ];
}

/** What is wrong with the ports of a Service. */
export function servicePortProblems(ports: ServiceSpec["ports"]): Problem[] {
  const entries = Object.entries(ports);
  if (entries.length === 0) {
    return problemAt(["ports"], "'ports' must hold at least one port, got none");
  }
  return entries.flatMap(([name, { port, targetPort, protocol = "TCP" }], index) => {
    const twin = entries
      .slice(0, index)
      .find(([, other]) => other.port === port && (other.protocol ?? "TCP") === protocol);
    return under(
      ["ports", name],
      [
        ...problemAt([], portNameProblem("the name of a port", name)),
        ...problemAt(["port"], portNumberProblem("'port'", port)),
        ...problemAt(["targetPort"], targetPort === undefined ? undefined : portProblem("'targetPort'", targetPort)),
        ...problemAt(
          ["protocol"],
          ["TCP", "UDP"].includes(protocol) ? undefined : `'protocol' must be "TCP" or "UDP", got ${quote(protocol)}`,
        ),
        ...problemAt(
          ["port"],
          twin === undefined
            ? undefined
            : `ports ${quoteAll([twin[0], name])} are both ${port} over ${protocol}; give each a number of its own`,
        ),
      ],
    );
  });
}

/**
 * Whoever calls a pod by its own address calls its own port, and nobody translates.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec
 */
function headlessProblems({ headless = false, ports }: ServiceSpec): Problem[] {
  return Object.entries(ports).flatMap(([name, { port, targetPort = port }]) =>
    problemAt(
      ["ports", name, "targetPort"],
      headless && targetPort !== port
        ? `'targetPort' of port ${quote(name)} must be left out, got ${quote(targetPort)}: the name of a headless Service leads to the pods themselves; give 'port' the number that they listen on`
        : undefined,
    ),
  );
}
