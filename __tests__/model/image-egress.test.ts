import { FIRE_LENS_IMAGE } from "../../src/model/fire-lens";
import { firstPullWarning, imageEgressWarnings } from "../../src/model/image-egress";
import type { TaskDefinitionOptions } from "../../src/model/task-definition";
import { taskContainer } from "../support/tasks";

const PRIVATE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1";
const taskOf = (image: string, more: Partial<TaskDefinitionOptions> = {}): TaskDefinitionOptions => ({
  containers: [taskContainer({ image })],
  ...more,
});
const router = (image?: string) =>
  taskOf(PRIVATE, { fireLens: { outputs: { web: {} }, ...(image === undefined ? {} : { image }) } });

describe("images in a VPC that leads to AWS by endpoints alone", () => {
  const warnings = (options: TaskDefinitionOptions) => imageEgressWarnings(options, "FARGATE", "endpoints");

  test("are in private registries of ECR", () => {
    expect(warnings(taskOf(PRIVATE))).toEqual([]);
    expect(warnings(taskOf("public.ecr.aws/nginx/nginx:1.29"))).toEqual([
      `container "web" has image "public.ecr.aws/nginx/nginx:1.29", and tasks in private subnets of a VPC without NAT reach no registry on the internet, ECR's public one among them; take a copy in a private repository of ECR, such as that of a pull-through cache`,
    ]);
    expect(warnings(taskOf("nginx"))).toHaveLength(1);
  });

  test("are there for the log router too, which has one of AWS's unless another is given", () => {
    expect(warnings(router(PRIVATE))).toEqual([]);
    expect(warnings(router())).toEqual([
      `the log router of 'fireLens' has image "${FIRE_LENS_IMAGE}", and tasks in private subnets of a VPC without NAT reach no registry on the internet, ECR's public one among them; give 'image' of 'fireLens' a copy in a private repository of ECR, such as that of a pull-through cache`,
    ]);
  });

  test("are left to AWS where they are not known yet", () => {
    expect(imageEgressWarnings(taskOf("nginx"), "EC2", "endpoints", () => false)).toEqual([]);
  });

  test("may be anywhere in other VPCs, and outside AWS", () => {
    for (const egress of ["nat", "none", "unknown"] as const) {
      expect(imageEgressWarnings(taskOf("nginx"), "FARGATE", egress)).toEqual([]);
    }
    expect(imageEgressWarnings(taskOf("nginx"), "EXTERNAL", "endpoints")).toEqual([]);
  });

  test("are not fetched for a cache by their first pull", () => {
    expect(firstPullWarning("quay", "nat")).toBeUndefined();
    expect(firstPullWarning("quay", "unknown")).toBeUndefined();
    expect(firstPullWarning("quay", "endpoints")).toBe(
      `ECR fetches no image for cache "quay" when it is first pulled from a VPC without NAT, by its interface endpoints; pull each image once from elsewhere, after which it is there`,
    );
  });
});
