import { type Problem, problemAt, quote } from "./problem";
import { partitionOf } from "./regions";

/** Where something is deployed to. */
export interface Place {
  readonly region: string;
  /** @default - known to Terraform alone */
  readonly account?: string | undefined;
}

/** How a message names it. */
export function placeName({ region, account }: Place): string {
  return account === undefined ? quote(region) : `${quote(region)}, ${account}`;
}

/** What of an ARN agrees with what uses it, beside its partition, as no partition of AWS reaches into another. */
export type Agreement = "region" | "account";

/**
 * Why what uses the ARN cannot reach what the ARN names, or `undefined`. An account that is known to Terraform alone
 * is not compared, nor is what the ARN leaves out, such as the Region of a role.
 *
 * @param owner what uses it
 */
export function elsewhereProblem(
  property: string,
  arn: string,
  place: Place,
  agreements: readonly Agreement[],
  owner = "stack",
): string | undefined {
  const [start, partition, , region = "", account = ""] = arn.split(":");
  if (start !== "arn") {
    return undefined;
  }
  const other = (what: string, here: string) =>
    `'${property}' must be of the ${owner}'s ${what}, ${quote(here)}, got ${quote(arn)}; make one there`;
  const here = partitionOf(place.region).name;
  return agreements.includes("region") && region !== "" && region !== place.region
    ? other("Region", place.region)
    : partition !== here
      ? other("partition", here)
      : agreements.includes("account") && account !== "" && place.account !== undefined && account !== place.account
        ? other("account", place.account)
        : undefined;
}

/** Whether what the ARN names is known to be in another Region, or in another account. */
export function isElsewhere(arn: string, place: Place): boolean {
  return elsewhereProblem("arn", arn, place, ["region", "account"]) !== undefined;
}

/** Where ARNs stand in options, `*` for each of a list or mapping, and what agrees with where they are used. */
export type ArnPlaces = Readonly<Record<string, readonly Agreement[]>>;

/** What is wrong with where the things are that options name by ARNs. */
export function arnPlaceProblems(
  options: object,
  places: ArnPlaces,
  place: Place,
  known: (value: string) => boolean = () => true,
): Problem[] {
  return Object.entries(places).flatMap(([path, agreements]) => {
    const segments = path.split(".");
    const property = segments.filter((segment) => segment !== "*").at(-1) ?? "";
    return textsAt(options, segments).flatMap(({ at, text }) =>
      problemAt(at, known(text) ? elsewhereProblem(property, text, place, agreements) : undefined),
    );
  });
}

interface TextAt {
  readonly at: readonly (string | number)[];
  readonly text: string;
}

function textsAt(value: unknown, [segment, ...rest]: readonly string[], at: TextAt["at"] = []): TextAt[] {
  if (segment === undefined) {
    return typeof value === "string" ? [{ at, text: value }] : [];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return segment === "*" ? value.flatMap((each, index) => textsAt(each, rest, [...at, index])) : [];
  }
  return Object.entries(value)
    .filter(([key]) => segment === "*" || key === segment)
    .flatMap(([key, each]) => textsAt(each, rest, [...at, key]));
}
