import { compareText } from "../../src/model/order";

test("names are in the order of their code units, whatever the locale says", () => {
  expect(["b", "a", "Z", "ä", "10", "9", "a"].sort(compareText)).toEqual(["10", "9", "Z", "a", "a", "b", "ä"]);
});
