import { shortenTraceback } from "../shared/traceback.ts";
import type { Cell } from "./cell.ts";
import { compileCell } from "./compile_cell.ts";

/** The content of Jupyter's `error`. */
export interface ErrorContent {
  /** The error's name. */
  ename: string;
  /** Its message. */
  evalue: string;
  /** What is shown. */
  traceback: string[];
}

/** Where things are: URLs of folders, with a slash at the end. */
export interface Folders {
  /** Slope's. */
  checkout: string;
  /** The notebook's. */
  folder: string;
  /** That of the links by which edited modules are loaded again. */
  links: string;
}

/**
 * An error as Deno's kernel tells it, in the user's terms.
 *
 * @param content What the kernel says.
 * @param cell The cell that failed, if it is known.
 * @param folders Where things are.
 * @param scratch A folder for a file.
 */
export async function explainError(
  content: Record<string, unknown>,
  cell: Cell | undefined,
  folders: Folders,
  scratch: string,
): Promise<ErrorContent> {
  const { ename, evalue, traceback } = content;
  const lines = Array.isArray(traceback) ? traceback.map(String) : [];
  const compiled = cell && lines.some((line) => line.includes("<anonymous>:"))
    ? await compileCell(cell.code, scratch)
    : undefined;
  const source = cell?.code.split("\n") ?? [];
  return {
    ename: String(ename),
    evalue: String(evalue),
    traceback: shortenTraceback(`${ename}: ${evalue}`, lines, {
      ...folders,
      cellLine(place) {
        const number = compiled?.lineOf(place);
        const text = number && source[number - 1]?.trim();
        return number && text ? { number, text } : undefined;
      },
    }),
  };
}

/**
 * What Deno's kernel keeps to itself: why a cell did not run, or did not end.
 *
 * @param cell The cell.
 * @param scratch A folder for a file.
 */
export async function explainSilence(
  cell: Cell | undefined,
  scratch: string,
): Promise<ErrorContent> {
  if (cell?.terminated) {
    return error("Interrupted", "the cell was stopped while it was computing");
  }
  const code = cell?.code.trim() ?? "";
  const { syntaxError } = await compileCell(code, scratch);
  // The kernel runs `{ a: f() }` as an object first and, if that fails, as a block;
  // it keeps the first error to itself.
  if (syntaxError !== undefined && code.startsWith("{")) {
    const { syntaxError: ofObject } = await compileCell(`(${code})`, scratch);
    if (ofObject === undefined) {
      return error(
        "Error",
        "this object failed; put it in parentheses to see why",
      );
    }
  }
  return syntaxError === undefined
    ? error("Error", "the kernel could not run this cell, and does not say why")
    : error("SyntaxError", syntaxError || "this cell cannot be parsed");
}

function error(ename: string, evalue: string): ErrorContent {
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}
