import { quote } from "./problem";

const MAX_LENGTH = 253;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const ZONE_ID = /^Z[A-Z0-9]{1,31}$/;

/**
 * Why `name` cannot be the domain name of `property`, or `undefined`: labels of 1 to 63 lower-case letters, digits and
 * `-` with dots between them, 253 characters at most. Upper case would be answered in lower case and planned for ever.
 *
 * @param wildcard whether the first label may be `*`
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export function domainNameProblem(property: string, name: string, wildcard = false): string | undefined {
  const labels = (wildcard ? withoutWildcard(name) : name).split(".");
  const example = wildcard ? 'like "www.example.com" or "*.example.com"' : 'like "example.com"';
  return name.length <= MAX_LENGTH && labels.length > 1 && labels.every((label) => LABEL.test(label))
    ? undefined
    : `'${property}' must be a domain name in lower case without a dot at its end, ${example}, got ${quote(name)}`;
}

/** Why Route 53 would not know `id`, or `undefined`. */
export function zoneIdProblem(id: string): string | undefined {
  return ZONE_ID.test(id)
    ? undefined
    : `'zoneId' must be the id of a hosted zone, like "Z0123456789ABCDEFGHIJ", got ${quote(id)}`;
}

/** `example.com` for `*.example.com` as for `example.com`. */
export function withoutWildcard(name: string): string {
  return name.startsWith("*.") ? name.slice("*.".length) : name;
}

/** Whether records of `name` belong into the zone. */
export function liesInZone(name: string, zoneName: string): boolean {
  return name === zoneName || name.endsWith(`.${zoneName}`);
}
