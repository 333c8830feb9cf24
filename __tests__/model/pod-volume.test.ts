import { type PodVolume, type ProjectedSource, volumeProblems } from "../../src/model/pod-volume";
import { FULL_TEMPLATE } from "../support/pod-templates";

function problems(volume: unknown) {
  return volumeProblems("data", volume as PodVolume).map(({ at, message }) => [at.join("."), message]);
}

test("volumes of every type that Fargate mounts are taken", () => {
  const all = Object.entries(FULL_TEMPLATE.volumes ?? {});
  expect(all.flatMap(([name, volume]) => volumeProblems(name, volume))).toEqual([]);
});

test.each([
  [{}, "none"],
  [{ hostPath: { path: "/" } }, '"hostPath"'],
  [{ emptyDir: {}, secret: { secretName: "a" } }, '"emptyDir", "secret"'],
])("a volume %j is of no type that Fargate mounts", (volume, got) => {
  expect(problems(volume)).toEqual([
    [
      "",
      `volume "data" must be of one type that Fargate mounts ("configMap", "downwardAPI", "emptyDir", "persistentVolumeClaim", "projected", "secret"), got ${got}; use 'emptyDir' for scratch space, or a claim of EFS for data that outlives the pod`,
    ],
  ]);
});

test("scratch space has a size that is a quantity", () => {
  expect(problems({ emptyDir: { sizeLimit: "1 GB" } })).toEqual([
    [
      "emptyDir.sizeLimit",
      `'sizeLimit' of volume "data" must be a Kubernetes quantity above 0, like "1Gi", got "1 GB"`,
    ],
  ]);
});

test.each([
  ["configMap.name", `'configMap' of volume "data"`, { configMap: { name: "A" } }],
  ["secret.secretName", `'secretName' of volume "data"`, { secret: { secretName: "A" } }],
  ["persistentVolumeClaim.claimName", `'claimName' of volume "data"`, { persistentVolumeClaim: { claimName: "A" } }],
  ["projected.sources.0.secret.name", `'name' of a source of volume "data"`, source({ secret: { name: "A" } })],
])("%s is the name of an object", (at, called, volume) => {
  expect(problems(volume)).toEqual([
    [
      at,
      `${called} must be a Kubernetes name (1 to 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit), got "A"`,
    ],
  ]);
  expect(volumeProblems("data", volume as PodVolume, (value) => value !== "A")).toEqual([]);
});

test.each([
  ["configMap.items", { configMap: { name: "a", items: { "/a": "k" } } }, "/a"],
  ["secret.items", { secret: { secretName: "a", items: { "": "k" } } }, ""],
  ["downwardAPI.items", { downwardAPI: { items: { "a/../b": "metadata.name" } } }, "a/../b"],
  ["projected.sources.0.configMap.items", source({ configMap: { name: "a", items: { "..": "k" } } }), ".."],
  ["projected.sources.0.serviceAccountToken", source({ serviceAccountToken: { path: "/token" } }), "/token"],
])("%s have relative paths", (at, volume, path) => {
  expect(problems(volume)).toEqual([
    [`${at}.${path}`, `files of volume "data" must have relative paths without "..", got ${JSON.stringify(path)}`],
  ]);
});

test("a projected volume has sources, each of one type", () => {
  expect(problems({ projected: { sources: [] } })).toEqual([
    ["projected.sources", `'sources' of volume "data" must hold at least one source, got none`],
  ]);
  expect(problems({ projected: { sources: [{}, { clusterTrustBundle: {} }] } })).toEqual([
    [
      "projected.sources.0",
      `each of the 'sources' of volume "data" must have one of "configMap", "downwardAPI", "secret", "serviceAccountToken", got none`,
    ],
    [
      "projected.sources.1",
      `each of the 'sources' of volume "data" must have one of "configMap", "downwardAPI", "secret", "serviceAccountToken", got "clusterTrustBundle"`,
    ],
  ]);
});

test("a token is valid for ten minutes or longer", () => {
  expect(problems(source({ serviceAccountToken: { path: "token", expirationSeconds: 600 } }))).toEqual([]);
  expect(problems(source({ serviceAccountToken: { path: "token", expirationSeconds: 60 } }))).toEqual([
    [
      "projected.sources.0.serviceAccountToken.expirationSeconds",
      `'expirationSeconds' of volume "data" must be a whole number of at least 600, got 60`,
    ],
  ]);
});

function source(one: ProjectedSource) {
  return { projected: { sources: [one] } };
}
