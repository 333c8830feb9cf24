import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  type ChartChoice,
  chartChoiceProblems,
  chartRepositoryProblems,
  type PublishedChart,
} from "../../model/charts";
import { type Image, type ImageChoice, imageChoiceProblems, registryProblems } from "../../model/images";
import { refuse } from "../errors";

/** Where charts and images come from instead of the internet. */
export interface MirrorOptions {
  /** URL of a chart repository that has all charts. @default - each chart's own */
  readonly charts?: string;
  /** Registry, and what stands before the repository, that has all images under their own paths. @default - each image's own */
  readonly images?: string;
}

const MIRRORS = Symbol.for("cdktf-eks-fargate.Mirrors");

/**
 * Where a stack takes charts and images from when it cannot reach the internet: repositories of your own, which have
 * them under the same names.
 *
 * @example
 * Mirrors.set(stack, { charts: "oci://registry.example.com/charts", images: "registry.example.com" });
 */
export class Mirrors {
  private constructor(private readonly options: MirrorOptions) {}

  /** @throws InvalidPropsError when they are not repositories */
  static set(stack: TerraformStack, options: MirrorOptions): void {
    refuse(stack, [
      ...(options.charts === undefined ? [] : chartRepositoryProblems("charts", options.charts)),
      ...(options.images === undefined ? [] : registryProblems("images", options.images)),
    ]);
    (stack as TerraformStack & { [MIRRORS]?: Mirrors })[MIRRORS] = new Mirrors(options);
  }

  /** The mirrors of the stack that holds `scope`. */
  static of(scope: Construct): Mirrors {
    const stack = TerraformStack.of(scope) as TerraformStack & { [MIRRORS]?: Mirrors };
    return stack[MIRRORS] ?? new Mirrors({});
  }

  /**
   * Where a chart is to be had.
   *
   * @param choice what was chosen for this chart alone, which wins over the mirror
   * @throws InvalidPropsError when the choice is malformed
   */
  chart(scope: Construct, published: PublishedChart, choice: ChartChoice = {}): PublishedChart {
    refuse(scope, chartChoiceProblems(choice));
    return {
      chart: published.chart,
      repository: choice.repository ?? this.options.charts ?? published.repository,
      version: choice.version ?? published.version,
    };
  }

  /**
   * Where an image is to be had.
   *
   * @param choice what was chosen for this image alone, which wins over the mirror
   * @throws InvalidPropsError when the choice is malformed
   */
  image(scope: Construct, published: Image, choice: ImageChoice = {}): Image {
    refuse(scope, imageChoiceProblems(choice));
    return {
      registry: choice.registry ?? this.options.images ?? published.registry,
      repository: choice.repository ?? published.repository,
      tag: choice.tag ?? published.tag,
    };
  }
}
