/** A part of a Kubernetes object, as its API has it. */
export interface Manifest {
  readonly [key: string]: unknown;
}

/** Fields that the provider calls otherwise than by the words of the API. */
const NAMES: Readonly<Record<string, string>> = {
  containers: "container",
  downwardAPI: "downward_api",
  initContainers: "init_container",
  ports: "port",
  timeZone: "timezone",
  volumeMounts: "volume_mount",
  volumes: "volume",
};

/** Fields whose keys are values of the user's. */
const MAPS: ReadonlySet<string> = new Set(["annotations", "labels", "limits", "matchLabels", "requests"]);

/**
 * The same part as Terraform's Kubernetes provider writes it: objects are blocks, in snake case, and lists of objects
 * are one block each, named in the singular.
 */
export function terraformBlock(manifest: Manifest): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(manifest)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [NAMES[key] ?? snakeCase(key), MAPS.has(key) ? value : attribute(value)]),
  );
}

function attribute(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => (isManifest(each) ? terraformBlock(each) : each));
  }
  return isManifest(value) ? [terraformBlock(value)] : value;
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null;
}

function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
