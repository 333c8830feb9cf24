import { existsSync } from "node:fs";
import { join } from "node:path";
import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, type ITerraformDependable, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { quote } from "../../model/problem";
import { refuse } from "../errors";
import { stableJson } from "./stable-json";

/** A Kubernetes object as a manifest has it. Tokens in it stay Terraform expressions. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What a `CustomObjects` is told. */
export interface CustomObjectsProps {
  /** Name of the Helm release that keeps the objects. */
  readonly release: string;
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
  /** What brings the kinds, such as another chart. @default - nothing: the kinds are there already */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const ASSET = "objects-chart";

/**
 * Kubernetes objects of kinds that are not part of Kubernetes itself. Terraform's `kubernetes_manifest` asks the API
 * what such a kind looks like when it plans, so it cannot plan an object whose CRD comes in the same run. Helm asks
 * when it applies: the objects are the values of a small chart, which is written beside `cdk.tf.json`.
 *
 * Helm does not see it when somebody else changes the objects (docs/decisions/0010-custom-objects.md).
 *
 * @example
 * new CustomObjects(this, "objects", {
 *   release: "web-security-groups",
 *   namespace: "web",
 *   objects: [{ apiVersion: "vpcresources.k8s.aws/v1beta1", kind: "SecurityGroupPolicy", metadata: { name: "web" } }],
 * });
 */
export class CustomObjects extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, props: CustomObjectsProps) {
    super(scope, id);
    const { dependsOn = [] } = props;
    refuse(this, [
      props.objects.length === 0
        ? `'objects' of release ${quote(props.release)} must hold at least one Kubernetes object, got none`
        : undefined,
    ]);
    this.release = new Release(this, "release", {
      name: props.release,
      namespace: props.namespace,
      chart: `\${path.module}/${chartOf(this).path}`,
      values: [stableJson({ objects: props.objects })],
      atomic: true,
      maxHistory: 5,
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}

/** The chart as an asset of the stack, once for all objects in it. */
function chartOf(scope: Construct): TerraformAsset {
  const stack = TerraformStack.of(scope);
  return (
    (stack.node.tryFindChild(ASSET) as TerraformAsset | undefined) ??
    new TerraformAsset(stack, ASSET, { path: findChart(), type: AssetType.DIRECTORY })
  );
}

/** The folder `charts/objects` of the project, seen from `src` or from `dist/src`. */
function findChart(): string {
  const source = join(__dirname, "../../../charts/objects");
  return existsSync(source) ? source : join(__dirname, "../../../../charts/objects");
}
