import * as v from "valibot";
import { backend } from "../backend";
import { described, text } from "../pieces";
import { alarmsSchema } from "./alarms";
import { albControllerSchema } from "./alb-controller";
import { autoscalingSchema } from "./autoscaling";
import { batchCronJobsSchema, batchJobsSchema } from "./batch";
import { certificatesSchema } from "./certificates";
import { clusterAutoscalerSchema } from "./cluster-autoscaler";
import { containerInsightsSchema } from "./container-insights";
import { dashboardSchema } from "./dashboard";
import { hostedZonesSchema } from "./dns";
import { ebsStorageClassSchema } from "./ebs-storage-class";
import { efsSchema } from "./efs";
import { externalDnsSchema } from "./external-dns";
import { fargateLoggingSchema } from "./fargate-logging";
import { ingressNginxSchema } from "./ingress-nginx";
import { ingressesSchema, networkLoadBalancersSchema } from "./ingresses";
import { kubeDownscalerSchema } from "./kube-downscaler";
import { kubeResourceReportSchema } from "./kube-resource-report";
import { metricsServerSchema } from "./metrics-server";
import { podSecurityGroupsSchema } from "./pod-security-groups";
import { tenantsSchema } from "./tenants";
import { verticalPodAutoscalerSchema } from "./vertical-pod-autoscaler";
import { webAclSchema } from "./web-acl";

/** What runs on the cluster: the settings of the second stack. */
export const inClusterSchema = described(
  v.strictObject({
    backend: v.exactOptional(described(backend, "Default: that of the cluster, with a state of its own.")),
    kubeconfig: v.exactOptional(
      described(
        v.strictObject({
          file: v.exactOptional(described(text, "Default: ~/.kube/config.")),
          context: described(text, "Context in the file."),
        }),
        "How Terraform reaches the Kubernetes API. Default: a token of aws eks get-token.",
      ),
    ),
    mirrors: v.exactOptional(
      described(
        v.strictObject({
          charts: v.exactOptional(described(text, "URL of a repository that has all Helm charts.")),
          images: v.exactOptional(described(text, "Registry that has all images, under their own paths.")),
        }),
        "Repositories of your own, where the internet cannot be reached. Default: each publisher's.",
      ),
    ),
    alarms: v.exactOptional(alarmsSchema),
    albController: v.exactOptional(albControllerSchema),
    autoscaling: v.exactOptional(autoscalingSchema),
    batchCronJobs: v.exactOptional(batchCronJobsSchema),
    batchJobs: v.exactOptional(batchJobsSchema),
    certificates: v.exactOptional(certificatesSchema),
    clusterAutoscaler: v.exactOptional(clusterAutoscalerSchema),
    containerInsights: v.exactOptional(containerInsightsSchema),
    dashboard: v.exactOptional(dashboardSchema),
    ebsStorageClass: v.exactOptional(ebsStorageClassSchema),
    efs: v.exactOptional(efsSchema),
    externalDns: v.exactOptional(externalDnsSchema),
    fargateLogging: v.exactOptional(fargateLoggingSchema),
    hostedZones: v.exactOptional(hostedZonesSchema),
    ingresses: v.exactOptional(ingressesSchema),
    ingressNginx: v.exactOptional(ingressNginxSchema),
    kubeDownscaler: v.exactOptional(kubeDownscalerSchema),
    kubeResourceReport: v.exactOptional(kubeResourceReportSchema),
    metricsServer: v.exactOptional(metricsServerSchema),
    networkLoadBalancers: v.exactOptional(networkLoadBalancersSchema),
    podSecurityGroups: v.exactOptional(podSecurityGroupsSchema),
    tenants: v.exactOptional(tenantsSchema),
    verticalPodAutoscaler: v.exactOptional(verticalPodAutoscalerSchema),
    webAcl: v.exactOptional(webAclSchema),
  }),
  "What runs on the cluster, in a stack and a state of its own.",
);

export type InClusterSettings = v.InferOutput<typeof inClusterSchema>;
