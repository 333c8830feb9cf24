import type { Inventory } from "../model/inventory";
import { compareWorkloads } from "../model/workload";
import { AUTOSCALER_KINDS, type Autoscaler, Autoscalers } from "./autoscalers";
import { repeatedObject } from "./errors";
import { readFiles } from "./files";
import { DEFAULT_NAMESPACE, keyOf } from "./identity";
import { LIMIT_RANGE, readLimitRanges } from "./limit-ranges";
import type { ManifestText } from "./manifest-text";
import { objectProblem, type RawObject, type Report } from "./objects";
import { noOtherObjects, OTHER_KINDS, type OtherObjects, sortOtherObjects } from "./other-kinds";
import { Owners } from "./owners";
import { ProblemList } from "./problem-list";
import { DEFAULT_SECONDS_PER_RUN } from "./run-time";
import { completeWorkloads, readDrafts, type Templates, templatesOf } from "./workloads";

export type { ManifestText } from "./manifest-text";

export interface ManifestOptions {
  /**
   * Namespace of objects that name none.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * Seconds that a run of a Job takes of which nothing says how long.
   *
   * @default 300
   */
  readonly secondsPerRun?: number;
  /** Told after each document how many of all are parsed. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Reads Kubernetes manifests: YAML of one or many documents, JSON, List objects, what `helm template`, `kustomize build`
 * and `kubectl get -o yaml` print. What cannot be read is told with its file, document and line, and never hides the
 * rest.
 */
export function readManifests(inputs: readonly ManifestText[], options: ManifestOptions = {}): Inventory {
  const { namespace = DEFAULT_NAMESPACE, secondsPerRun = DEFAULT_SECONDS_PER_RUN, onProgress = () => {} } = options;
  const { objects, problems: unreadable, kustomized, counts } = readFiles(inputs, onProgress);
  const problems = new ProblemList();
  for (const problem of unreadable) {
    problems.add(problem, () => problem);
  }
  const report: Report = (object, found) => {
    for (const problem of found) {
      problems.add(object.source, () => objectProblem(object, problem));
    }
  };
  const chosen = choose(objects, { namespace, kustomized }, report);
  const others = readOthers(chosen.others, namespace, report);
  const autoscalers = new Autoscalers(readAutoscalers(chosen.autoscalers, namespace, report));
  const defaults = readLimitRanges(chosen.limitRanges, namespace, report);
  const owners = new Owners(objects, new Set(chosen.workloads.keys()), namespace);
  const drafts = [...chosen.workloads].flatMap(([object, templates]) => {
    if (owners.isMadeByAnother(object)) {
      return [];
    }
    const read = readDrafts(object, templates, { namespace, secondsPerRun });
    report(object, read.problems);
    return read.drafts;
  });
  const workloads = completeWorkloads(drafts, autoscalers, defaults, report).sort(compareWorkloads);
  return { workloads, ...others, problems: problems.inOrder(inputs.map(({ file }) => file)), counts };
}

/** The objects that are read, by what they are. */
interface ChosenObjects {
  readonly workloads: Map<RawObject, Templates>;
  readonly autoscalers: RawObject[];
  readonly limitRanges: RawObject[];
  readonly others: RawObject[];
}

/** Leaves out what says nothing about pods, and what is there a second time, which is told. */
function choose(
  objects: readonly RawObject[],
  { namespace, kustomized }: { readonly namespace: string; readonly kustomized: boolean },
  report: Report,
): ChosenObjects {
  const chosen: ChosenObjects = { workloads: new Map(), autoscalers: [], limitRanges: [], others: [] };
  const first = new Map<string, RawObject>();
  for (const object of objects) {
    const add = destination(object, chosen);
    const key = keyOf(object, namespace);
    const before = key === undefined ? undefined : first.get(key);
    if (add === undefined) {
      continue;
    }
    if (before !== undefined) {
      report(object, [{ at: [], message: repeatedObject(before.source, kustomized) }]);
      continue;
    }
    if (key !== undefined) {
      first.set(key, object);
    }
    add();
  }
  return chosen;
}

function destination(object: RawObject, chosen: ChosenObjects): (() => void) | undefined {
  const kind = `${object.group}/${object.kind}`;
  const lists = [
    { is: OTHER_KINDS.has(kind), list: chosen.others },
    { is: AUTOSCALER_KINDS.has(kind), list: chosen.autoscalers },
    { is: kind === LIMIT_RANGE, list: chosen.limitRanges },
  ];
  const found = lists.find(({ is }) => is);
  if (found !== undefined) {
    return () => found.list.push(object);
  }
  const templates = templatesOf(object);
  return templates === undefined ? undefined : () => chosen.workloads.set(object, templates);
}

function readOthers(objects: readonly RawObject[], namespace: string, report: Report): OtherObjects {
  const into = noOtherObjects();
  for (const object of objects) {
    const read = OTHER_KINDS.get(`${object.group}/${object.kind}`)?.(object, namespace, into);
    report(object, read !== undefined && "problems" in read ? read.problems : []);
  }
  return sortOtherObjects(into);
}

function readAutoscalers(objects: readonly RawObject[], namespace: string, report: Report): Autoscaler[] {
  return objects.flatMap((object) => {
    const read = AUTOSCALER_KINDS.get(`${object.group}/${object.kind}`)?.(object, namespace) ?? { problems: [] };
    report(object, "problems" in read ? read.problems : []);
    return "value" in read ? [read.value] : [];
  });
}
