/**
 * The table of results in the README.
 *
 * @module
 */
import {
  formatMeasured,
  formatPaperValue,
  formatRuns,
  formatVerdict,
} from "./format.ts";
import type { ResultRow } from "./types.ts";

const begin = "<!-- results:begin -->";
const end = "<!-- results:end -->";

/**
 * Results as a Markdown table: figure, what is claimed of it (or what it shows,
 * where nothing is), the paper's value, the measured one with its interval, runs,
 * verdict, command. Text of data is escaped.
 *
 * @example
 * ```ts
 * import { resultsTable } from "./markdown.ts";
 * import { strictEqual } from "node:assert";
 *
 * const table = resultsTable([{
 *   id: "k-decay/fig2",
 *   title: "error against k",
 *   claim: "k > 1 better than 1",
 *   scale: "small",
 *   seeds: 5,
 *   measured: { value: -0.42, interval: [-0.71, -0.13], unit: "%" },
 *   paper: { value: "−0.5 %" },
 *   verdict: "reproduced",
 *   command: "deno task reproduce --figure k-decay/fig2 --scale small",
 * }]);
 * strictEqual(
 *   table.split("\n")[2],
 *   "| k-decay/fig2 | k \\> 1 better than 1 | −0.5 % | −0.42 ± 0.29 % | 5 seeds, small | reproduced at this scale | `deno task reproduce --figure k-decay/fig2 --scale small` |",
 * );
 * ```
 */
export function resultsTable(rows: readonly ResultRow[]): string {
  const cells = rows.map((row) => [
    escaped(row.id),
    escaped(row.claim ?? row.title),
    escaped(formatPaperValue(row)),
    escaped(formatMeasured(row.measured)),
    row.verdict === "not run" ? "—" : formatRuns(row),
    formatVerdict(row),
    code(row.command),
  ]);
  return [
    ["Figure", "Claim", "Paper", "Here", "Runs", "Verdict", "Command"],
    Array<string>(7).fill("---"),
    ...cells,
  ].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/**
 * The README with the table of these results between its two marks,
 * `<!-- results:begin -->` and `<!-- results:end -->`.
 *
 * @throws {SyntaxError} If the README has not each mark once, in this order.
 */
export function withResults(
  readme: string,
  rows: readonly ResultRow[],
): string {
  const [before, , after] = parts(readme);
  return `${before}${begin}\n\n${resultsTable(rows)}\n\n${end}${after}`;
}

/**
 * What is wrong with the README's table of results, in one sentence that names
 * the first row that differs; null if it says what these results say. Widths
 * of columns do not matter, so that a formatter may align them.
 *
 * @throws {SyntaxError} If the README has not each mark once, in this order.
 */
export function resultsFault(
  readme: string,
  rows: readonly ResultRow[],
): string | null {
  const found = normalised(parts(readme)[1]);
  const expected = normalised(resultsTable(rows));
  for (let line = 0; line < Math.max(found.length, expected.length); line++) {
    if (found[line] === expected[line]) continue;
    return `the README's table differs from the results in line ${line + 1}: ` +
      `it must be ${expected[line] ?? "absent"}, got ${
        found[line] ?? "nothing"
      }`;
  }
  return null;
}

/** What stands before, between and after the marks. */
function parts(readme: string): [string, string, string] {
  const [before, rest, ...more] = readme.split(begin);
  const [between, after, ...yetMore] = (rest ?? "").split(end);
  if (after === undefined || more.length > 0 || yetMore.length > 0) {
    throw new SyntaxError(
      `the README must have ${begin} and then ${end}, each once`,
    );
  }
  return [before!, between!, after];
}

/** The lines of a table without padding, and with the shortest rules. */
function normalised(table: string): string[] {
  return table.trim().split("\n").map((line) =>
    line.replaceAll(/ *\| */g, "|").replaceAll(/-{3,}/g, "---")
  );
}

/** Text that Markdown shows as it is, within a cell. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|~#&]/g, "\\$&")
    .replaceAll(/\s+/g, " ");
}

/** A code span within a cell, around any text. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(
    0,
    ...Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length),
  );
  const fence = "`".repeat(longest + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return fence + space + line + space + fence;
}
