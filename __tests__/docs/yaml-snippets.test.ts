import { readdirSync, readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { parseEcsSettings, parseSettings } from "../../src/settings/load";

/** The least that settings need beside what a page shows of them. */
const BASE = {
  name: "platform",
  region: "eu-west-1",
  network: { zones: ["eu-west-1a", "eu-west-1b"] },
  access: {
    admins: {
      principal: "arn:aws:iam::111122223333:role/platform-admin",
      policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
    },
  },
};

const ALL = { all: { selectors: [{ namespace: "*" }] } };
const SYSTEM = { system: { selectors: [{ namespace: "kube-system" }] } };

/** The pages about single settings; the pages that show them all have a test of their own. */
const BLOCKS = readdirSync("docs")
  .filter(
    (file) => file.endsWith(".md") && !["settings.md", "in-cluster-settings.md", "ecs-settings.md"].includes(file),
  )
  .flatMap((file) =>
    [...readFileSync(`docs/${file}`, "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""], index) => ({
      name: `${file}, block ${index + 1}`,
      value: parse(text) as Record<string, unknown>,
    })),
  )
  .filter(({ value }) => value !== null && typeof value === "object");

const CLUSTER_BLOCKS = BLOCKS.filter(
  ({ value }) =>
    !("ecs" in value) && ["inCluster", "nodeGroups", "ebsCsiDriver", "cluster", "network"].some((key) => key in value),
);

/** Containers without Kubernetes: these are whole files. */
const ECS_BLOCKS = BLOCKS.filter(({ value }) => "ecs" in value);

/** Profiles that a page adds stand beside that of CoreDNS. */
function whole({ fargate, ...value }: Record<string, unknown>): string {
  const { profiles } = (fargate ?? {}) as { profiles?: object };
  return stringify({
    ...BASE,
    fargate: { allowOverlap: true, profiles: profiles === undefined ? ALL : { ...SYSTEM, ...profiles } },
    ...value,
  });
}

test.each(CLUSTER_BLOCKS)("the settings in docs/$name are accepted", ({ value }) => {
  expect(() => parseSettings(whole(value), "page.yaml")).not.toThrow();
});

test.each(ECS_BLOCKS)("the settings without Kubernetes in docs/$name are accepted", ({ value }) => {
  expect(() => parseEcsSettings(stringify(value), "page.yaml")).not.toThrow();
});
