import { createHash } from "node:crypto";
import { Annotations, Fn, type ITerraformDependable, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { type JobOptions, jobNameProblem, jobProblems, jobWarnings } from "../../model/batch";
import { refuse } from "../errors";
import { CustomObjects } from "../kubernetes/custom-objects";
import { jobManifest } from "../kubernetes/job-manifest";
import { objectMetadata, type PodControllerProps, placeOfPods } from "../kubernetes/pod-controller";

/** What a `BatchJob` is told. */
export interface BatchJobProps extends PodControllerProps, JobOptions {
  /** Any text; another one runs the Job again. @default - it runs again when something else of it changes */
  readonly run?: string;
}

/** Length of the hash behind the Job's name: enough that two contents of one Job do not meet. */
const HASH_LENGTH = 8;

/**
 * A program that runs on Fargate once, and again with each change: of its image, its arguments, or `run`.
 *
 * Terraform's own resource for a Job would run it again with the first apply after its time to live, because the Job
 * is no longer there. So the Job is part of a Helm release, which nobody looks for, and is called after its content:
 * Kubernetes cannot change a Job, and another content is another Job.
 *
 * Terraform does not wait for its end, nor fail with it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 * @example
 * new BatchJob(this, "migrate", {
 *   cluster,
 *   namespace: "shop",
 *   name: "migrate",
 *   backoffLimit: 2,
 *   activeDeadlineSeconds: 900,
 *   template: {
 *     containers: [{ name: "shop", image: "example.com/shop:3.1.0", args: ["migrate"], cpu: "250m", memory: "256Mi" }],
 *   },
 * });
 */
export class BatchJob extends Construct {
  /** Name of the Job in Kubernetes, which changes with its content. */
  readonly jobName: string;
  /** What comes after the Job has been created; it may still run. */
  readonly created: ITerraformDependable;

  constructor(scope: Construct, id: string, props: BatchJobProps) {
    super(scope, id);
    const { name, namespace, template, run, dependsOn = [] } = props;
    refuse(this, [jobNameProblem(name), ...jobProblems(props)]);
    for (const warning of jobWarnings(props)) {
      Annotations.of(this).addWarning(warning);
    }
    const place = placeOfPods(this, "Job", props);
    const metadata = objectMetadata(props);
    const spec = jobManifest(name, template, props);
    this.jobName = `${name}-${hashOf(JSON.stringify({ metadata, spec, run }))}`;
    this.created = new CustomObjects(this, "objects", {
      release: name,
      namespace,
      objects: [{ apiVersion: "batch/v1", kind: "Job", metadata: { ...metadata, name: this.jobName }, spec }],
      dependsOn: [...place, ...dependsOn],
    }).release;
  }
}

/**
 * A hash of the text. What Terraform alone knows counts by its value, which Terraform adds to the hash of the rest; a
 * token's own text is another in each run.
 */
function hashOf(text: string): string {
  const { literals, tokens } = Tokenization.reverseString(text);
  const hash = createHash("sha256").update(literals.map(String).join()).digest("hex");
  return tokens.length === 0
    ? hash.slice(0, HASH_LENGTH)
    : Fn.substr(Fn.sha256(Fn.join("", [hash, ...tokens.map((token) => Token.asString(token))])), 0, HASH_LENGTH);
}
