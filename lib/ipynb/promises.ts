/**
 * What cells promise to show.
 *
 * @module
 */
import { type Cell, OUTPUT } from "./cell.ts";
import { endsInExpression } from "./code.ts";
import type { ExecutedCell } from "./notebook_file.ts";

/**
 * Whether a cell promises an output: it ends in an expression, or says so by its
 * tag `output`.
 *
 * @throws {SyntaxError} If the cell is not JavaScript.
 */
export function promisesOutput({ kind, source, tags }: Cell): boolean {
  return kind === "code" && (tags.includes(OUTPUT) || endsInExpression(source));
}

/**
 * What is wrong with a cell that ran: its error, or a promised output that is not
 * there.
 *
 * @returns A sentence; undefined if all is well.
 *
 * @example
 * ```ts
 * import { faultOf } from "./promises.ts";
 * import { strictEqual } from "node:assert";
 *
 * const cell = { kind: "code", source: "1 + 1;", tags: [], outputs: [] } as const;
 * strictEqual(faultOf(cell), "it promised an output and has none");
 * ```
 */
export function faultOf(cell: ExecutedCell): string | undefined {
  const error = cell.outputs.find(({ output_type: type }) => type === "error");
  if (error?.output_type === "error") {
    return error.traceback.join("\n") || `${error.ename}: ${error.evalue}`;
  }
  return promisesOutput(cell) && cell.outputs.length === 0
    ? "it promised an output and has none"
    : undefined;
}
