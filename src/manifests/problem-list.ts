import type { ManifestProblem } from "../model/inventory";
import type { Source } from "../model/workload";
import { moreProblems } from "./errors";

/** Problems of one document that are told one by one; nobody reads more before correcting these. */
const MOST = 50;

type Place = Pick<ManifestProblem, "file" | "document">;

/** What is wrong with manifests: of each document the first problems, and how many more it has. */
export class ProblemList {
  private readonly kept: ManifestProblem[] = [];
  /** How many problems each document has, by file and document. */
  private readonly counts = new Map<string, { readonly place: Place; count: number; line: number }>();

  /** @param describe makes the problem, which takes time; not called when there are enough */
  add(place: Place | Source, describe: () => ManifestProblem): void {
    const { file, document } = place;
    const key = JSON.stringify([file, document]);
    const known = this.counts.get(key) ?? {
      place: { file, ...(document === undefined ? {} : { document }) },
      count: 0,
      line: 0,
    };
    known.count += 1;
    this.counts.set(key, known);
    if (known.count <= MOST) {
      const problem = describe();
      known.line = Math.max(known.line, problem.line ?? 0);
      this.kept.push(problem);
    }
  }

  /** By file in the order of `files`, then by document and line. */
  inOrder(files: readonly string[]): ManifestProblem[] {
    const order = new Map(files.map((file, index) => [file, index]));
    const rest = [...this.counts.values()].flatMap(({ place, count, line }) =>
      count > MOST ? [{ ...place, line, message: moreProblems(count - MOST) }] : [],
    );
    const key = ({ file, document = 0, line = 0 }: ManifestProblem) => [order.get(file) ?? 0, document, line] as const;
    return [...this.kept, ...rest].sort((a, b) => {
      const [file, document, line] = key(a);
      const [otherFile, otherDocument, otherLine] = key(b);
      return file - otherFile || document - otherDocument || line - otherLine;
    });
  }
}
