/**
 * Notebooks as TypeScript, in the percent format: what they are written in.
 *
 * @module
 */
import type { Cell } from "./cell.ts";

/** A line that begins a cell: `// %%`, a kind, and tags. */
const MARKER = /^\/\/ %%(?<rest>.*)$/;
const REST = /^(?: \[(?<kind>markdown)\])?(?: tags=(?<tags>\[.*\]))?$/;

/**
 * Reads a notebook's source. A line `// %%` begins a cell of code,
 * `// %% [markdown]` one of text, whose lines are comments; tags follow as JSON,
 * `// %% tags=["parameters"]`. Empty lines around a cell's contents are left out.
 *
 * Reference: Jupytext documentation, "The percent format".
 *
 * @param text The source.
 * @throws {SyntaxError} If a line cannot be read; the message names it.
 *
 * @example
 * ```ts
 * import { parsePercentFormat } from "./percent_format.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const text = "// %% [markdown]\n// # Sums\n\n// %%\n1 + 1;\n";
 * deepStrictEqual(parsePercentFormat(text), [
 *   { kind: "markdown", source: "# Sums", tags: [] },
 *   { kind: "code", source: "1 + 1;", tags: [] },
 * ]);
 * ```
 */
export function parsePercentFormat(text: string): Cell[] {
  const cells: (Omit<Cell, "source"> & { lines: string[] })[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const refuse = (what: string): never => {
      throw new SyntaxError(`line ${index + 1}: ${what}`);
    };
    const marker = MARKER.exec(line)?.groups;
    const cell = cells.at(-1);
    if (marker) {
      const found = REST.exec(marker.rest!)?.groups ?? refuse(
        `a cell begins with // %%, [markdown] and tags=["…"], got ${line}`,
      );
      const tags = parseTags(found.tags ?? "[]") ??
        refuse(`tags must be a list such as ["parameters"], got ${found.tags}`);
      const kind = found.kind === undefined ? "code" : "markdown";
      cells.push({ kind, tags, lines: [] });
    } else if (cell === undefined) {
      if (line.trim() !== "") refuse("a notebook begins with a line // %%");
    } else if (cell.kind === "code" || line.trim() === "") {
      cell.lines.push(line);
    } else if (/^\/\/(?: |$)/.test(line)) {
      cell.lines.push(line.slice(3));
    } else refuse(`a line of text begins with // and a space, got ${line}`);
  }
  return cells.map(({ kind, tags, lines }) => ({
    kind,
    source: lines.join("\n").replace(/^\s*\n|\s+$/g, ""),
    tags,
  }));
}

/**
 * Writes cells in the percent format: the reverse of
 * {@linkcode parsePercentFormat}.
 *
 * @example
 * ```ts
 * import { formatPercentFormat } from "./percent_format.ts";
 * import { strictEqual } from "node:assert";
 *
 * const cell = { kind: "code", source: "const k = 2;", tags: ["parameters"] } as const;
 * strictEqual(
 *   formatPercentFormat([cell]),
 *   '// %% tags=["parameters"]\nconst k = 2;\n',
 * );
 * ```
 */
export function formatPercentFormat(cells: readonly Cell[]): string {
  return cells.map(({ kind, source, tags }) => {
    const marker = [
      "// %%",
      ...kind === "markdown" ? ["[markdown]"] : [],
      ...tags.length > 0 ? [`tags=${JSON.stringify(tags)}`] : [],
    ].join(" ");
    const text = kind === "code"
      ? source
      : source.split("\n").map((line) => `// ${line}`.trimEnd()).join("\n");
    return `${marker}\n${text}\n`;
  }).join("\n");
}

/** A list of text; undefined if it is anything else. */
function parseTags(text: string): string[] | undefined {
  try {
    const tags = JSON.parse(text);
    return tags.every((tag: unknown) => typeof tag === "string")
      ? tags
      : undefined;
  } catch {
    return undefined;
  }
}
