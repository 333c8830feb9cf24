import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { NamedFargateProfile } from "../model/fargate-profile";
import { quote } from "../model/problem";
import { UsageError } from "./errors";
import { readNamed, reasonOf } from "./files";

/** The Fargate profiles of a synthesized stack, by their names in Terraform. */
const PROFILES = v.record(
  v.string(),
  v.looseObject({
    fargate_profile_name: v.string(),
    selector: v.array(v.looseObject({ namespace: v.string(), labels: v.optional(v.record(v.string(), v.string())) })),
  }),
);

const NODE_GROUPS = v.record(
  v.string(),
  v.looseObject({ ami_type: v.optional(v.string(), ""), instance_types: v.optional(v.array(v.string()), []) }),
);

/** The parts of cdk.tf.json that are looked at. */
interface Stack {
  readonly provider?: { readonly aws?: readonly { readonly region?: unknown }[] };
  readonly resource?: { readonly aws_eks_fargate_profile?: unknown; readonly aws_eks_node_group?: unknown };
}

/** Fargate profiles, nodes and the Region of synthesized stacks. */
export interface StackFacts {
  readonly profiles: readonly NamedFargateProfile[];
  readonly region?: string;
  /** Whether there are Linux nodes. */
  readonly nodes: boolean;
  /** Instance types of the Linux nodes. */
  readonly instanceTypes: readonly string[];
}

/**
 * Reads the Fargate profiles of every stack in a folder, which cdktf calls `cdktf.out/stacks`, or of one stack's folder.
 *
 * @throws UsageError when there is no stack or no profile
 */
export function readStacks(folder: string): StackFacts {
  const files = stackFiles(folder);
  if (files.length === 0) {
    throw new UsageError(
      `there is no cdk.tf.json in ${quote(folder)} or its folders; synthesize first (npm run synth), and name the folder of the stacks, such as cdktf.out/stacks`,
    );
  }
  const stacks = files.map(readStack);
  const profiles = stacks.flatMap((stack) => stack.profiles).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (profiles.length === 0) {
    throw new UsageError(
      `no stack in ${quote(folder)} has an aws_eks_fargate_profile; name the folder of one that has`,
    );
  }
  const region = stacks.map((stack) => stack.region).find((each) => each !== undefined);
  return {
    profiles,
    nodes: stacks.some((stack) => stack.nodes),
    instanceTypes: stacks.flatMap((stack) => stack.instanceTypes),
    ...(region === undefined ? {} : { region }),
  };
}

function stackFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => /(^|[\\/])cdk\.tf\.json$/.test(name) && !name.includes(".terraform"))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw new UsageError(`the folder of --stacks, ${quote(folder)}, ${reasonOf(error)}`);
  }
}

function readStack(file: string): StackFacts {
  const text = readNamed(file, "--stacks");
  try {
    const { provider, resource } = JSON.parse(text) as Stack;
    const region = provider?.aws?.[0]?.region;
    const profiles = v.parse(PROFILES, resource?.aws_eks_fargate_profile ?? {});
    const nodeGroups = Object.values(v.parse(NODE_GROUPS, resource?.aws_eks_node_group ?? {}));
    const linux = nodeGroups.filter(({ ami_type: amiType }) => !amiType.startsWith("WINDOWS_"));
    return {
      profiles: Object.values(profiles).map(toProfile),
      nodes: linux.length > 0,
      instanceTypes: linux.flatMap(({ instance_types: types }) => types),
      ...(typeof region === "string" ? { region } : {}),
    };
  } catch (error) {
    throw new UsageError(
      `${quote(file)} is not what cdktf synthesizes (${(error as Error).message}); synthesize it again`,
    );
  }
}

function toProfile({
  fargate_profile_name: name,
  selector,
}: v.InferOutput<typeof PROFILES>[string]): NamedFargateProfile {
  return {
    key: name,
    name,
    hashed: false,
    selectors: selector.map(({ namespace, labels }) => ({ namespace, ...(labels === undefined ? {} : { labels }) })),
  };
}
