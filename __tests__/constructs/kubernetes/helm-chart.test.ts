import { Release } from "@cdktf/provider-helm/lib/release";
import { HelmChart, type HelmChartProps } from "../../../src/constructs/kubernetes/helm-chart";
import { type MirrorOptions, Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { refusal, resource, stackFor, synth } from "../../support/stack";

const PUBLISHED = { chart: "shop", repository: "https://charts.example.com", version: "1.2.3" };

function build(props: Partial<HelmChartProps> = {}, mirrors?: MirrorOptions) {
  const stack = stackFor();
  if (mirrors !== undefined) {
    Mirrors.set(stack, mirrors);
  }
  new HelmChart(stack, "shop", { chart: PUBLISHED, release: "shop", namespace: "web", values: {}, ...props });
  return resource(synth(stack), Release);
}

describe("HelmChart", () => {
  test("is the published chart in one exact version", () => {
    expect(build()).toMatchObject({
      name: "shop",
      namespace: "web",
      chart: "shop",
      repository: "https://charts.example.com",
      version: "1.2.3",
    });
  });

  test("waits for its pods, as long as a few pods on Fargate take, and is taken back whole when they do not come", () => {
    expect(build()).toMatchObject({ wait: true, atomic: true, timeout: 900 });
  });

  test("hands its values over as JSON, with tokens as Terraform expressions", () => {
    const [values] = build({ values: { replicas: 2, role: "${aws_iam_role.x.arn}" } }).values as string[];
    expect(JSON.parse(values ?? "")).toEqual({ replicas: 2, role: "${aws_iam_role.x.arn}" });
  });

  test("waits for nothing when there is nothing to wait for", () => {
    expect(build().depends_on).toBeUndefined();
  });

  test.each<[string, Partial<HelmChartProps>, MirrorOptions | undefined, string]>([
    ["the stack's mirror", {}, { charts: "oci://mirror.example.com/charts" }, "oci://mirror.example.com/charts"],
    [
      "a repository of its own, which wins over the mirror",
      { choice: { repository: "https://other.example.com" } },
      { charts: "oci://mirror.example.com/charts" },
      "https://other.example.com",
    ],
  ])("comes from %s", (_, props, mirrors, repository) => {
    expect(build(props, mirrors)).toMatchObject({ chart: "shop", repository, version: "1.2.3" });
  });

  test("comes in the version that is asked for", () => {
    expect(build({ choice: { version: "1.3.0" } })).toMatchObject({ version: "1.3.0" });
  });

  test("is refused in a range of versions", () => {
    expect(refusal(() => build({ choice: { version: "~1.2" } }))).toBe(
      `[test/shop] 'version' of a chart must be one exact version, like "3.13.1", got "~1.2"; a range would install another one tomorrow`,
    );
  });

  test("is refused from what is no repository", () => {
    expect(refusal(() => build({ choice: { repository: "charts" } }))).toBe(
      `[test/shop] 'repository' must be the URL of a chart repository, like "https://charts.example.com" or "oci://registry.example.com/charts", got "charts"`,
    );
  });
});
