import type { Inventory } from "../model/inventory";
import { findManifests } from "./find-files";
import { readManifests } from "./read-manifests";

/** Manifests as code gives them: files and folders by their names, or Kubernetes objects. */
export type GivenManifests = readonly (string | Readonly<Record<string, unknown>>)[];

/** Reads what code gives, the objects as if each were a file named `object 1`, `object 2` and so on. */
export function readGivenManifests(given: GivenManifests, namespace?: string): Inventory {
  const paths = given.filter((each) => typeof each === "string");
  const objects = given
    .filter((each) => typeof each !== "string")
    .map((object, index) => ({ file: `object ${index + 1}`, text: JSON.stringify(object) }));
  const { texts, problems } = findManifests(paths, () => new Uint8Array());
  const inventory = readManifests([...texts, ...objects], namespace === undefined ? {} : { namespace });
  return { ...inventory, problems: [...problems, ...inventory.problems] };
}
