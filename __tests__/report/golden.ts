import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "../golden/report");

/**
 * Compares text that people read with the file that holds what it should be. `UPDATE_GOLDEN=1 npx jest __tests__/report`
 * writes the files anew; read the difference before you commit it.
 */
export function expectGolden(file: string, text: string): void {
  const path = join(FOLDER, file);
  if (process.env.UPDATE_GOLDEN === "1") {
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, "utf8"));
}
