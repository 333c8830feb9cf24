import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ChartChoice, PublishedChart } from "../../model/charts";
import { Mirrors } from "./mirrors";
import { stableJson } from "./stable-json";

/** Values of a chart. Tokens in them stay Terraform expressions. */
export interface ChartValues {
  readonly [key: string]: unknown;
}

/** What a `HelmChart` is told. */
export interface HelmChartProps {
  readonly chart: PublishedChart;
  /** What was chosen about the chart. @default - as published, or from the stack's mirror */
  readonly choice?: ChartChoice;
  /** Name of the release. */
  readonly release: string;
  readonly namespace: string;
  readonly values: ChartValues;
  /** What the release waits for, and outlives when the stack is destroyed. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A pod on Fargate takes one to two minutes to start; a chart may start several, one after the other. */
const TIMEOUT_IN_SECONDS = 900;

/**
 * A Helm release that is whole or not there: Terraform waits until its pods are ready, and a release that fails is
 * taken back.
 *
 * @see https://helm.sh/docs/helm/helm_upgrade/
 */
export class HelmChart extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, props: HelmChartProps) {
    super(scope, id);
    const { dependsOn = [] } = props;
    const { chart, repository, version } = Mirrors.of(this).chart(this, props.chart, props.choice);
    this.release = new Release(this, "release", {
      name: props.release,
      namespace: props.namespace,
      chart,
      repository,
      version,
      values: [stableJson(props.values)],
      atomic: true,
      wait: true,
      timeout: TIMEOUT_IN_SECONDS,
      maxHistory: 5,
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}
