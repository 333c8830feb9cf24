"""Data that AWS publishes about EKS, as of EMULATED_DATE."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EMULATED_DATE = date(2026, 11, 21)


@dataclass(frozen=True)
class Version:
    """A Kubernetes version of https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html."""

    name: str
    released: date
    end_standard: date
    end_extended: date

    @property
    def minor(self) -> int:
        return int(self.name.split(".")[1])

    @property
    def status(self) -> str:
        if EMULATED_DATE < self.end_standard:
            return "STANDARD_SUPPORT"
        return "EXTENDED_SUPPORT" if EMULATED_DATE < self.end_extended else "UNSUPPORTED"


_CALENDAR = [
    Version("1.36", date(2026, 6, 2), date(2027, 8, 2), date(2028, 8, 2)),
    Version("1.35", date(2026, 1, 28), date(2027, 3, 27), date(2028, 3, 27)),
    Version("1.34", date(2025, 10, 2), date(2026, 12, 2), date(2027, 12, 2)),
    Version("1.33", date(2025, 5, 29), date(2026, 7, 29), date(2027, 7, 29)),
    Version("1.32", date(2025, 1, 23), date(2026, 3, 23), date(2027, 3, 23)),
    Version("1.31", date(2024, 9, 26), date(2025, 11, 26), date(2026, 11, 26)),
    Version("1.30", date(2024, 5, 23), date(2025, 7, 23), date(2026, 7, 23)),
]
VERSIONS = {version.name: version for version in _CALENDAR}
SUPPORTED = [version.name for version in _CALENDAR if version.status != "UNSUPPORTED"]
DEFAULT_VERSION = SUPPORTED[0]

# https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html: zones where a cluster can have no subnets.
FORBIDDEN_ZONE_IDS = frozenset({"use1-az3", "usw1-az2", "cac1-az3"})

# https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
ACCESS_POLICIES = (
    "AWSBackupFullAccessPolicyForBackup", "AWSBackupFullAccessPolicyForRestore", "AmazonAIOpsAssistantPolicy",
    "AmazonARCRegionSwitchScalingPolicy", "AmazonEKSACKPolicy", "AmazonEKSAdminPolicy", "AmazonEKSAdminViewPolicy",
    "AmazonEKSArgoCDClusterPolicy", "AmazonEKSArgoCDPolicy", "AmazonEKSAutoNodePolicy",
    "AmazonEKSBlockStorageClusterPolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSClusterAdminPolicy",
    "AmazonEKSClusterInsightsPolicy", "AmazonEKSComputeClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSEditPolicy",
    "AmazonEKSHybridPolicy", "AmazonEKSKROPolicy", "AmazonEKSLoadBalancingClusterPolicy",
    "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingClusterPolicy", "AmazonEKSNetworkingPolicy",
    "AmazonEKSPodIdentityPolicy", "AmazonEKSSecretAdminPolicy", "AmazonEKSSecretReaderPolicy", "AmazonEKSViewPolicy",
)


@dataclass(frozen=True)
class AddonData:
    """An add-on of https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html; series is its version's start.

    The builds offered are made up, one older and one newer for each Kubernetes version: tests must not depend on them.
    """

    series: str
    on_fargate: bool = False
    namespace: str = "kube-system"


ADDONS = {
    "vpc-cni": AddonData("1.20"),
    "kube-proxy": AddonData("1"),
    "coredns": AddonData("1", on_fargate=True),
    "aws-ebs-csi-driver": AddonData("1.50"),
    "aws-efs-csi-driver": AddonData("2.1"),
    "eks-pod-identity-agent": AddonData("1.3"),
    "metrics-server": AddonData("0.8", on_fargate=True),
    "snapshot-controller": AddonData("8.3", on_fargate=True),
    "adot": AddonData("0.131", on_fargate=True, namespace="opentelemetry-operator-system"),
    "amazon-cloudwatch-observability": AddonData("4.5", namespace="amazon-cloudwatch"),
}

# What DescribeAddonConfiguration says of some add-ons: the keys of their configuration, and those that are booleans
# written as text.
CONFIGURATION_KEYS = {
    "coredns": frozenset({
        "computeType", "replicaCount", "resources", "nodeSelector", "affinity", "tolerations", "podDisruptionBudget",
        "autoScaling", "corefile", "topologySpreadConstraints", "podAnnotations", "podLabels",
    }),
    "vpc-cni": frozenset({
        "affinity", "enableNetworkPolicy", "enableWindowsIpam", "enableWindowsPrefixDelegation", "eniConfig", "env",
        "init", "livenessProbeTimeoutSeconds", "nodeAgent", "podAnnotations", "podLabels", "readinessProbeTimeoutSeconds",
        "resources", "tolerations", "warmWindowsPrefixTarget", "warmWindowsIPTarget", "minimumWindowsIPTarget",
    }),
    "aws-ebs-csi-driver": frozenset({
        "additionalDaemonSets", "controller", "customLabels", "defaultStorageClass", "fips", "image", "node", "sidecars",
    }),
}
TEXT_BOOLEANS = {"vpc-cni": ("enableNetworkPolicy", "enableWindowsIpam")}
