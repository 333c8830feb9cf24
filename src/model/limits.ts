/**
 * Quotas of Fargate profiles. AWS raises them on request, so they are settings with AWS's defaults.
 *
 * As of 2026-11-21, Service Quotas L-33415657, L-D78D8AF8 and L-23414FF3.
 * @see https://docs.aws.amazon.com/general/latest/gr/eks.html
 */
export interface FargateLimits {
  readonly profilesPerCluster: number;
  readonly selectorsPerProfile: number;
  readonly labelsPerSelector: number;
}

export const DEFAULT_FARGATE_LIMITS: FargateLimits = {
  profilesPerCluster: 10,
  selectorsPerProfile: 5,
  labelsPerSelector: 5,
};

/**
 * Quotas of managed node groups. AWS raises them on request, so they are settings with AWS's defaults.
 *
 * As of 2026-11-21.
 * @see https://docs.aws.amazon.com/general/latest/gr/eks.html
 */
export interface NodeGroupLimits {
  readonly groupsPerCluster: number;
  readonly nodesPerGroup: number;
}

export const DEFAULT_NODE_GROUP_LIMITS: NodeGroupLimits = { groupsPerCluster: 30, nodesPerGroup: 450 };
