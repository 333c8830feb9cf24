/**
 * A whole number from 0 to 4,294,967,295 that depends on the text alone, so that what is derived from it does not move
 * with its neighbours. It spreads names; it keeps no secrets.
 *
 * FNV-1a with a final mix, because FNV alone leaves the low digits of similar names alike.
 */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The same as eight hexadecimal digits. */
export function stableHashText(text: string): string {
  return stableHash(text).toString(16).padStart(8, "0");
}
