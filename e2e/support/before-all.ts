import checkPrograms from "./programs";

/** Jest's global set-up: what is missing on the machine is named in one line before any story begins. */
export default function beforeAllStories(): void {
  try {
    checkPrograms();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
