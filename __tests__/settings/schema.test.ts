import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse } from "yaml";
import { SCHEMA_FILES } from "../../scripts/settings-json-schema";

const published = (file: string) => JSON.parse(readFileSync(`settings/${file}.schema.json`, "utf8"));
const accepting = (file: string) =>
  new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true }).compile(published(file));
const accepts = accepting("settings");
const example = () => parse(readFileSync("settings/development.yaml", "utf8"));

test.each(Object.entries(SCHEMA_FILES))("%s is the one that is generated (else run: npm run schema)", (file, text) => {
  expect(readFileSync(file, "utf8")).toBe(text());
});

test("the JSON Schema says what it is and what each setting does", () => {
  expect(published("settings")).toMatchObject({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of cdktf-eks-fargate",
    required: ["name", "region", "network", "access", "fargate"],
    additionalProperties: false,
    properties: { region: { type: "string", description: "AWS Region, such as eu-west-1." } },
  });
});

test.each(["development", "production"])("the JSON Schema accepts settings/%s.yaml", (environment) => {
  expect(accepts(parse(readFileSync(`settings/${environment}.yaml`, "utf8")))).toBe(true);
});

test.each(["development", "production"])("settings/%s.yaml names the JSON Schema for editors", (environment) => {
  expect(readFileSync(`settings/${environment}.yaml`, "utf8")).toMatch(
    /^# yaml-language-server: \$schema=\.\/settings\.schema\.json\n/,
  );
});

test.each(["ecs", "ecs-everything"])(
  "the JSON Schema of ECS accepts settings/%s.yaml, which names it for editors",
  (name) => {
    const text = readFileSync(`settings/${name}.yaml`, "utf8");
    expect(accepting("ecs-settings")(parse(text))).toBe(true);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/ecs-settings\.schema\.json\n/);
  },
);

test("the JSON Schema refuses a key that is not a setting, at any depth", () => {
  expect(accepts({ ...example(), regoin: "x" })).toBe(false);
  expect(accepts({ ...example(), cluster: { verison: "1.36" } })).toBe(false);
  expect(accepts({ ...example(), backend: { type: "local", bucket: "x" } })).toBe(false);
});

test("the JSON Schema refuses a missing key and a wrong kind of value", () => {
  const { region: _, ...withoutRegion } = example();
  expect(accepts(withoutRegion)).toBe(false);
  expect(accepts({ ...example(), cluster: { version: 1.36 } })).toBe(false);
  expect(accepts({ ...example(), tags: ["a"] })).toBe(false);
});
