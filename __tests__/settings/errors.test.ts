import { fileInvalid, fileMissing, fileUnreadable, SettingsError } from "../../src/settings/errors";

test("every refusal is a SettingsError, which the app shows without a stack trace", () => {
  for (const error of [fileMissing("a", "b"), fileUnreadable("a", "b"), fileInvalid("a", ["b"])]) {
    expect(error).toBeInstanceOf(SettingsError);
    expect(error.name).toBe("SettingsError");
  }
});

test("one problem is counted in the singular", () => {
  expect(fileInvalid("team.yaml", ["first"]).message).toBe('1 problem in the settings file "team.yaml":\n  first');
});

test("more problems are counted, each on a line of its own", () => {
  expect(fileInvalid("team.yaml", ["first", "second"]).message).toBe(
    '2 problems in the settings file "team.yaml":\n  first\n  second',
  );
});
