import { jsonInOrder } from "../../src/units/json";

test("keys are in order at every depth, and lists stay as they are", () => {
  expect(jsonInOrder({ b: [{ d: 1, c: null }, "x"], a: { z: true, y: 2 } })).toBe(
    '{"a":{"y":2,"z":true},"b":[{"c":null,"d":1},"x"]}',
  );
  expect(jsonInOrder(["b", "a"])).toBe('["b","a"]');
});
