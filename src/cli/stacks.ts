import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { NamedFargateProfile } from "../model/fargate-profile";
import { quote } from "../model/problem";
import { UsageError } from "./errors";
import { readNamed, reasonOf } from "./files";

/** What a synthesized stack says about Fargate: the parts of cdk.tf.json that are looked at. */
const STACK = v.looseObject({
  provider: v.optional(v.looseObject({ aws: v.optional(v.array(v.looseObject({ region: v.optional(v.string()) }))) })),
  resource: v.optional(
    v.looseObject({
      aws_eks_fargate_profile: v.optional(
        v.record(
          v.string(),
          v.looseObject({
            fargate_profile_name: v.string(),
            selector: v.array(
              v.looseObject({ namespace: v.string(), labels: v.optional(v.record(v.string(), v.string())) }),
            ),
          }),
        ),
      ),
    }),
  ),
});

/** Fargate profiles and the Region of synthesized stacks. */
export interface StackFacts {
  readonly profiles: readonly NamedFargateProfile[];
  readonly region?: string;
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
  const stacks = files.map(parseStack);
  const profiles = stacks.flatMap(profilesOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (profiles.length === 0) {
    throw new UsageError(
      `no stack in ${quote(folder)} has an aws_eks_fargate_profile; name the folder of one that has`,
    );
  }
  const region = stacks.map(({ provider }) => provider?.aws?.[0]?.region).find((each) => each !== undefined);
  return { profiles, ...(region === undefined ? {} : { region }) };
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

function parseStack(file: string): v.InferOutput<typeof STACK> {
  const text = readNamed(file, "--stacks");
  try {
    return v.parse(STACK, JSON.parse(text));
  } catch (error) {
    throw new UsageError(
      `${quote(file)} is not what cdktf synthesizes (${(error as Error).message}); synthesize it again`,
    );
  }
}

function profilesOf({ resource }: v.InferOutput<typeof STACK>): NamedFargateProfile[] {
  return Object.values(resource?.aws_eks_fargate_profile ?? {}).map(({ fargate_profile_name: name, selector }) => ({
    key: name,
    name,
    hashed: false,
    selectors: selector.map(({ namespace, labels }) => ({ namespace, ...(labels === undefined ? {} : { labels }) })),
  }));
}
