import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import type { ImageChoice } from "../../../src/model/images";
import { refusal, stackFor } from "../../support/stack";

const PUBLISHED = { registry: "registry.k8s.io", repository: "metrics-server/metrics-server", tag: "v0.8.1" };

describe("Mirrors", () => {
  test("leave an image where its publisher has it when there are none", () => {
    const stack = stackFor();
    expect(Mirrors.of(stack).image(stack, PUBLISHED)).toEqual(PUBLISHED);
  });

  test("take an image from the stack's registry under its own path", () => {
    const stack = stackFor();
    Mirrors.set(stack, { images: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror" });
    expect(Mirrors.of(stack).image(stack, PUBLISHED)).toEqual({
      ...PUBLISHED,
      registry: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror",
    });
  });

  test("are overruled by what was chosen for one image", () => {
    const stack = stackFor();
    Mirrors.set(stack, { images: "mirror.example.com" });
    const choice = { registry: "other.example.com:5000", repository: "metrics", tag: "v0.8.2" };
    expect(Mirrors.of(stack).image(stack, PUBLISHED, choice)).toEqual(choice);
  });

  test("of one stack are none of another's", () => {
    const [left, right] = [stackFor(), stackFor()];
    Mirrors.set(left, { images: "mirror.example.com" });
    expect(Mirrors.of(right).image(right, PUBLISHED)).toEqual(PUBLISHED);
  });

  test.each<[string, ImageChoice, string]>([
    [
      "a registry with a scheme",
      { registry: "https://mirror.example.com" },
      `'registry' must be the host of a registry, with its path if it has one, like "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror", got "https://mirror.example.com"; leave out the scheme and the last "/"`,
    ],
    [
      "a tag that moves",
      { tag: "latest" },
      `'tag' of an image must be one exact tag, like "v0.8.1", got "latest"; a moving one would run another image tomorrow`,
    ],
    [
      "a tag that cannot be one",
      { tag: "v1 beta" },
      `'tag' of an image must be one exact tag, like "v0.8.1", got "v1 beta"; a moving one would run another image tomorrow`,
    ],
  ])("refuse %s", (_, choice, message) => {
    const stack = stackFor();
    expect(refusal(() => Mirrors.of(stack).image(stack, PUBLISHED, choice))).toBe(`[test] ${message}`);
  });

  test("are themselves refused when they are no repositories", () => {
    expect(
      refusal(() => Mirrors.set(stackFor(), { charts: "charts", images: "mirror.example.com/" })).split("\n"),
    ).toEqual([
      `[test] 'charts' must be the URL of a chart repository, like "https://charts.example.com" or "oci://registry.example.com/charts", got "charts"`,
      `[test] 'images' must be the host of a registry, with its path if it has one, like "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror", got "mirror.example.com/"; leave out the scheme and the last "/"`,
    ]);
  });
});
