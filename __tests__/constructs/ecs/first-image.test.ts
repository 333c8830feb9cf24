import { ContainerRepository } from "../../../src/constructs/ecs/container-repository";
import { FargateService } from "../../../src/constructs/ecs/fargate-service";
import type { ITaskDefinition } from "../../../src/constructs/ecs/itask-definition";
import { clusterOf, taskOf } from "../../support/ecs";
import { stackFor, warnings } from "../../support/stack";

/** Warnings of a stack with a service whose image is in one of two repositories. */
function warningsOf(waitForSteadyState: boolean, which: "own" | "imported"): string[] {
  const stack = stackFor();
  const own = new ContainerRepository(stack, "own", { repositoryName: "shop/web" });
  const imported = ContainerRepository.fromAttributes(stack, "imported", { repositoryName: "team/web" });
  const image = { own, imported }[which].image("1.0.0");
  const [web] = taskOf().containers as [ITaskDefinition["containers"][number]];
  const taskDefinition = taskOf({ containers: [{ ...web, image }] });
  new FargateService(stack, "web", { cluster: clusterOf(), taskDefinition, waitForSteadyState });
  return warnings(stack);
}

describe("a service that Terraform waits for", () => {
  test("warns of an image in a repository that the same apply makes", () => {
    expect(warningsOf(true, "own")).toEqual([
      `[test/web] 'waitForSteadyState' lets Terraform wait until tasks run, and the image of container "web" lies in a repository of the same stack, which is empty at first: the first apply fails after 20 minutes; leave 'waitForSteadyState' out until the image is there`,
    ]);
  });

  test("does not of one that is there, nor when nobody waits", () => {
    expect(warningsOf(true, "imported")).toEqual([]);
    expect(warningsOf(false, "own")).toEqual([]);
  });
});
