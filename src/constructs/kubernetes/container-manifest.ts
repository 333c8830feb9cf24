import { amountsOf, type ContainerSpec, portsOf } from "../../model/container-spec";
import { type HealthProbe, PROBE_DEFAULTS } from "../../model/health-probe";
import { compareText } from "../../model/order";
import type { Manifest } from "./terraform-block";

/**
 * A container as a Kubernetes manifest has it. Quantities are in Kubernetes' own spelling, in which the API gives them
 * back, so that a second plan has nothing to change.
 */
export function containerManifest(container: ContainerSpec): Manifest {
  const { name, image, command, args, workingDir, preStop, mounts = {} } = container;
  const amounts = amountsManifest(container);
  return present({
    name,
    image,
    command,
    args,
    workingDir,
    env: environment(container),
    ports: portsOf(container).map(([port, each]) => ({
      name: port,
      containerPort: each.port,
      protocol: each.protocol,
    })),
    resources: { requests: amounts, limits: amounts },
    securityContext: securityContext(container),
    volumeMounts: sorted(mounts).map(([mountPath, { volume, readOnly, subPath }]) =>
      present({ mountPath, name: volume, readOnly, subPath }),
    ),
    livenessProbe: probeManifest(container.liveness),
    readinessProbe: probeManifest(container.readiness),
    startupProbe: probeManifest(container.startup),
    lifecycle: preStop && { preStop: { exec: { command: preStop } } },
  });
}

/** The manifest without what is not there, and without empty lists. */
export function present(manifest: Manifest): Manifest {
  return Object.fromEntries(
    Object.entries(manifest).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Entries in the order of their keys, so that the order in which they were written leaves no trace. */
export function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b));
}

function amountsManifest(container: ContainerSpec): Manifest {
  const { cpu, memory, ephemeralStorage } = amountsOf(container);
  return present({
    cpu: cpu.toString(),
    memory: memory.toString(),
    "ephemeral-storage": container.ephemeralStorage && ephemeralStorage.toString(),
  });
}

/** Kubernetes expands `$(NAME)` to a variable that stands before: plain values stand last, so that they can refer. */
function environment({ environment: plain = {}, secrets = {}, podFields = {} }: ContainerSpec): Manifest[] {
  return [
    ...sorted(podFields).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
    // Other stores than Kubernetes' own are refused before.
    ...sorted(secrets).flatMap(([name, source]) =>
      "secretName" in source
        ? [{ name, valueFrom: { secretKeyRef: { name: source.secretName, key: source.key } } }]
        : [],
    ),
    ...sorted(plain).map(([name, value]) => ({ name, value })),
  ];
}

function securityContext({
  user,
  group,
  readOnlyRootFilesystem = true,
  addCapabilities = [],
}: ContainerSpec): Manifest {
  return present({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem,
    runAsNonRoot: user !== 0,
    runAsUser: user,
    runAsGroup: group,
    capabilities: present({ drop: ["ALL"], add: [...addCapabilities].sort() }),
  });
}

function probeManifest(probe: HealthProbe | undefined): Manifest | undefined {
  if (probe === undefined) {
    return undefined;
  }
  const timing = { ...PROBE_DEFAULTS, ...probe };
  return {
    ...probeWay(probe),
    initialDelaySeconds: timing.initialDelaySeconds,
    periodSeconds: timing.periodSeconds,
    timeoutSeconds: timing.timeoutSeconds,
    failureThreshold: timing.failureThreshold,
    successThreshold: timing.successThreshold,
  };
}

function probeWay(probe: HealthProbe): Manifest {
  if ("http" in probe) {
    const { port, path = "/", scheme = "HTTP" } = probe.http;
    return { httpGet: { port, path, scheme } };
  }
  return "tcp" in probe ? { tcpSocket: { port: probe.tcp.port } } : { exec: { command: probe.exec } };
}
