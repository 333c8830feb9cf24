import { type Problem, quote } from "../model/problem";
import type { Replicas } from "../model/workload";

/** Annotations of a revision that bound its pods; the second spelling is the older one. */
const MIN_SCALE = ["autoscaling.knative.dev/min-scale", "autoscaling.knative.dev/minScale"];
const MAX_SCALE = ["autoscaling.knative.dev/max-scale", "autoscaling.knative.dev/maxScale"];

/** Which autoscaler a revision has. That of HorizontalPodAutoscalers cannot scale to none. */
const CLASS = "autoscaling.knative.dev/class";
const CLASS_WITHOUT_ZERO = "hpa.autoscaling.knative.dev";

/**
 * Pods of a Knative Service: from none up, unless annotations say otherwise. Where nothing bounds them above, as many
 * are counted as there are at least, and one at the least.
 *
 * @see https://knative.dev/docs/serving/autoscaling/scale-bounds/
 */
export function knativeScale(annotations: Readonly<Record<string, string>>): {
  readonly replicas: Replicas;
  readonly problems: Problem[];
} {
  const min = bound(annotations, MIN_SCALE);
  const max = bound(annotations, MAX_SCALE);
  const problems = [min, max].flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  const fewest = annotations[CLASS] === CLASS_WITHOUT_ZERO ? 1 : 0;
  const least = Math.max(min.value ?? 0, fewest);
  // A bound of 0 is none.
  const most = max.value || undefined;
  if (most !== undefined && most < least) {
    problems.push({
      at: [max.key],
      message: `annotation ${quote(max.key)} must be at least that of ${quote(min.key)}, ${least}, got ${most}; raise it`,
    });
  }
  return { replicas: { min: least, max: most ?? Math.max(least, 1), from: describe(min.value, most) }, problems };
}

interface Bound {
  readonly key: string;
  readonly value?: number;
  readonly problem?: Problem;
}

function bound(annotations: Readonly<Record<string, string>>, keys: readonly string[]): Bound {
  const key = keys.find((each) => annotations[each] !== undefined);
  const text = key === undefined ? undefined : annotations[key];
  if (key === undefined || text === undefined) {
    return { key: keys[0] ?? "" };
  }
  return /^\d{1,9}$/.test(text)
    ? { key, value: Number(text) }
    : {
        key,
        problem: {
          at: [key],
          message: `annotation ${quote(key)} must be a whole number in quotes, got ${quote(text)}; write it like "1"`,
        },
      };
}

function describe(least: number | undefined, most: number | undefined): string {
  const bounds = [least === undefined ? [] : "min-scale", most === undefined ? [] : "max-scale"].flat();
  return bounds.length === 0 ? "the defaults of Knative" : `annotations ${bounds.join(" and ")}`;
}
