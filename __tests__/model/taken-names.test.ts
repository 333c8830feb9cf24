import { takenNameProblems } from "../../src/model/taken-names";

const named = (key: string, name: string) => ({ at: [key], called: `'${key}'`, name, property: "name" });

test("a name is taken by the first that has it", () => {
  expect(takenNameProblems("queue", [named("a", "x"), named("b", "y"), named("c", "x"), named("d", "x")])).toEqual([
    { at: ["c"], message: `'a' and 'c' would both be the queue "x"; give one of them another 'name'` },
    { at: ["d"], message: `'a' and 'd' would both be the queue "x"; give one of them another 'name'` },
  ]);
});

test("capital letters tell names apart, unless AWS says otherwise", () => {
  const both = [named("a", "web"), named("b", "Web")];
  expect(takenNameProblems("queue", both)).toEqual([]);
  expect(takenNameProblems("role", both, (name) => name.toLowerCase())).toHaveLength(1);
});
