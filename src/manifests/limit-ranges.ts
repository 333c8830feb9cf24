import type { Problem } from "../model/problem";
import { under } from "../model/problem";
import { readIdentity } from "./identity";
import type { RawObject, Report } from "./objects";
import { amountProblems, type WrittenAmounts, type WrittenResources, written } from "./resources";
import { type Checked, check, list, mapping, name, named, optional, problemsIn, quantity } from "./schema";

const amounts = optional(named(optional(quantity)));

const limitRangeSchema = mapping({
  spec: mapping({
    limits: list(mapping({ type: name, default: amounts, defaultRequest: amounts, max: amounts, min: amounts })),
  }),
});

/** API group and kind. */
export const LIMIT_RANGE = "/LimitRange";

/** What containers of a namespace get that do not say otherwise. */
export interface ContainerDefaults {
  readonly limits: WrittenAmounts;
  readonly requests: WrittenAmounts;
}

/**
 * The defaults of a LimitRange for containers: without `default` its `max`, without `defaultRequest` its default limit,
 * and without that its `min`, resource by resource.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
function readLimitRange(object: RawObject): Checked<ContainerDefaults> {
  const checked = check(limitRangeSchema, object.value);
  if ("problems" in checked) {
    return checked;
  }
  const { limits } = checked.value.spec;
  const problems = limits.flatMap((item, index) =>
    AMOUNTS.flatMap((key): Problem[] => under(["spec", "limits", index, key], amountProblems(item[key]))),
  );
  if (problems.length > 0) {
    return { problems };
  }
  const defaults = limits
    .filter(({ type }) => type === "Container")
    .map((item) => {
      const limit = { ...written(item.max), ...written(item.default) };
      return { limits: limit, requests: { ...written(item.min), ...limit, ...written(item.defaultRequest) } };
    });
  return { value: mergeDefaults(defaults) };
}

const AMOUNTS = ["default", "defaultRequest", "max", "min"] as const;

/** What several give together: of two that name the same resource the first counts. */
function mergeDefaults(all: readonly ContainerDefaults[]): ContainerDefaults {
  return all.reduceRight(
    (rest, { limits, requests }) => ({
      limits: { ...rest.limits, ...limits },
      requests: { ...rest.requests, ...requests },
    }),
    NO_DEFAULTS,
  );
}

/** The LimitRanges of each namespace together, in the order of their names. */
export function readLimitRanges(
  objects: readonly RawObject[],
  namespace: string,
  report: Report,
): ReadonlyMap<string, ContainerDefaults> {
  const found: { readonly namespace: string; readonly name: string; readonly defaults: ContainerDefaults }[] = [];
  for (const object of objects) {
    const identity = readIdentity(object, namespace);
    const defaults = readLimitRange(object);
    if ("value" in identity && "value" in defaults) {
      found.push({ ...identity.value, defaults: defaults.value });
    } else {
      report(object, problemsIn(identity, defaults));
    }
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  const namespaces = new Set(found.map((each) => each.namespace));
  return new Map(
    [...namespaces].map((each) => [
      each,
      mergeDefaults(found.filter((range) => range.namespace === each).map(({ defaults }) => defaults)),
    ]),
  );
}

export const NO_DEFAULTS: ContainerDefaults = { limits: {}, requests: {} };

/** The resources of a container that Kubernetes admits; `own` has requests for its limits already. */
export function withDefaults(own: WrittenResources, { limits, requests }: ContainerDefaults): WrittenResources {
  return { limits: { ...limits, ...own.limits }, requests: { ...requests, ...own.requests } };
}
