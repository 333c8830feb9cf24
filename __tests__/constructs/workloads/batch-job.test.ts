import { Release } from "@cdktf/provider-helm/lib/release";
import { Fn, type TerraformStack } from "cdktf";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import { BatchJob, type BatchJobProps } from "../../../src/constructs/workloads/batch-job";
import { importedClusterIn } from "../../support/constructs";
import { containerSpec, podTemplate } from "../../support/pod-templates";
import { refusal, resource, stackFor, synth, warnings } from "../../support/stack";

function jobIn(stack: TerraformStack, props: Partial<BatchJobProps> = {}): BatchJob {
  return new BatchJob(stack, "migrate", {
    cluster: props.cluster ?? importedClusterIn(stack),
    namespace: "shop",
    name: "migrate",
    template: podTemplate(),
    ...props,
  });
}

function build(props: Partial<BatchJobProps> = {}) {
  const stack = stackFor();
  const { jobName } = jobIn(stack, props);
  const release = resource(synth(stack), Release);
  const values = JSON.parse((release.values as string[])[0] ?? "") as { objects: unknown[] };
  return { jobName, release, job: values.objects[0], objects: values.objects, stack };
}

const running = (image: string) => ({ template: podTemplate({ containers: [containerSpec({ image })] }) });

describe("BatchJob", () => {
  test("is a Job in a Helm release, so that its end is no change", () => {
    const { jobName, release, job, objects } = build();
    expect(release).toMatchObject({ name: "migrate", namespace: "shop" });
    expect(objects).toHaveLength(1);
    expect(job).toEqual({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: jobName, namespace: "shop", labels: { "app.kubernetes.io/name": "migrate" } },
      spec: { ttlSecondsAfterFinished: 3600, template: expect.any(Object) },
    });
    expect(job).toMatchObject({
      spec: {
        template: { spec: { restartPolicy: "Never", containers: [{ resources: { limits: { cpu: "250m" } } }] } },
      },
    });
  });

  test("takes every option at once", () => {
    const options = {
      ttlSecondsAfterFinished: 60,
      backoffLimit: 0,
      activeDeadlineSeconds: 900,
      parallelism: 2,
      completions: 4,
      completionMode: "Indexed",
    } as const;
    const { job } = build({ ...options, restartPolicy: "OnFailure", labels: { team: "a" } });
    expect(job).toMatchObject({
      metadata: { labels: { team: "a", "app.kubernetes.io/name": "migrate" } },
      spec: { ...options, template: { spec: { restartPolicy: "OnFailure" } } },
    });
  });

  test("waits for the profile that takes its pods", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    new FargateProfile(stack, "profile", { cluster, selectors: [{ namespace: "shop" }] });
    jobIn(stack, { cluster });
    expect(resource(synth(stack), Release).depends_on).toEqual(["aws_eks_fargate_profile.profile_profile"]);
  });

  test("warns when its pods stay for long, and of what may go wrong with them", () => {
    expect(warnings(build({ ttlSecondsAfterFinished: 7200, ...running("app") }).stack)).toEqual([
      expect.stringMatching(/^\[test\/migrate\] finished pods stay for 7200 s/),
      expect.stringMatching(/^\[test\/migrate\] 'image' of container "app" "app" has no tag/),
    ]);
  });
});

describe("the name of a BatchJob's Job", () => {
  const { jobName } = build();

  test("is the same while nothing changes, so that it runs once", () => {
    expect(jobName).toMatch(/^migrate-[0-9a-f]{8}$/);
    expect(build().jobName).toBe(jobName);
  });

  test.each<[string, Partial<BatchJobProps>]>([
    ["its image", running("registry.example.com/app:1.2.4")],
    ["an option", { backoffLimit: 1 }],
    ["a label", { labels: { team: "a" } }],
    ["what it was told to run for", { run: "2026-11-21" }],
  ])("is another one with %s, so that it runs again", (_, props) => {
    expect(build(props).jobName).not.toBe(jobName);
  });

  test("is left to Terraform where Terraform alone knows a part of the content, whatever else is in the stack", () => {
    const named = (image: string, others = 0, token = "account") => {
      const stack = stackFor();
      const cluster = importedClusterIn(stack);
      for (let index = 0; index < others; index++) {
        Fn.trimspace(`other ${index}`);
      }
      const environment = { QUOTED: 'a "b"', TOKEN: Fn.trimspace(token) };
      jobIn(stack, { cluster, template: podTemplate({ containers: [containerSpec({ image, environment })] }) });
      const [values = ""] = resource(synth(stack), Release).values as string[];
      return /"name":"(migrate-.*?)","namespace"/.exec(values)?.[1];
    };
    const name = named("app:1");
    expect(name).toMatch(
      /^migrate-\$\{substr\(sha256\(join\("", \["[0-9a-f]{64}", trimspace\("account"\)\]\)\), 0, 8\)\}$/,
    );
    expect(named("app:1", 3)).toBe(name);
    expect(named("app:2")).not.toBe(name);
    expect(named("app:1", 0, "other")).not.toBe(name);
  });
});

describe("a BatchJob is refused", () => {
  const refused = (props: Partial<BatchJobProps>) => refusal(() => jobIn(stackFor(), props));

  test("with what Kubernetes does not take", () => {
    expect(refused({ name: "a".repeat(60), parallelism: 0 }).split("\n")).toEqual([
      expect.stringMatching(/'name' of a job must be at most 52 characters/),
      "[test/migrate] 'parallelism' must be a whole number of at least 1, got 0",
    ]);
    expect(refused({ template: podTemplate({ containers: [] }) })).toBe(
      "[test/migrate] 'containers' of a pod must hold at least one container, got none",
    );
  });

  test("when no profile takes its pods", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack, { fargateProfiles: [] });
    expect(refusal(() => jobIn(stack, { cluster }))).toMatch(
      /^\[test\/migrate\] no Fargate profile takes the pods of Job migrate in namespace "shop"/,
    );
  });
});
