import type { Rule } from "../rule";
import { allowPrivilegeEscalation } from "./allow-privilege-escalation";
import { arm64 } from "./arm64";
import { burstable } from "./burstable";
import { capabilities } from "./capabilities";
import { claimUnknown } from "./claim-unknown";
import { computeTypeAnnotation } from "./compute-type-annotation";
import { daemonset } from "./daemonset";
import { disruptionBudget } from "./disruption-budget";
import { ebsClaim } from "./ebs-claim";
import { efsDynamic } from "./efs-dynamic";
import { ephemeralStorage } from "./ephemeral-storage";
import { extendedResource } from "./extended-resource";
import { gpu } from "./gpu";
import { hostIpc } from "./host-ipc";
import { hostNetwork } from "./host-network";
import { hostPid } from "./host-pid";
import { hostPort } from "./host-port";
import { instanceMetadata } from "./instance-metadata";
import { instanceTargetLoadBalancer } from "./instance-target-load-balancer";
import { jobTtl } from "./job-ttl";
import { memoryMilliBytes } from "./memory-milli-bytes";
import { nativeSidecar } from "./native-sidecar";
import { noRequests } from "./no-requests";
import { nodeAgent } from "./node-agent";
import { nodeName } from "./node-name";
import { nodeSelector } from "./node-selector";
import { otherCsi } from "./other-csi";
import { podAffinity } from "./pod-affinity";
import { podIdentity } from "./pod-identity";
import { podLevelResources } from "./pod-level-resources";
import { podSizeLimit } from "./pod-size";
import { port10250 } from "./port-10250";
import { privileged } from "./privileged";
import { schedulerName } from "./scheduler-name";
import { sizeJump } from "./size-jump";
import { spot } from "./spot";
import { stateful } from "./stateful";
import { topologySpread } from "./topology-spread";
import { volumeDevices } from "./volume-devices";
import { volumeType } from "./volume-type";
import { windows } from "./windows";

/** Every rule about a workload's pods on EKS Fargate, in the order of their ids. */
export const RULES: readonly Rule[] = [
  allowPrivilegeEscalation,
  arm64,
  burstable,
  capabilities,
  claimUnknown,
  computeTypeAnnotation,
  daemonset,
  disruptionBudget,
  ebsClaim,
  efsDynamic,
  ephemeralStorage,
  extendedResource,
  gpu,
  hostIpc,
  hostNetwork,
  hostPid,
  hostPort,
  instanceMetadata,
  instanceTargetLoadBalancer,
  jobTtl,
  memoryMilliBytes,
  nativeSidecar,
  noRequests,
  nodeAgent,
  nodeName,
  nodeSelector,
  otherCsi,
  podAffinity,
  podIdentity,
  podLevelResources,
  podSizeLimit,
  port10250,
  privileged,
  schedulerName,
  sizeJump,
  spot,
  stateful,
  topologySpread,
  volumeDevices,
  volumeType,
  windows,
];
