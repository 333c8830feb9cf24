import { type ContainerSpec, containerProblems, type Known } from "../container-spec";
import { plainTextProblems } from "../plain-text-secret";
import { type Problem, problemAt, quote, under } from "../problem";
import { awsSecretProblems } from "../secret-source";
import { taskHealthCheckProblems } from "../task-health-check";
import { missingFeatures } from "./home-data";

const NO_KUBERNETES = "and Elastic Beanstalk has no Kubernetes";

/** What is wrong with a container for Elastic Beanstalk, apart from the others and the volumes. */
export function beanstalkContainerProblems(
  container: ContainerSpec,
  known: Known = () => true,
  plainText: readonly string[] = [],
): Problem[] {
  const called = `container ${quote(container.name)}`;
  return [
    ...containerProblems(container, known),
    ...missingFeatures("beanstalk", container, known),
    ...plainTextProblems({ ...container, plainText }, "everybody who may read the source bundle", known),
    ...secretProblems(container, called, known),
    ...livenessProblems(container),
    ...readinessProblems(container, called),
    ...mountProblems(container, called),
  ];
}

function secretProblems({ secrets = {} }: ContainerSpec, called: string, known: Known): Problem[] {
  return Object.entries(secrets)
    .filter(([, source]) => !("secretName" in source))
    .flatMap(([name, source]) =>
      under(["secrets", name], awsSecretProblems(source, `secret ${quote(name)} of ${called}`, NO_KUBERNETES, known)),
    );
}

/** The agent of ECS asks; what it cannot ask by at all is a missing feature. */
function livenessProblems({ readiness: _, liveness, ...container }: ContainerSpec): Problem[] {
  return liveness !== undefined && !("exec" in liveness)
    ? []
    : taskHealthCheckProblems({ ...container, ...(liveness === undefined ? {} : { liveness }) });
}

function readinessProblems({ readiness }: ContainerSpec, called: string): Problem[] {
  return [
    ...problemAt(
      ["readiness", "initialDelaySeconds"],
      (readiness?.initialDelaySeconds ?? 0) > 0
        ? `'readiness' of ${called} has 'initialDelaySeconds', and the load balancer of Elastic Beanstalk asks from the start; leave it out`
        : undefined,
    ),
    ...problemAt(
      ["readiness", "http", "scheme"],
      readiness !== undefined && "http" in readiness && readiness.http.scheme === "HTTPS"
        ? `'readiness' of ${called} asks by HTTPS, and the load balancer of Elastic Beanstalk ends TLS before the container; ask by HTTP`
        : undefined,
    ),
  ];
}

function mountProblems({ mounts = {} }: ContainerSpec, called: string): Problem[] {
  return Object.entries(mounts).flatMap(([path, { subPath }]) =>
    problemAt(
      ["mounts", path, "subPath"],
      subPath === undefined
        ? undefined
        : `mount ${quote(path)} of ${called} has 'subPath', and ECS mounts whole volumes; give each directory a volume of its own`,
    ),
  );
}
