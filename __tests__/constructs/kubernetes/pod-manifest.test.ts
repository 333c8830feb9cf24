import "cdktf-eks-fargate/jest";
import { podTemplateManifest } from "../../../src/constructs/kubernetes/pod-manifest";
import { type Manifest, terraformBlock } from "../../../src/constructs/kubernetes/terraform-block";
import { readGivenManifests } from "../../../src/manifests/given-manifests";
import type { PodTemplate } from "../../../src/model/pod-template";
import { podTemplateSize } from "../../../src/model/pod-template";
import { podSize } from "../../../src/placement/pod-size";
import { podRequests } from "../../../src/placement/requests";
import { containerSpec, FULL_TEMPLATE, podTemplate } from "../../support/pod-templates";

interface Pod {
  readonly metadata: Manifest;
  readonly spec: Manifest & {
    readonly containers: readonly Manifest[];
    readonly initContainers?: readonly Manifest[];
    readonly volumes?: readonly Manifest[];
  };
}

function pod(template: Partial<PodTemplate> = {}): Pod {
  return podTemplateManifest("web", podTemplate(template)) as unknown as Pod;
}

function deployment(template: PodTemplate) {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "web" },
    spec: { selector: { matchLabels: {} }, template: podTemplateManifest("web", template) },
  };
}

test("a pod that says little gets what Kubernetes' restricted standard asks for", () => {
  expect(pod()).toEqual({
    metadata: { labels: { "app.kubernetes.io/name": "web" } },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "app",
          image: "registry.example.com/app:1.2.3",
          resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "250m", memory: "512Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  });
});

test("a pod that says all has all of it", () => {
  const { metadata, spec } = pod(FULL_TEMPLATE);
  expect(metadata).toEqual({
    labels: { app: "web", "app.kubernetes.io/name": "web", team: "a" },
    annotations: { "example.com/a": "1", "example.com/b": "2" },
  });
  expect(spec).toMatchObject({
    serviceAccountName: "web",
    automountServiceAccountToken: true,
    terminationGracePeriodSeconds: 60,
    securityContext: { runAsNonRoot: false, fsGroup: 2000, seccompProfile: { type: "RuntimeDefault" } },
  });
  expect(spec.initContainers?.map(({ name }) => name)).toEqual(["migrate", "warm-up"]);
  expect(spec.containers[1]).toMatchObject({ securityContext: { runAsNonRoot: false, runAsUser: 0 } });
});

test("a container that says all has all of it", () => {
  expect(pod(FULL_TEMPLATE).spec.containers[0]).toEqual({
    name: "web",
    image: "registry.example.com/app:1.2.3",
    command: ["serve"],
    args: ["--port", "8080"],
    workingDir: "/srv",
    env: [
      { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
      { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
      { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "database", key: "url" } } },
      { name: "ADDRESS", value: "$(POD_IP):8080" },
      { name: "MODE", value: "fast" },
    ],
    ports: [
      { name: "dns", containerPort: 5353, protocol: "UDP" },
      { name: "http", containerPort: 8080, protocol: "TCP" },
    ],
    resources: {
      requests: { cpu: "1500m", memory: "1536Mi", "ephemeral-storage": "30Gi" },
      limits: { cpu: "1500m", memory: "1536Mi", "ephemeral-storage": "30Gi" },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: false,
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1001,
      capabilities: { drop: ["ALL"], add: ["CHOWN", "SETUID"] },
    },
    volumeMounts: [
      { mountPath: "/config", name: "config", readOnly: true, subPath: "web" },
      { mountPath: "/data", name: "data" },
      { mountPath: "/keys", name: "keys" },
      { mountPath: "/memory", name: "memory" },
      { mountPath: "/pod", name: "pod" },
      { mountPath: "/tmp", name: "scratch" },
      { mountPath: "/token", name: "token" },
    ],
    livenessProbe: {
      httpGet: { port: "http", path: "/live", scheme: "HTTPS" },
      initialDelaySeconds: 3,
      periodSeconds: 10,
      timeoutSeconds: 1,
      failureThreshold: 3,
      successThreshold: 1,
    },
    readinessProbe: {
      tcpSocket: { port: 8080 },
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 1,
      failureThreshold: 3,
      successThreshold: 2,
    },
    startupProbe: {
      exec: { command: ["started"] },
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 30,
      successThreshold: 1,
    },
    lifecycle: { preStop: { exec: { command: ["sleep", "15"] } } },
  });
});

test("volumes of every type are written as Kubernetes has them", () => {
  expect(pod(FULL_TEMPLATE).spec.volumes).toEqual([
    {
      name: "config",
      configMap: {
        name: "web",
        optional: true,
        items: [
          { key: "a", path: "web/a.conf" },
          { key: "b", path: "web/b.conf" },
        ],
      },
    },
    { name: "data", persistentVolumeClaim: { claimName: "data", readOnly: true } },
    { name: "keys", secret: { secretName: "web", optional: true, items: [{ key: "key", path: "tls.key" }] } },
    { name: "memory", emptyDir: { medium: "Memory", sizeLimit: "1Gi" } },
    { name: "pod", downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] } },
    { name: "scratch", emptyDir: {} },
    {
      name: "token",
      projected: {
        sources: [
          { configMap: { name: "roots", items: [{ key: "ca", path: "ca.pem" }] } },
          { secret: { name: "web" } },
          { downwardAPI: { items: [{ path: "name", fieldRef: { fieldPath: "metadata.name" } }] } },
          { serviceAccountToken: { path: "token", audience: "example", expirationSeconds: 3600 } },
        ],
      },
    },
  ]);
});

test("the order in which maps are written leaves no trace", () => {
  const environment = { A: "1", B: "2" };
  const mounts = { "/a": { volume: "a" }, "/b": { volume: "b" } };
  const volumes = { a: { emptyDir: {} }, b: { emptyDir: {} } };
  const labels = { x: "1", y: "2" };
  const reversed = <T extends object>(record: T) => Object.fromEntries(Object.entries(record).reverse()) as T;
  const one = pod({ containers: [containerSpec({ environment, mounts })], volumes, labels });
  const other = pod({
    containers: [containerSpec({ environment: reversed(environment), mounts: reversed(mounts) })],
    volumes: reversed(volumes),
    labels: reversed(labels),
  });
  expect(JSON.stringify(other)).toBe(JSON.stringify(one));
});

test("a pod that is not refused finds a place on Fargate, in the size that was foretold", () => {
  for (const template of [podTemplate(), withoutClaims(FULL_TEMPLATE)]) {
    const manifest = deployment(template);
    expect(manifest).toFitFargate({ web: { selectors: [{ namespace: "web" }] } });
    const [workload] = readGivenManifests([manifest]).workloads;
    expect(podSize(podRequests(workload?.pod as never))).toEqual(podTemplateSize(template));
  }
});

test("for Terraform, objects are blocks in snake case, and maps of the user's keep their keys", () => {
  const block = terraformBlock({
    metadata: { labels: { "example.com/myTeam": "a" } },
    spec: {
      timeZone: "Etc/UTC",
      volumes: [{ name: "a", emptyDir: {} }],
      initContainers: [{ resources: { limits: { "ephemeral-storage": "1Gi" } }, ports: [{ containerPort: 1 }] }],
      command: ["aB"],
      suspend: undefined,
    },
  });
  expect(block).toEqual({
    metadata: [{ labels: { "example.com/myTeam": "a" } }],
    spec: [
      {
        timezone: "Etc/UTC",
        volume: [{ name: "a", empty_dir: [{}] }],
        init_container: [{ resources: [{ limits: { "ephemeral-storage": "1Gi" } }], port: [{ container_port: 1 }] }],
        command: ["aB"],
      },
    ],
  });
});

/** The claim's volume is not among the manifests, so that nothing says whether Fargate mounts it. */
function withoutClaims(template: PodTemplate): PodTemplate {
  const { data: _, ...volumes } = template.volumes ?? {};
  const [web, ...others] = template.containers;
  const { "/data": __, ...mounts } = web?.mounts ?? {};
  return { ...template, volumes, containers: [{ ...web, mounts } as never, ...others] };
}
