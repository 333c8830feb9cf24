import type { Io } from "./io";

/** Progress is for work that takes longer than this, in milliseconds. */
const PATIENCE = 500;
/** How often it is shown, in milliseconds. */
const INTERVAL = 100;

/** Shows how far long work has come, on one line of a terminal's standard error, and wipes the line in the end. */
export class Progress {
  private readonly start = performance.now();
  private shown = 0;
  private width = 0;

  constructor(private readonly io: Pick<Io, "stderr" | "watched">) {}

  show(text: string): void {
    const now = performance.now();
    if (!this.io.watched || now - this.start < PATIENCE || now - this.shown < INTERVAL) {
      return;
    }
    this.shown = now;
    this.io.stderr(`\r${text.padEnd(this.width)}`);
    this.width = text.length;
  }

  end(): void {
    if (this.width > 0) {
      this.io.stderr(`\r${" ".repeat(this.width)}\r`);
    }
  }
}
