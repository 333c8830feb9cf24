import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { firstImageWarning } from "../../model/ecs-service";
import { ContainerRepository } from "./container-repository";
import type { ITaskDefinition } from "./itask-definition";

/** What to know of a service that Terraform waits for, while the repositories of the stack have no image yet. */
export function firstImageWarnings(scope: IConstruct, { containers }: ITaskDefinition): string[] {
  const urls = TerraformStack.of(scope)
    .node.findAll()
    .flatMap((each) => (each instanceof ContainerRepository ? [each.repositoryUrl] : []));
  return containers
    .filter(({ image }) => urls.some((url) => image.startsWith(url)))
    .map(({ name }) => firstImageWarning(name));
}
