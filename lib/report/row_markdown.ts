/**
 * A row in words, as Markdown.
 *
 * @module
 */
import { formatMeasured, formatRuns, formatVerdict } from "./format.ts";
import type { ReportRow } from "./types.ts";

/**
 * What was found of a row: claim, the paper's value, ours, the verdict, further
 * findings, and the command that measures it again.
 *
 * @example
 * ```ts
 * import { rowMarkdown } from "./row_markdown.ts";
 * import { ok } from "node:assert";
 *
 * const text = rowMarkdown({
 *   id: "k-decay/fig2",
 *   title: "error against k",
 *   claim: "k > 1 better than 1",
 *   scale: "small",
 *   seeds: 5,
 *   measured: { value: 0.69, interval: [0.02, 1.36], unit: "points" },
 *   paper: { value: null },
 *   verdict: "inconclusive",
 *   command: "deno task reproduce",
 *   figures: [],
 *   settings: {},
 *   cost: {},
 * });
 * ok(text.includes("Here (5 seeds, small): **0.69 ± 0.67 points**."));
 * ```
 */
export function rowMarkdown(row: ReportRow): string {
  const { id, title, claim, measured, paper, reason, notes = [] } = row;
  const verdict = `**${escaped(formatVerdict(row))}**`;
  const because = reason ? ` (${escaped(reason)})` : "";
  const claimed = claim ? `Claim: ${escaped(claim)}. ` : "";
  const reported = paper.value === null
    ? ""
    : `Paper: **${escaped(paper.value)}**. `;
  const found = measured.value === null
    ? ""
    : `Here (${escaped(formatRuns(row))}): **${
      escaped(formatMeasured(measured))
    }**. `;
  return [
    `**${escaped(id)}**, ${
      escaped(title)
    }. ${claimed}${reported}${found}Verdict: ${verdict}${because}.`,
    notes.map((note) => `- ${escaped(note)}`).join("\n"),
    `Measure it again: \`${row.command.replaceAll("`", "")}\``,
  ].filter(Boolean).join("\n\n");
}

/** Text without what Markdown or HTML would take for a sign. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|&~$]/g, "\\$&");
}
