import * as v from "valibot";
import { backend } from "./backend";
import type { InClusterSettings } from "./in-cluster/schema";
import { networkSchema } from "./network";
import { ebsCsiDriverSchema, nodeGroupsSchema } from "./node-groups";
import { described, names, positive, statement, tags, text } from "./pieces";

/**
 * The settings file: one for each environment. This schema types the code, refuses bad input and is published as
 * `settings/settings.schema.json` for editors. What the values mean for AWS is checked by the rules of the model.
 */

const cluster = v.strictObject({
  version: v.exactOptional(described(text, 'Kubernetes version, in quotes. Default: "1.36".')),
  support: v.exactOptional(described(v.picklist(["standard", "extended"]), "Default: standard.")),
  zones: v.exactOptional(
    described(
      names,
      "Zones of the control plane, two or more, which AWS cannot change. Default: those that the VPC has when the cluster is created.",
    ),
  ),
  publicAccessCidrs: v.exactOptional(
    described(names, "Networks that reach the Kubernetes API over the internet. Default: none."),
  ),
  serviceCidr: v.exactOptional(described(text, "Network of Kubernetes Services. Default: AWS chooses.")),
  deletionProtection: v.exactOptional(described(v.boolean(), "Default: true.")),
  zonalShift: v.exactOptional(described(v.boolean(), "Default: true.")),
  logRetentionInDays: v.exactOptional(described(v.number(), "Default: 365.")),
  roleName: v.exactOptional(described(text, "Default: <name>-cluster.")),
  existing: v.exactOptional(
    described(
      v.strictObject({
        endpoint: described(text, "URL of the Kubernetes API."),
        certificateAuthority: described(text, "Certificate of the Kubernetes API's authority, base64."),
        oidcIssuer: described(text, "URL of the OpenID Connect issuer."),
        oidcProviderArn: described(text, "ARN of the IAM identity provider."),
        clusterSecurityGroupId: text,
        nodes: v.exactOptional(described(v.boolean(), "Whether the cluster has Linux nodes. Default: false.")),
      }),
      "A cluster that exists already, called <name>; instead of all the others. Its Fargate profiles are those of 'fargate'.",
    ),
  ),
});

const access = described(
  v.record(
    text,
    v.strictObject({
      principal: described(text, "ARN of an IAM user or role."),
      policies: v.exactOptional(v.array(v.strictObject({ policy: text, namespaces: v.exactOptional(names) }))),
      groups: v.exactOptional(described(names, "Kubernetes groups.")),
    }),
  ),
  "Who may use the Kubernetes API, by a name of your choice.",
);

const selector = v.strictObject({
  namespace: v.string(),
  labels: v.exactOptional(v.record(v.string(), v.string())),
});

const fargate = v.strictObject({
  profiles: described(
    v.record(
      text,
      v.strictObject({
        selectors: v.array(selector),
        zones: v.exactOptional(described(names, "Zones whose private subnets the pods run in. Default: all.")),
        profileName: v.exactOptional(
          described(
            text,
            "Name in AWS, with a hash behind it under create-before-destroy. Default: <name>-fargate-<key>.",
          ),
        ),
      }),
    ),
    "Fargate profiles by name.",
  ),
  podExecutionRole: v.exactOptional(
    described(v.picklist(["shared", "own"]), "One role for all profiles, or one for each. Default: shared."),
  ),
  replacement: v.exactOptional(
    described(
      v.picklist(["recreate", "create-before-destroy"]),
      "How a profile changes: with its pods deleted first, or with the new one, under another name, taking over. Default: recreate.",
    ),
  ),
  allowOverlap: v.exactOptional(described(v.boolean(), "Whether two profiles may match the same pod. Default: false.")),
  limits: v.exactOptional(
    described(
      v.strictObject({
        profilesPerCluster: v.exactOptional(positive),
        selectorsPerProfile: v.exactOptional(positive),
        labelsPerSelector: v.exactOptional(positive),
      }),
      "Quotas that AWS has raised for the account.",
    ),
  ),
});

const serviceAccountRoles = described(
  v.record(
    text,
    v.strictObject({
      namespace: text,
      serviceAccount: text,
      policyArns: v.exactOptional(described(v.record(text, text), "Managed policies by a name of your choice.")),
      statements: v.exactOptional(v.array(statement)),
      allowWildcards: v.exactOptional(v.boolean()),
      roleName: v.exactOptional(described(text, "Default: <name>-irsa-<key>.")),
    }),
  ),
  "IAM roles of Kubernetes service accounts (IRSA) by name.",
);

const albController = described(
  v.strictObject({
    roleName: v.exactOptional(text),
    policyName: v.exactOptional(text),
    namespace: v.exactOptional(text),
    serviceAccount: v.exactOptional(text),
  }),
  "Role and policy of the AWS Load Balancer Controller; {} for the defaults.",
);

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(99));

const pricing = described(
  v.strictObject({
    savingsPlan: v.exactOptional(
      described(
        v.strictObject({ fargate: v.exactOptional(percent), ec2: v.exactOptional(percent) }),
        "Percent that a Compute Savings Plan takes off On-Demand. Default: 0.",
      ),
    ),
  }),
  "What the command line's prices take into account.",
);

/**
 * Whoever has nothing on the cluster does not wait for what describes it. Its type is named: with what it is made of
 * spelled out, the compiler of whoever uses the package would find the settings too deep.
 */
const inCluster = v.lazy(
  (): v.GenericSchema<InClusterSettings> =>
    (require("./in-cluster/schema") as typeof import("./in-cluster/schema")).inClusterSchema,
);

/** Schema of the settings of an EKS cluster; the rules beyond shapes are in `loadSettings`. */
export const settingsSchema = v.strictObject({
  name: described(text, "Name of the cluster, from which all other names are derived."),
  region: described(text, "AWS Region, such as eu-west-1."),
  account: v.exactOptional(
    described(
      text,
      "The one AWS account that may be deployed to, 12 digits in quotes. Default: that of whoever applies.",
    ),
  ),
  tags: v.exactOptional(tags),
  backend: v.exactOptional(backend),
  network: networkSchema,
  cluster: v.exactOptional(cluster),
  access,
  fargate,
  nodeGroups: v.exactOptional(nodeGroupsSchema),
  coreDns: v.exactOptional(
    v.strictObject({ replicas: v.exactOptional(positive), addonVersion: v.exactOptional(text) }),
  ),
  serviceAccountRoles: v.exactOptional(serviceAccountRoles),
  albController: v.exactOptional(albController),
  ebsCsiDriver: v.exactOptional(ebsCsiDriverSchema),
  inCluster: v.exactOptional(inCluster),
  workloads: v.exactOptional(
    described(
      names,
      "Files and folders of Kubernetes manifests, from the project's root, whose pods must all find a place on the profiles. Default: none.",
    ),
  ),
  pricing: v.exactOptional(pricing),
});

/** Validated settings. Frozen: nothing changes them after they are loaded. */
export type Settings = v.InferOutput<typeof settingsSchema>;
