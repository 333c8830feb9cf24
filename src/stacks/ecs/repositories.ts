import { Annotations } from "cdktf";
import { ContainerRepository, type IContainerRepository } from "../../constructs/ecs/container-repository";
import { PullThroughCache } from "../../constructs/ecs/pull-through-cache";
import { RegistryScanning } from "../../constructs/ecs/registry-scanning";
import type { PolicyStatement } from "../../constructs/iam/policy-document";
import { firstPullWarning } from "../../model/image-egress";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import { cacheOptions } from "../../settings/ecs/repositories";
import { addOutput } from "../in-cluster/output";
import { byKey, type EcsContext } from "./context";

/** The repositories and caches that the settings describe, and how their images are scanned. */
export function addRepositories(context: EcsContext): void {
  const { stack, settings, ecs, repositoryUrls } = context;
  context.repositories = Object.fromEntries(
    byKey(ecs.repositories).map(([key, { pullRoles = [], ...options }]) => {
      const repository = new ContainerRepository(stack, `repository-${key}`, {
        repositoryName: names.containerRepository(settings.name, key),
        ...options,
      });
      letPull(repository, pullRoles);
      repositoryUrls[key] = repository.repositoryUrl;
      return [key, repository];
    }),
  );
  context.pullThroughCaches = Object.fromEntries(
    byKey(ecs.pullThroughCaches).map(([key, options]) => {
      const cache = new PullThroughCache(stack, `cache-${key}`, cacheOptions(key, options));
      const warning = firstPullWarning(key, context.vpc?.egress ?? "unknown");
      if (warning !== undefined) {
        Annotations.of(cache).addWarning(warning);
      }
      letPull(cache, options.pullRoles);
      return [key, cache];
    }),
  );
  if (ecs.registryScanning !== undefined) {
    new RegistryScanning(stack, "registry-scanning", ecs.registryScanning);
  }
  addOutput(stack, "repository_urls", "URLs of the ECR repositories, by key", { ...repositoryUrls });
}

function letPull(source: Pick<IContainerRepository, "grantPull">, roleNames: readonly string[] = []): void {
  for (const roleName of [...roleNames].sort(compareText)) {
    source.grantPull(roleName, roleName);
  }
}

/**
 * Lets whoever runs these images pull those that are copies of a cache of the settings, and have ECR make them. What
 * images of repositories need, those who run them read from the images themselves.
 *
 * @param images as the containers name them, with the registry's host
 * @param grant takes what is needed, with a key for each cache
 */
export function grantCachedPulls(
  { pullThroughCaches }: EcsContext,
  images: readonly string[],
  grant: (key: string, statements: readonly PolicyStatement[]) => void,
): void {
  for (const [key, cache] of byKey(pullThroughCaches)) {
    if (images.some((image) => cache.holds(image))) {
      grant(`pull-${key}`, cache.pullStatements);
    }
  }
}
