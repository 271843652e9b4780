import { type Cell, isSameCell } from "./cell.ts";
import type { ExecutedCell } from "./notebook_file.ts";
import { faultOf } from "./promises.ts";

/**
 * Whether a notebook is what its source makes of it: the same cells, each with the
 * output it promises, no error.
 *
 * @param source The cells of the source.
 * @param executed The cells of the `.ipynb`.
 * @returns What is wrong, a sentence; undefined if nothing is.
 *
 * @example
 * ```ts
 * import { checkNotebook } from "./check_notebook.ts";
 * import { strictEqual } from "node:assert";
 *
 * const source = [{ kind: "code", source: "1 + 1;", tags: [] }] as const;
 * strictEqual(checkNotebook(source, []), "the source has 1 cells, the notebook 0");
 * ```
 */
export function checkNotebook(
  source: readonly Cell[],
  executed: readonly ExecutedCell[],
): string | undefined {
  for (const [index, cell] of executed.entries()) {
    const own = source[index];
    if (own === undefined) break;
    if (!isSameCell(own, cell)) return `cell ${index + 1} differs`;
    const fault = faultOf(cell);
    if (fault !== undefined) return `cell ${index + 1}: ${fault}`;
  }
  return source.length === executed.length
    ? undefined
    : `the source has ${source.length} cells, the notebook ${executed.length}`;
}
