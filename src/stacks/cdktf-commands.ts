/** Text that a shell takes as one word as it stands. */
const PLAIN = /^[\w./:@%+=,-]+$/;

/**
 * The commands of cdktf that go on with what was synthesized. Each of them synthesizes once more, so that it has to be
 * told of the same settings.
 *
 * @param stacks their ids, in the order in which they are applied
 * @param settingsFile file that the environment named; `undefined` where it named none
 */
export function cdktfCommands(stacks: readonly string[], settingsFile: string | undefined): string[] {
  const diff = stacks.length === 1 ? "npm run diff" : `npm run diff -- ${stacks[0]}`;
  const variable = settingsFile === undefined ? "" : `SETTINGS_FILE=${shellWord(settingsFile)} `;
  return [diff, "npm run deploy"].map((command) => `${variable}${command}`);
}

function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
