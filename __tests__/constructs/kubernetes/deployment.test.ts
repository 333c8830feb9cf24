import { Fn } from "cdktf";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import { Deployment, type DeploymentProps } from "../../../src/constructs/kubernetes/deployment";
import { importedClusterIn } from "../../support/constructs";
import { containerSpec, FULL_TEMPLATE, podTemplate } from "../../support/pod-templates";
import { refusal, resolved, resource, stackFor, synth, warnings } from "../../support/stack";

type ClusterOptions = Parameters<typeof importedClusterIn>[1];

const WEB = { key: "web", name: "platform-fargate-web", hashed: false, selectors: [{ namespace: "web" }] };

function build(props: Partial<DeploymentProps> = {}, options: ClusterOptions = {}) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack, options);
  const deployment = new Deployment(stack, "web", {
    cluster,
    namespace: "web",
    name: "web",
    template: podTemplate(),
    ...props,
  });
  return { deployment, stack };
}

const refused = (props: Partial<DeploymentProps>, options?: ClusterOptions) => refusal(() => build(props, options));

interface Spec {
  readonly spec: readonly [{ readonly template: readonly unknown[]; readonly [key: string]: unknown }];
}

function specOf(props: Partial<DeploymentProps> = {}) {
  const { template, ...spec } = (resource(synth(build(props).stack), Deployment) as unknown as Spec).spec[0];
  return { spec, template };
}

describe("Deployment", () => {
  test("finds its pods by one label, and leaves their number to the cluster", () => {
    const { deployment, stack } = build();
    expect(resource(synth(stack), Deployment)).toMatchObject({
      metadata: [{ name: "web", namespace: "web", labels: { "app.kubernetes.io/name": "web" } }],
    });
    expect(specOf().spec).toEqual({ selector: [{ match_labels: { "app.kubernetes.io/name": "web" } }] });
    expect(deployment).toMatchObject({
      objectName: "web",
      namespace: "web",
      selector: { "app.kubernetes.io/name": "web" },
      podLabels: { "app.kubernetes.io/name": "web" },
      replicas: undefined,
    });
  });

  test("takes every option at once", () => {
    const options = {
      replicas: 3,
      strategy: "Recreate",
      waitForRollout: false,
      labels: { team: "a" },
      template: FULL_TEMPLATE,
    } as const;
    const { deployment, stack } = build(options);
    expect(resource(synth(stack), Deployment)).toMatchObject({
      metadata: [{ labels: { team: "a", "app.kubernetes.io/name": "web" } }],
      wait_for_rollout: false,
    });
    expect(specOf(options).spec).toMatchObject({ replicas: 3, strategy: [{ type: "Recreate" }] });
    expect(deployment.replicas).toBe(3);
    expect(deployment.podLabels).toEqual({ app: "web", team: "a", "app.kubernetes.io/name": "web" });
  });

  test("stays as it is when somebody restarts its pods with kubectl", () => {
    expect(resource(synth(build().stack), Deployment).lifecycle).toEqual({
      ignore_changes: ['spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]'],
    });
  });

  test("has its pod template in Terraform's words", () => {
    expect(specOf().template).toMatchObject([
      {
        metadata: [{ labels: { "app.kubernetes.io/name": "web" } }],
        spec: [{ container: [{ security_context: [{ run_as_non_root: true, capabilities: [{ drop: ["ALL"] }] }] }] }],
      },
    ]);
  });

  test("waits for the profile that takes its pods, and for what else it is told", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    new FargateProfile(stack, "profile", { cluster, key: "web", selectors: [{ namespace: "web" }] });
    const common = { cluster, namespace: "web", template: podTemplate() };
    const first = new Deployment(stack, "first", { ...common, name: "first" });
    new Deployment(stack, "second", { ...common, name: "second", dependsOn: [first] });
    expect(resource(synth(stack), Deployment, "second").depends_on).toEqual([
      "aws_eks_fargate_profile.profile_profile",
      "kubernetes_deployment_v1.first",
    ]);
  });

  test("warns of what may go wrong with its pods", () => {
    const { stack } = build({ template: podTemplate({ containers: [containerSpec({ image: "nginx" })] }) });
    expect(warnings(stack)).toEqual([
      `[test/web] 'image' of container "app" "nginx" has no tag, so that pods which start later may run another version; name one exact tag or a digest`,
    ]);
  });

  test("takes names of other objects that Terraform alone knows", () => {
    const serviceAccountName = Fn.join("-", ["web", Fn.trimspace("account")]);
    const { stack } = build({ template: podTemplate({ serviceAccountName }) });
    expect(specOf({ template: podTemplate({ serviceAccountName }) }).template).toMatchObject([
      { spec: [{ service_account_name: resolved(stack, serviceAccountName) }] },
    ]);
  });
});

describe("a Deployment is refused", () => {
  test("when no profile takes its pods", () => {
    const fargateProfiles = [{ ...WEB, selectors: [{ namespace: "web", labels: { tier: "front" } }] }];
    expect(refused({}, { fargateProfiles })).toBe(
      `[test/web] no Fargate profile takes the pods of Deployment web in namespace "web", and there are no nodes, so they would stay Pending; add a selector { namespace: "web" } to a profile`,
    );
    expect(() => build({ template: podTemplate({ labels: { tier: "front" } }) }, { fargateProfiles })).not.toThrow();
  });

  test("when its namespace is not known at synth", () => {
    expect(refused({ namespace: Fn.trimspace("web") })).toBe(
      "[test/web] 'namespace' must be known at synth, as Fargate profiles select pods by it; write its name, and give what creates it in 'dependsOn'",
    );
  });

  test("with every problem at once", () => {
    const template = podTemplate({ containers: [containerSpec({ cpu: "0" })] });
    expect(refused({ name: "Web", namespace: "a.b", labels: { "a b": "" }, template }).split("\n")).toEqual([
      expect.stringMatching(/^\[test\/web\] 'name' of a Deployment must be a Kubernetes name .* got "Web"$/),
      expect.stringMatching(/^\[test\/web\] 'namespace' must be a Kubernetes name .* got "a.b"$/),
      expect.stringMatching(/^\[test\/web\] label key "a b" must be/),
      expect.stringMatching(/^\[test\/web\] 'cpu' of container "app" must be/),
    ]);
  });
});
