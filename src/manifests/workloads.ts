import { type Problem, quote, under } from "../model/problem";
import type { Workload } from "../model/workload";
import type { Autoscalers } from "./autoscalers";
import { DEFAULT_NAMESPACE, type Identity, readIdentity } from "./identity";
import { type KindContext, type KindReading, none, PLAIN, replicasOf } from "./kind-reading";
import { type ContainerDefaults, NO_DEFAULTS } from "./limit-ranges";
import type { RawObject, Report } from "./objects";
import { podTemplateSchema } from "./pod-schema";
import { admissionProblems, podSpecProblems, toPodSpec } from "./pod-spec";
import { type FoundTemplate, findPodTemplates } from "./pod-templates";
import { readRunTime } from "./run-time";
import { type Checked, check, defined } from "./schema";
import { WORKLOAD_KINDS } from "./workload-kinds";

/** A workload that is read, but does not know yet what other objects say of it. */
export interface Draft {
  readonly object: RawObject;
  readonly identity: Identity;
  readonly name: string;
  readonly reading: KindReading;
}

export interface DraftsOfObject {
  readonly drafts: readonly Draft[];
  readonly problems: readonly Problem[];
}

export interface WorkloadOptions {
  /** Of objects that name none. */
  readonly namespace: string;
  readonly secondsPerRun: number;
}

/** Pod templates of an object: where its kind has them, or where they were found. */
export type Templates = "known" | readonly FoundTemplate[];

/** Where an object makes pods. `undefined` when it makes none. */
export function templatesOf(object: RawObject): Templates | undefined {
  if (WORKLOAD_KINDS.has(`${object.group}/${object.kind}`)) {
    return "known";
  }
  const found = findPodTemplates(object);
  return found.length === 0 ? undefined : found;
}

/** The workloads of an object, or everything that is wrong with it. */
export function readDrafts(object: RawObject, templates: Templates, options: WorkloadOptions): DraftsOfObject {
  const identified = readIdentity(object, options.namespace);
  const unknown: Identity = { namespace: DEFAULT_NAMESPACE, name: "", generated: false, metadata: {} };
  const identity = "value" in identified ? identified.value : unknown;
  const context = { identity, secondsPerRun: options.secondsPerRun };
  const readings =
    templates === "known" ? [readKnown(object, context)] : templates.map((each) => readFound(object, each, context));
  const problems = [
    ...("problems" in identified ? identified.problems : []),
    ...readings.flatMap((reading) => ("problems" in reading ? reading.problems : problemsOf(reading.value))),
  ];
  if (problems.length > 0) {
    return { drafts: [], problems: withoutRepetition(problems) };
  }
  const isTest = isHelmTest(identity);
  const drafts = readings
    .flatMap((reading) => ("value" in reading ? [reading.value] : []))
    .map((reading) => (isTest ? { ...reading, replicas: none(`the annotation ${quote(HELM_HOOK)}`) } : reading));
  return {
    drafts: drafts.map((reading) => ({ object, identity, name: nameOf(identity, reading, drafts), reading })),
    problems,
  };
}

const HELM_HOOK = "helm.sh/hook";

/**
 * Whether nothing but "helm test" starts the pods of an object, which "helm template" prints all the same.
 *
 * @see https://helm.sh/docs/topics/chart_tests/
 */
function isHelmTest({ metadata: { annotations } }: Identity): boolean {
  const hooks = (annotations?.[HELM_HOOK] ?? "").split(",").map((hook) => hook.trim());
  return hooks.every((hook) => hook === "test" || hook === "test-success" || hook === "test-failure");
}

function readKnown(object: RawObject, context: KindContext): Checked<KindReading> {
  const read = WORKLOAD_KINDS.get(`${object.group}/${object.kind}`);
  return read === undefined ? { problems: [] } : read(object, context);
}

function readFound(
  object: RawObject,
  { at, replicas }: FoundTemplate,
  { identity, secondsPerRun }: KindContext,
): Checked<KindReading> {
  const checked = check(podTemplateSchema, valueAt(object.value, at));
  if ("problems" in checked) {
    return { problems: under(at, checked.problems) };
  }
  const { value: template } = checked;
  const reading = { ...PLAIN, templatePath: at, template, replicas: replicasOf(replicas) };
  if (!ENDS.has(template.spec.restartPolicy ?? "")) {
    return { value: reading };
  }
  const annotations = [
    { at: ["metadata"], metadata: identity.metadata },
    { at: [...at, "metadata"], metadata: template.metadata },
  ];
  const { activeDeadlineSeconds } = template.spec;
  const input = { annotations, activeDeadlineSeconds, ttlSecondsAfterFinished: undefined, retained: 0 };
  return { value: { ...reading, ...readRunTime(input, secondsPerRun) } };
}

/** What pods do when they end that run once, like those of a Job: they are not started again. */
const ENDS: ReadonlySet<string> = new Set(["Never", "OnFailure"]);

function valueAt(value: unknown, at: Problem["at"]): unknown {
  return at.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function problemsOf({ problems, template, templatePath, namesNeeded }: KindReading): Problem[] {
  const spec = template === undefined ? [] : podSpecProblems(template.spec, namesNeeded);
  return [...problems, ...under([...templatePath, "spec"], spec)];
}

/** A Pod's own metadata is checked as that of an object and as that of its template. */
function withoutRepetition(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ at, message }) => {
    const key = JSON.stringify([at, message]);
    const repeated = seen.has(key);
    seen.add(key);
    return !repeated;
  });
}

/** The object's name, with the place of the template behind it where the object has several. */
function nameOf({ name }: Identity, { templatePath }: KindReading, all: readonly KindReading[]): string {
  const place = templatePath.filter((key) => key !== "spec" && key !== "template").join(".");
  return all.length === 1 || place === "" ? name : `${name}.${place}`;
}

/**
 * Puts workloads together with what other objects say of them: autoscalers, the defaults of their namespace, and of a
 * Rollout the Deployment whose template it takes, which then has no pods of its own.
 */
export function completeWorkloads(
  drafts: readonly Draft[],
  autoscalers: Autoscalers,
  defaults: ReadonlyMap<string, ContainerDefaults>,
  report: Report,
): Workload[] {
  const byName = new Map(drafts.map((draft) => [referenceKey(draft, draft.object.kind, draft.identity.name), draft]));
  const rolledOut = new Map<Draft, Draft>();
  const complete = drafts.flatMap((draft) => {
    const { reference } = draft.reading;
    const holder = reference === undefined ? draft : byName.get(referenceKey(draft, reference.kind, reference.name));
    if (holder?.reading.template === undefined) {
      report(draft.object, reference === undefined ? [] : [missingReference(reference)]);
      return [];
    }
    if (holder !== draft) {
      rolledOut.set(holder, draft);
    }
    return [{ draft, holder, template: holder.reading.template }];
  });
  return complete.map(({ draft, holder, template }) => {
    const { object, identity, name, reading } = draft;
    const rollout = rolledOut.get(draft);
    const own = { group: object.group, kind: object.kind, namespace: identity.namespace, name };
    const podPath = [...holder.reading.templatePath, "spec"];
    const given = defaults.get(identity.namespace);
    // A template that another workload takes is told of once, with the workload that has it.
    report(
      object,
      given === undefined || holder !== draft ? [] : under(podPath, admissionProblems(template.spec, given)),
    );
    return {
      apiVersion: object.apiVersion,
      kind: object.kind,
      namespace: identity.namespace,
      name,
      source: holder.object.source,
      podLabels: { ...reading.addedLabels, ...template.metadata?.labels },
      podAnnotations: template.metadata?.annotations ?? {},
      pod: toPodSpec(template.spec, given ?? NO_DEFAULTS),
      podPath,
      replicas:
        rollout === undefined
          ? autoscalers.replicasOf(own, reading.replicas)
          : { min: 0, max: 0, from: `Rollout ${rollout.name}` },
      runTime: reading.runTime,
      ...defined({ controller: reading.controller }),
      claimTemplates: reading.claimTemplates,
    };
  });
}

function referenceKey({ identity: { namespace } }: Draft, kind: string, name: string): string {
  return JSON.stringify([namespace, kind, name]);
}

function missingReference({ kind, name }: { readonly kind: string; readonly name: string }): Problem {
  return {
    at: ["spec", "workloadRef"],
    message: `'workloadRef' names the ${kind} ${quote(name)}, which is not there or cannot be read; give its manifest too`,
  };
}
