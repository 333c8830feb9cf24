import type { Problem } from "../../model/problem";
import type { Named } from "../../model/taken-names";

/** Where a name stands in the settings, seen from 'ecs', and the property that changes it. */
export type NamePlace = Pick<Named, "at" | "property">;

/** The place of a property, or of the nearest that holds it where it is not given. */
export function at(feature: string, key: string, each: object, ...path: readonly string[]): NamePlace {
  let value: unknown = each;
  const given = path.filter((property) => {
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[property];
    return value !== undefined;
  });
  return { at: [feature, key, ...given], property: path.join(".") };
}

/** The names of a feature. */
export function of<T>(
  feature: Readonly<Record<string, T>> | undefined,
  nameOf: (key: string, each: T) => readonly [place: NamePlace, name: string] | undefined,
): Named[] {
  return Object.entries(feature ?? {}).flatMap(([key, each]) => {
    const [place, name] = nameOf(key, each) ?? [];
    return place === undefined || name === undefined ? [] : [{ ...place, called: ownerOf(place.at), name }];
  });
}

/** What has the name, such as `'services.web'`; of what starts a workflow, which of its schedules or events. */
function ownerOf([feature, key, ...rest]: Problem["at"]): string {
  const start = rest[0] === "schedules" || rest[0] === "events" ? rest.slice(0, 2) : [];
  return `'${[feature, key, ...start].join(".")}'`;
}
