/**
 * The cells of a notebook, as its author writes them.
 *
 * @module
 */

/** A cell. */
export interface Cell {
  /** Code to run, or text to read. */
  kind: "code" | "markdown";
  /** Its lines; text as Markdown, without comment signs. */
  source: string;
  /** What is said about it: {@linkcode PARAMETERS}, {@linkcode OUTPUT}. */
  tags: readonly string[];
}

/** The tag of the cell whose values `--set` replaces. */
export const PARAMETERS = "parameters";

/** The tag of the cell in which `--set` says so. */
export const INJECTED = "injected-parameters";

/** The tag of a cell that promises an output though it ends in a statement. */
export const OUTPUT = "output";

/** Whether two cells say the same. */
export function isSameCell(a: Cell, b: Cell): boolean {
  return a.kind === b.kind && a.source === b.source &&
    a.tags.join("\n") === b.tags.join("\n");
}
