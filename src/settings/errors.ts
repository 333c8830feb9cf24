/** A settings file that cannot be used: every problem with its place, or that there is no file. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(
    message: string,
    /** Whether there is no such file. */
    readonly missing: boolean = false,
  ) {
    super(message);
  }
}

/** @param others how another file can be named */
export function fileMissing(path: string, source: string, others = ""): SettingsError {
  return new SettingsError(
    `there is no settings file at "${path}" (${source}); create it, or name another${others}`,
    true,
  );
}

export function fileUnreadable(path: string, reason: string): SettingsError {
  return new SettingsError(`the settings file "${path}" cannot be read: ${reason}`);
}

export function fileInvalid(path: string, problems: readonly string[]): SettingsError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new SettingsError(
    `${count} in the settings file "${path}":\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
  );
}
