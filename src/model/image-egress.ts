import type { Known } from "./container-spec";
import { ecrRepositoryOf } from "./ecr-image";
import type { Egress } from "./egress";
import { LOG_ROUTER } from "./fire-lens";
import { quote } from "./problem";
import { allContainers, type TaskDefinitionOptions } from "./task-definition";
import type { TaskLaunch } from "./task-platform";

/**
 * What to know of images where the VPC leads to AWS by interface endpoints alone: those of ECR are for its private
 * registries.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function imageEgressWarnings(
  options: TaskDefinitionOptions,
  launch: TaskLaunch,
  egress: Egress,
  known: Known = () => true,
): string[] {
  if (egress !== "endpoints" || launch === "EXTERNAL") {
    return [];
  }
  return allContainers(options)
    .filter(({ image }) => known(image) && ecrRepositoryOf(image) === undefined)
    .map(({ name, image }) => {
      const router = options.fireLens !== undefined && name === LOG_ROUTER;
      const called = router ? "the log router of 'fireLens'" : `container ${quote(name)}`;
      return `${called} has image ${quote(image)}, and tasks in private subnets of a VPC without NAT reach no registry on the internet, ECR's public one among them; ${router ? "give 'image' of 'fireLens'" : "take"} a copy in a private repository of ECR, such as that of a pull-through cache`;
    });
}

/**
 * What to know of pull-through caches where the VPC leads to AWS by interface endpoints alone, or `undefined`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function firstPullWarning(prefix: string, egress: Egress): string | undefined {
  return egress === "endpoints"
    ? `ECR fetches no image for cache ${quote(prefix)} when it is first pulled from a VPC without NAT, by its interface endpoints; pull each image once from elsewhere, after which it is there`
    : undefined;
}
