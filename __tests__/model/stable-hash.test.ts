import fc from "fast-check";
import { stableHash, stableHashText } from "../../src/model/stable-hash";

describe("the hash of a text", () => {
  test("never changes, because names and places in AWS depend on it", () => {
    expect(["", "a", "shop-web/api"].map(stableHashText)).toEqual(["ab3e7c0b", "1a80b1b3", "e5828f3b"]);
  });

  test("is a whole number of 32 bits, and eight digits", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const hash = stableHash(text);
        expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
        expect(stableHashText(text)).toMatch(/^[0-9a-f]{8}$/);
      }),
    );
  });

  test("spreads names that differ in one digit over a thousand places", () => {
    const places = new Set(Array.from({ length: 100 }, (_, index) => stableHash(`service-${index}`) % 1000));
    expect(places.size).toBeGreaterThan(85);
  });
});
