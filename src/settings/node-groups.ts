import * as v from "valibot";
import { NODE_OPERATING_SYSTEMS } from "../model/node-ami";
import { TAINT_EFFECTS } from "../model/node-labels";
import { described, names, positive, text } from "./pieces";

const taint = v.strictObject({
  key: text,
  value: v.exactOptional(v.string()),
  effect: v.picklist(TAINT_EFFECTS),
});

const nodeGroup = v.strictObject({
  os: v.exactOptional(described(v.picklist(NODE_OPERATING_SYSTEMS), "Operating system. Default: al2023.")),
  instanceTypes: described(names, "EC2 instance types of one architecture, in the order in which EKS tries them."),
  accelerator: v.exactOptional(
    described(v.picklist(["nvidia", "neuron"]), "Whose drivers the AMI has. Default: none."),
  ),
  minSize: described(v.number(), "Fewest nodes."),
  maxSize: described(v.number(), "Most nodes."),
  desiredSize: v.exactOptional(described(v.number(), "Nodes in the beginning. Default: minSize.")),
  volumeSizeInGib: v.exactOptional(described(v.number(), "Volume of a node. Default: 20, 50 for Windows.")),
  zones: v.exactOptional(described(names, "Zones whose private subnets the nodes are in. Default: all.")),
  spot: v.exactOptional(described(v.boolean(), "Spot Instances, which EC2 may take back. Default: false.")),
  labels: v.exactOptional(described(v.record(text, text), "Kubernetes labels of the nodes.")),
  taints: v.exactOptional(described(v.array(taint), "Kubernetes taints of the nodes.")),
  tags: v.exactOptional(described(v.record(text, v.string()), "Tags of the group, its instances and volumes.")),
  maxUnavailablePercentage: v.exactOptional(
    described(v.number(), "Percent of the nodes that an update may replace at a time. Default: 33."),
  ),
  releaseVersion: v.exactOptional(described(text, "Version of the AMI. Default: the newest at that time.")),
  forceUpdate: v.exactOptional(
    described(v.boolean(), "Whether an update goes on when pods cannot be evicted. Default: false."),
  ),
  nodeGroupName: v.exactOptional(
    described(text, "Name in AWS, with a hash behind it under create-before-destroy. Default: <name>-nodes-<key>."),
  ),
});

export const nodeGroupsSchema = described(
  v.strictObject({
    groups: described(v.record(text, nodeGroup), "Managed node groups by name."),
    nodeRole: v.exactOptional(
      described(
        v.picklist(["shared", "own"]),
        "One role for all Linux groups and one for all Windows groups, or one for each. Default: shared.",
      ),
    ),
    sessionManager: v.exactOptional(
      described(v.boolean(), "Whether people may open a shell on nodes through AWS Systems Manager. Default: false."),
    ),
    replacement: v.exactOptional(
      described(
        v.picklist(["recreate", "create-before-destroy"]),
        "How a group changes that AWS cannot change: with its nodes deleted first, or with the new one, under another name, taking over. Default: recreate.",
      ),
    ),
    networking: v.exactOptional(
      described(
        v.strictObject({
          networkPolicy: v.exactOptional(
            described(v.boolean(), "Whether NetworkPolicy objects hold for pods on nodes. Default: false."),
          ),
          vpcCniVersion: v.exactOptional(text),
          kubeProxyVersion: v.exactOptional(text),
          roleName: v.exactOptional(described(text, "Role of the VPC CNI. Default: <name>-vpc-cni.")),
        }),
        "The add-ons VPC CNI and kube-proxy, which come with the nodes.",
      ),
    ),
    limits: v.exactOptional(
      described(
        v.strictObject({ groupsPerCluster: v.exactOptional(positive), nodesPerGroup: v.exactOptional(positive) }),
        "Quotas that AWS has raised for the account.",
      ),
    ),
  }),
  "EC2 nodes beside Fargate, for pods that no Fargate profile takes.",
);

export const ebsCsiDriverSchema = described(
  v.strictObject({
    kmsKeyArns: v.exactOptional(described(names, "KMS keys that volumes are encrypted with. Default: none.")),
    addonVersion: v.exactOptional(text),
    roleName: v.exactOptional(described(text, "Default: <name>-ebs-csi-driver.")),
  }),
  "EBS volumes for pods on nodes; {} for the defaults.",
);
