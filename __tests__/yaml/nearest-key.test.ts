import { nearestKey } from "../../src/yaml/nearest-key";

test("a key that nobody knows is taken for the one with the fewest other letters", () => {
  expect(nearestKey("verison", ["version", "vision"])).toBe("version");
  expect(nearestKey("Version", ["version"])).toBe("version");
});

test("of two keys that are as near, the first in the alphabet is taken", () => {
  expect(nearestKey("cat", ["car", "bat"])).toBe("bat");
});

test("a key is taken for none that has more than three, or half of its letters, other", () => {
  expect(nearestKey("abcdefgh", ["abcdwxyz"])).toBeUndefined();
  expect(nearestKey("xyz", ["abc"])).toBeUndefined();
});

test("a key without its unit is taken for the only one that has one", () => {
  const known = ["visibilityTimeoutInSeconds", "retentionInDays", "retentionInSeconds", "addonVersion"];
  expect(nearestKey("visibilityTimeout", known)).toBe("visibilityTimeoutInSeconds");
  expect(nearestKey("retention", known)).toBeUndefined();
  expect(nearestKey("addonVer", known)).toBeUndefined();
});
