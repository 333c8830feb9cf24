import type { ContainerSpec } from "../../src/model/container-spec";
import type { PodTemplate } from "../../src/model/pod-template";

/** A container "app" that has what a container must have. */
export function containerSpec(spec: Partial<ContainerSpec> = {}): ContainerSpec {
  return { name: "app", image: "registry.example.com/app:1.2.3", cpu: "250m", memory: "512Mi", ...spec };
}

/** A pod with one container "app". */
export function podTemplate(template: Partial<PodTemplate> = {}): PodTemplate {
  return { containers: [containerSpec()], ...template };
}

/** A pod that has everything which can be said of one. */
export const FULL_TEMPLATE: PodTemplate = {
  labels: { team: "a", app: "web" },
  annotations: { "example.com/b": "2", "example.com/a": "1" },
  serviceAccountName: "web",
  automountServiceAccountToken: true,
  fsGroup: 2000,
  terminationGracePeriodSeconds: 60,
  initContainers: [
    containerSpec({ name: "migrate", command: ["migrate"], cpu: "0.1", memory: "1024Mi", user: 1000 }),
    containerSpec({ name: "warm-up" }),
  ],
  containers: [
    containerSpec({
      name: "web",
      command: ["serve"],
      args: ["--port", "8080"],
      workingDir: "/srv",
      environment: { MODE: "fast", ADDRESS: "$(POD_IP):8080" },
      secrets: { DATABASE_URL: { secretName: "database", key: "url" } },
      podFields: { POD_IP: "status.podIP", NODE: "spec.nodeName" },
      ports: { http: 8080, dns: { port: 5353, protocol: "UDP" } },
      cpu: "1.5",
      memory: "1536Mi",
      ephemeralStorage: "30720Mi",
      liveness: { http: { port: "http", path: "/live", scheme: "HTTPS" }, initialDelaySeconds: 3 },
      readiness: { tcp: { port: 8080 }, successThreshold: 2 },
      startup: { exec: ["started"], failureThreshold: 30, periodSeconds: 5, timeoutSeconds: 2 },
      preStop: ["sleep", "15"],
      user: 1000,
      group: 1001,
      readOnlyRootFilesystem: false,
      addCapabilities: ["SETUID", "CHOWN"],
      mounts: {
        "/tmp": { volume: "scratch" },
        "/memory": { volume: "memory" },
        "/config": { volume: "config", readOnly: true, subPath: "web" },
        "/keys": { volume: "keys" },
        "/pod": { volume: "pod" },
        "/token": { volume: "token" },
        "/data": { volume: "data" },
      },
    }),
    containerSpec({ name: "root", user: 0 }),
  ],
  volumes: {
    scratch: { emptyDir: {} },
    memory: { emptyDir: { medium: "Memory", sizeLimit: "1024Mi" } },
    config: { configMap: { name: "web", items: { "web/b.conf": "b", "web/a.conf": "a" }, optional: true } },
    keys: { secret: { secretName: "web", items: { "tls.key": "key" }, optional: true } },
    pod: { downwardAPI: { items: { labels: "metadata.labels" } } },
    token: {
      projected: {
        sources: [
          { configMap: { name: "roots", items: { "ca.pem": "ca" } } },
          { secret: { name: "web" } },
          { downwardAPI: { items: { name: "metadata.name" } } },
          { serviceAccountToken: { path: "token", audience: "example", expirationSeconds: 3600 } },
        ],
      },
    },
    data: { persistentVolumeClaim: { claimName: "data", readOnly: true } },
  },
};
