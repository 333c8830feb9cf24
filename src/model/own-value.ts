/** What a mapping itself has under a key: `mapping[key]` alone would find "constructor" in every object. */
export function ownValue<T>(mapping: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
