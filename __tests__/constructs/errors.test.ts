import { TerraformVariable } from "cdktf";
import { refuse } from "../../src/constructs/errors";
import { quote } from "../../src/model/problem";
import { refusal, stackFor } from "../support/stack";

test("a token is told as such, and not by cdktf's mark for it", () => {
  const stack = stackFor();
  const { stringValue } = new TerraformVariable(stack, "name", { type: "string" });
  expect(refusal(() => refuse(stack, [`'name' must be a name, got ${quote(stringValue)}; choose another`]))).toBe(
    "[test] 'name' must be a name, got a token, which is known to Terraform alone (give the text itself); choose another",
  );
  expect(refusal(() => refuse(stack, [`'a' is "x", got ${quote(`a-${stringValue}`)} and "y"`]))).toBe(
    `[test] 'a' is "x", got a token, which is known to Terraform alone (give the text itself) and "y"`,
  );
});
