/** Day on which the pages below were read. */
const READ = "read 2026-11-21";

export const FARGATE_GUIDE = userGuide("fargate.html");
export const FARGATE_PROFILE_GUIDE = userGuide("fargate-profile.html");
export const POD_CONFIGURATION_GUIDE = userGuide("fargate-pod-configuration.html");
export const POD_PATCHING_GUIDE = userGuide("fargate-pod-patching.html");
export const LOGGING_GUIDE = userGuide("fargate-logging.html");
export const METRICS_SERVER_GUIDE = userGuide("metrics-server.html");
export const GETTING_STARTED_GUIDE = userGuide("fargate-getting-started.html");
export const EFS_DRIVER_GUIDE = page(
  "https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/a4fc6760/docs/install.md",
);

/** A page of the Amazon EKS User Guide. */
function userGuide(name: string): string {
  return page(`https://docs.aws.amazon.com/eks/latest/userguide/${name}`);
}

/** A report in which users show the message that Fargate's scheduler gave them. */
export function report(repository: string, number: number): string {
  return page(`https://github.com/${repository}/issues/${number}`);
}

function page(url: string): string {
  return `${url}, ${READ}`;
}
