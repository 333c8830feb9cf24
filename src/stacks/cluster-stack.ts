import { TerraformOutput, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { CoreDns } from "../constructs/addons/core-dns";
import { EksCluster } from "../constructs/cluster/eks-cluster";
import { FargateProfile } from "../constructs/fargate/fargate-profile";
import { PodExecutionRole } from "../constructs/fargate/pod-execution-role";
import { AlbControllerRole } from "../constructs/identity/alb-controller-role";
import { IrsaRole } from "../constructs/identity/irsa-role";
import { OidcProvider } from "../constructs/identity/oidc-provider";
import type { IVpc } from "../constructs/network/ivpc";
import { Vpc } from "../constructs/network/vpc";
import { LoadBalancerGuard } from "../constructs/traffic/load-balancer-guard";
import { names } from "../model/names";
import { tenantProfiles } from "../settings/in-cluster/tenants";
import type { Settings } from "../settings/schema";
import { PlatformStack } from "./platform-stack";

/**
 * The network, the cluster with its Fargate profiles, nodes and CoreDNS, and the IAM roles of its service accounts: all
 * that one settings file describes of AWS, in one state.
 */
export class ClusterStack extends PlatformStack {
  readonly vpc: IVpc;
  readonly cluster: EksCluster;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, { backend: { type: "local" }, ...settings });
    this.vpc = this.createVpc(settings);
    this.cluster = new EksCluster(this, "cluster", {
      ...settings.cluster,
      clusterName: settings.name,
      vpc: this.vpc,
      access: settings.access,
      fargate: settings.fargate,
      ...(settings.nodeGroups === undefined ? {} : { nodeGroups: settings.nodeGroups }),
    });
    this.createFargateProfiles(settings);
    const oidcProvider = new OidcProvider(this, "oidc-provider", { cluster: this.cluster });
    this.createNodes(settings, oidcProvider);
    new CoreDns(this, "coredns", { cluster: this.cluster, ...settings.coreDns });
    this.createServiceAccountRoles(settings, oidcProvider);
    this.createClusterOutputs();
    this.checkWorkloads(settings);
    this.guardLoadBalancers(settings);
  }

  private createVpc({ name, network: { existing, zones = [], ...options } }: Settings): IVpc {
    const vpc =
      existing === undefined
        ? new Vpc(this, "vpc", { name, zones, ...options })
        : Vpc.fromAttributes(this, "vpc", existing);
    this.output("vpc_id", "Id of the VPC", vpc.vpcId);
    this.output("vpc_cidr", "IPv4 network of the VPC", vpc.cidr);
    this.output(
      "private_subnet_ids",
      "Private subnets by zone",
      Object.fromEntries(vpc.privateSubnets.map(({ zone, subnetId }) => [zone, subnetId])),
    );
    return vpc;
  }

  private createFargateProfiles({ fargate }: Settings): void {
    const shared =
      fargate.podExecutionRole === "own"
        ? {}
        : { podExecutionRole: new PodExecutionRole(this, "pod-execution-role", { cluster: this.cluster }) };
    const profiles = byKey(fargate.profiles).map(([key, profile]) => {
      const { profileName } = new FargateProfile(this, `fargate-${key}`, {
        ...profile,
        ...shared,
        cluster: this.cluster,
        key,
        ...(fargate.replacement === undefined ? {} : { replacement: fargate.replacement }),
      });
      return [key, profileName];
    });
    this.output("fargate_profile_names", "Names of the Fargate profiles in AWS, by key", Object.fromEntries(profiles));
  }

  private createNodes(settings: Settings, oidcProvider: OidcProvider): void {
    if (settings.nodeGroups === undefined) {
      return;
    }
    // A cluster of Fargate alone does not wait for what makes nodes.
    const { createEbsCsiDriver, createNodeGroups } = require("./cluster-nodes") as typeof import("./cluster-nodes");
    const groups = Object.entries(createNodeGroups(this, settings, this.cluster, oidcProvider));
    this.output(
      "node_group_names",
      "Names of the node groups in AWS, by key",
      Object.fromEntries(groups.map(([key, { nodeGroupName }]) => [key, nodeGroupName])),
    );
    this.output(
      "node_auto_scaling_group_names",
      "Names of the Auto Scaling groups of the nodes, by key of the node group",
      Object.fromEntries(groups.map(([key, { autoScalingGroupName }]) => [key, autoScalingGroupName])),
    );
    if (settings.ebsCsiDriver !== undefined) {
      const roleArn = createEbsCsiDriver(this, settings, this.cluster, oidcProvider);
      this.output("ebs_csi_driver_role_arn", "IAM role of the EBS CSI driver", roleArn);
    }
  }

  private createServiceAccountRoles(
    { name, serviceAccountRoles = {}, albController }: Settings,
    oidcProvider: OidcProvider,
  ): void {
    this.output("oidc_provider_arn", "IAM identity provider of the cluster", oidcProvider.providerArn);
    const roles = byKey(serviceAccountRoles).map(([key, role]) => {
      const { roleArn } = new IrsaRole(this, `irsa-${key}`, {
        roleName: names.irsaRole(name, key),
        ...role,
        oidcProvider,
      });
      return [key, roleArn];
    });
    this.output("service_account_role_arns", "IAM roles of service accounts, by key", Object.fromEntries(roles));
    if (albController !== undefined) {
      const { roleArn } = new AlbControllerRole(this, "alb-controller", {
        ...albController,
        cluster: this.cluster,
        oidcProvider,
      });
      this.output("alb_controller_role_arn", "IAM role of the AWS Load Balancer Controller", roleArn);
    }
  }

  private checkWorkloads(settings: Settings): void {
    const { workloads } = settings;
    if (workloads !== undefined) {
      // Whoever checks no workloads does not wait for what reads them.
      const { FargateFit } = require("./fargate-fit") as typeof import("./fargate-fit");
      new FargateFit(this, "fit", {
        cluster: this.cluster,
        manifests: workloads,
        otherProfiles: tenantProfiles(settings),
      });
    }
  }

  /** Whoever destroys the cluster before what runs on it is refused at once, while all of it still works. */
  private guardLoadBalancers({ inCluster }: Settings): void {
    if (inCluster?.albController !== undefined && inCluster.albController.guard !== false) {
      const everything = this.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
      new LoadBalancerGuard(this, "load-balancer-guard", {
        cluster: this.cluster,
        dependsOn: everything as TerraformResource[],
      });
    }
  }

  private createClusterOutputs(): void {
    const { cluster } = this;
    this.output("cluster_name", "Name of the cluster", cluster.clusterId);
    this.output("cluster_endpoint", "URL of the Kubernetes API", cluster.endpoint);
    this.output(
      "cluster_certificate_authority",
      "Certificate of the Kubernetes API's authority, base64",
      cluster.certificateAuthority,
    );
    this.output("cluster_oidc_issuer", "URL of the cluster's OpenID Connect issuer", cluster.oidcIssuer);
    this.output(
      "cluster_security_group_id",
      "Security group that every pod on Fargate has",
      cluster.clusterSecurityGroupId,
    );
    this.output("kubectl_config", "Kubeconfig that authenticates by aws eks get-token", cluster.kubectlConfig);
    this.output("update_kubeconfig_command", "Adds the cluster to your kubeconfig", cluster.updateKubeconfigCommand);
  }

  private output(name: string, description: string, value: string | Record<string, string>): void {
    new TerraformOutput(this, name, { description, value });
  }
}

/** Entries in alphabetical order, so that the order of the settings file leaves no trace in what is synthesized. */
function byKey<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
