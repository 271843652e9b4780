/**
 * Notebooks as Jupyter keeps them: the notebook format, version 4.5.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Cell } from "./cell.ts";
import { type MimeBundle, type Output, PLOTLY } from "./output.ts";

/** A cell with what it showed when it ran. */
export interface ExecutedCell extends Cell {
  /** What it showed; none for text. */
  outputs: readonly Output[];
}

/** What says which kernel runs it. Versions are left out: they would change. */
const METADATA = {
  kernelspec: {
    display_name: "Slope (Deno)",
    language: "typescript",
    name: "slope",
  },
  language_info: {
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
  },
};

/**
 * The contents of an `.ipynb`: the same cells and outputs give the same bytes. A
 * cell is named by what it says, so that a change to one leaves the others' names.
 * Figures take one line each, all else a line a value, with sorted keys, as Jupyter
 * writes it.
 *
 * @example
 * ```ts
 * import { formatNotebook, parseNotebook } from "./notebook_file.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const cells = [{ kind: "markdown", source: "# Sums", tags: [], outputs: [] } as const];
 * deepStrictEqual(parseNotebook(formatNotebook(cells)), cells);
 * ```
 */
export function formatNotebook(cells: readonly ExecutedCell[]): string {
  const seen = new Map<string, number>();
  let count = 0;
  const notebook = {
    cells: cells.map(({ kind, source, tags, outputs }) => {
      const text = `${kind}\n${source}`;
      const earlier = seen.get(text) ?? 0;
      seen.set(text, earlier + 1);
      const cell = {
        cell_type: kind,
        id: createHash("sha256").update(`${text}\n${earlier}`).digest("hex")
          .slice(0, 12),
        metadata: tags.length > 0 ? { tags } : {},
        source: linesOf(source),
      };
      if (kind === "markdown") return cell;
      count++;
      return {
        ...cell,
        execution_count: count,
        outputs: outputs.map((output) => fileOutput(output, count)),
      };
    }),
    metadata: METADATA,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${jsonText(notebook, "")}\n`;
}

/**
 * Reads the cells of an `.ipynb`, whoever wrote it.
 *
 * @throws {SyntaxError} If it is no notebook of format 4.
 */
export function parseNotebook(text: string): ExecutedCell[] {
  const refuse = (): never => {
    throw new SyntaxError("this is no Jupyter notebook of format 4");
  };
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch {
    refuse();
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) refuse();
  return notebook.cells.map((cell: Record<string, unknown>) => ({
    kind: cell?.cell_type === "code"
      ? "code"
      : cell?.cell_type === "markdown"
      ? "markdown"
      : refuse(),
    source: joined(cell.source),
    tags: [(cell.metadata as { tags?: string[] } | undefined)?.tags ?? []]
      .flat().map(String),
    outputs: [cell.outputs ?? []].flat().map(readOutput),
  }));
}

function fileOutput(output: Output, count: number): unknown {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: linesOf(output.text) };
    case "error":
      return output;
    default:
      return {
        ...output,
        data: mapBundle(
          output.data,
          (value) => typeof value === "string" ? linesOf(value) : value,
        ),
        metadata: {},
        ...output.output_type === "execute_result" &&
          { execution_count: count },
      };
  }
}

function readOutput(value: unknown): Output {
  const output = value as Output;
  switch (output.output_type) {
    case "stream":
      return {
        output_type: "stream",
        name: output.name,
        text: joined(output.text),
      };
    case "error": {
      const { output_type, ename, evalue, traceback } = output;
      return { output_type, ename, evalue, traceback };
    }
    default:
      return {
        output_type: output.output_type,
        data: mapBundle(
          output.data,
          (value, type) => isJson(type) ? value : joined(value),
        ),
      };
  }
}

function mapBundle(
  data: MimeBundle,
  change: (value: unknown, type: string) => unknown,
): MimeBundle {
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([type, value]) => [
      type,
      change(value, type),
    ]),
  );
}

function isJson(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}

/** Text as a list of lines, each with its end, as the format has it. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function joined(value: unknown): string {
  return [value ?? ""].flat().join("");
}

/** JSON with sorted keys, indented by one space as Jupyter does. */
function jsonText(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  const [open, close, items] = Array.isArray(value)
    ? ["[", "]", value.map((item) => jsonText(item, inner))]
    : ["{", "}", membersOf(value, inner)];
  return items.length === 0
    ? open + close
    : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}

function membersOf(value: object, indent: string): string[] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, member]) => {
      const text = name === PLOTLY
        ? JSON.stringify(member)
        : jsonText(member, indent);
      return `${JSON.stringify(name)}: ${text}`;
    });
}
