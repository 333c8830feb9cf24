import { readFileSync } from "node:fs";
import { DESCRIPTIONS } from "../../src/report/rule-descriptions";

test.each(DESCRIPTIONS.map((rule) => [rule.id, rule] as const))(
  "outputs say of %s what its page says",
  (id, { title, severity, reason }) => {
    const page = readFileSync(`docs/rules/${id}.md`, "utf8");
    expect(page.startsWith(`# ${title}\n\n\`${id}\` · ${severity}\n\n${reason}\n`)).toBe(true);
  },
);
