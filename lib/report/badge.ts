/**
 * Verdicts as labels.
 *
 * @module
 */
import { formatVerdict } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import type { ResultRow, Verdict } from "./types.ts";

const signs: Record<Verdict, string> = {
  "reproduced": "✓",
  "contradicted": "✗",
  "inconclusive": "≈",
  "not judged": "–",
  "not run": "○",
};

/** A verdict as a coloured label with a sign of its own. */
export function badge(row: Pick<ResultRow, "verdict" | "scale">): Markup {
  return label(row.verdict, formatVerdict(row));
}

/** A label in the colour and with the sign of a verdict. */
export function label(verdict: Verdict, text: string): Markup {
  const kind = verdict.replace(" ", "-");
  return markup`<span class="badge ${kind}"><span aria-hidden="true">${
    signs[verdict]
  }</span> ${text}</span>`;
}
