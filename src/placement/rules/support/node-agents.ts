import { ownValue } from "../../../model/own-value";
import type { Container } from "../../../model/pod";
import { imageName, imageRepository } from "./images";

/** A program that is usually run on every node, and what does its work where there are no nodes. */
export interface NodeAgent {
  readonly name: string;
  /** Repositories of its images, or their last part when there is no slash. */
  readonly images: readonly string[];
  /** In the imperative. */
  readonly replacement: string;
  /** Whether it makes sense outside a DaemonSet too: as a sidecar, or as the part of a controller. */
  readonly runsBesidePods: boolean;
}

const LOG_ROUTER =
  "send logs with Fargate's built-in log router instead: namespace 'aws-observability' with ConfigMap 'aws-logging'";
const BUILT_IN = "leave it out of Fargate, which brings its own";
const COLLECTOR =
  "collect with one ADOT collector for the cluster instead (a StatefulSet), which reads each kubelet's cAdvisor metrics through the API server";
const SIDECAR = "run it as a sidecar of the pods that need it";
const NODES_ONLY = "keep it on nodes: it needs the host's kernel, which Fargate does not share";

const AGENTS: readonly NodeAgent[] = [
  {
    name: "the Datadog Agent",
    images: ["datadog/agent", "datadoghq/agent", "datadog-agent"],
    replacement: `${SIDECAR}, with DD_EKS_FARGATE=true`,
    runsBesidePods: true,
  },
  {
    name: "Fluent Bit",
    images: ["fluent-bit", "aws-for-fluent-bit", "fluentbit"],
    replacement: LOG_ROUTER,
    runsBesidePods: false,
  },
  {
    name: "Fluentd",
    images: ["fluentd", "fluentd-kubernetes-daemonset"],
    replacement: LOG_ROUTER,
    runsBesidePods: false,
  },
  { name: "Promtail", images: ["promtail"], replacement: LOG_ROUTER, runsBesidePods: false },
  { name: "Filebeat", images: ["filebeat"], replacement: LOG_ROUTER, runsBesidePods: false },
  { name: "Vector", images: ["timberio/vector"], replacement: LOG_ROUTER, runsBesidePods: false },
  {
    name: "the Grafana agent",
    images: ["grafana/alloy", "grafana/agent"],
    replacement: `run it once for the cluster, as a Deployment, for metrics and traces; ${LOG_ROUTER}`,
    runsBesidePods: true,
  },
  {
    name: "the OpenTelemetry collector",
    images: [
      "opentelemetry-collector",
      "opentelemetry-collector-contrib",
      "opentelemetry-collector-k8s",
      "aws-otel-collector",
    ],
    replacement: `${COLLECTOR}, or run it as a sidecar for traces`,
    runsBesidePods: true,
  },
  { name: "the Prometheus node exporter", images: ["node-exporter"], replacement: COLLECTOR, runsBesidePods: false },
  { name: "the CloudWatch agent", images: ["cloudwatch-agent"], replacement: COLLECTOR, runsBesidePods: false },
  { name: "cAdvisor", images: ["cadvisor"], replacement: COLLECTOR, runsBesidePods: false },
  {
    name: "the New Relic infrastructure agent",
    images: ["newrelic/infrastructure", "newrelic/infrastructure-k8s", "newrelic/nri-kubernetes"],
    replacement: SIDECAR,
    runsBesidePods: true,
  },
  {
    name: "Dynatrace OneAgent",
    images: ["dynatrace/oneagent", "dynatrace-oneagent"],
    replacement: "put the agent into the application's image, or inject it into the pods (application-only monitoring)",
    runsBesidePods: false,
  },
  { name: "Falco", images: ["falco", "falco-no-driver"], replacement: NODES_ONLY, runsBesidePods: false },
  { name: "the GuardDuty agent", images: ["aws-guardduty-agent"], replacement: NODES_ONLY, runsBesidePods: false },
  { name: "kube-proxy", images: ["kube-proxy"], replacement: BUILT_IN, runsBesidePods: false },
  { name: "the VPC CNI plugin", images: ["amazon-k8s-cni"], replacement: BUILT_IN, runsBesidePods: false },
  {
    name: "the EFS CSI node driver",
    images: ["aws-efs-csi-driver"],
    replacement: BUILT_IN,
    runsBesidePods: true,
  },
  {
    name: "the EBS CSI node driver",
    images: ["aws-ebs-csi-driver"],
    replacement: "leave it out of Fargate, whose pods cannot mount EBS volumes; keep data in EFS",
    runsBesidePods: true,
  },
  {
    name: "the EKS Pod Identity agent",
    images: ["eks-pod-identity-agent"],
    replacement: "leave it out of Fargate, and give pods a role by their service account (IRSA)",
    runsBesidePods: false,
  },
];

/** Names of containers that run an agent whose image was copied to a registry under another name. */
const CONTAINER_NAMES: Readonly<Record<string, string>> = {
  "kube-proxy": "kube-proxy",
  "aws-node": "the VPC CNI plugin",
  "node-exporter": "the Prometheus node exporter",
  "fluent-bit": "Fluent Bit",
  fluentd: "Fluentd",
  promtail: "Promtail",
  filebeat: "Filebeat",
  "cloudwatch-agent": "the CloudWatch agent",
};

/** The last parts of the agents' images: a quick no for nearly every image. */
const IMAGE_NAMES = new Set(AGENTS.flatMap(({ images }) => images.map(imageName)));

/** The agent that a container runs, by its image or else by its name. */
export function nodeAgentOf({ name, image = "" }: Container): NodeAgent | undefined {
  const byImage = IMAGE_NAMES.has(imageName(image))
    ? AGENTS.find(({ images }) => images.some((known) => isImage(image, known)))
    : undefined;
  const known = ownValue(CONTAINER_NAMES, name);
  return byImage ?? (known === undefined ? undefined : AGENTS.find((agent) => agent.name === known));
}

function isImage(image: string, known: string): boolean {
  return `/${imageRepository(image)}`.endsWith(`/${known}`);
}
