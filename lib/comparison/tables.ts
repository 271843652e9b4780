/**
 * A comparison in rows of text.
 *
 * @module
 */
import { formatMeasured } from "../report/format.ts";
import type { Comparison, MethodResult, ProblemResult } from "./comparison.ts";
import { beatenBy } from "./pairs.ts";

/** A table: titles, and rows of one text a title. */
export interface TextTable {
  /** What stands above the columns. */
  readonly columns: readonly string[];
  /** The rows. */
  readonly rows: readonly (readonly string[])[];
}

/** What a method was run with. */
function settingText({ tuning }: MethodResult): string {
  return tuning === null
    ? "as it is"
    : `${tuning.varies}: ${tuning.chosen} of ${tuning.values.join(", ")}`;
}

/** The mean of what runs spent. */
function meanCost({ courses }: MethodResult): number {
  return courses.reduce((sum, { costs }) => sum + costs.at(-1)!, 0) /
    courses.length;
}

/** What a value on its scale is called. */
function outcomeName({ outcome: { name, unit, scale } }: ProblemResult) {
  return `${scale === "log" ? `log₁₀ ${name}` : name}${
    unit ? `, ${unit}` : ""
  }`;
}

/** What each method came to on a problem. */
export function methodsTable(result: ProblemResult): TextTable {
  return {
    columns: [
      "method",
      `final ${outcomeName(result)}`,
      "better than",
      "setting",
      "cost of a run",
      "cost of choosing",
      "diverged",
    ],
    rows: result.methods.map((own) => {
      const { mean, low, high } = own.interval;
      return [
        own.method,
        formatMeasured({ value: mean, interval: [low, high] }),
        beatenBy(own.method, result.pairs).join(", ") || "none",
        settingText(own),
        String(Math.round(meanCost(own))),
        String(own.tuning?.cost ?? 0),
        String(
          own.courses.filter(({ status }) => status === "diverged").length,
        ),
      ];
    }),
  };
}

/** Each pair of methods on a problem. */
export function pairsTable(result: ProblemResult): TextTable {
  return {
    columns: [
      "pair",
      `difference of ${outcomeName(result)}`,
      "p",
      "differs after Holm",
    ],
    rows: result.pairs.map(({ a, b, difference, p, differs }) => [
      `${a} − ${b}`,
      formatMeasured({
        value: difference.mean,
        interval: [difference.low, difference.high],
      }),
      p < 1e-4 ? "< 0.0001" : p.toFixed(4),
      differs ? "yes" : "no",
    ]),
  };
}

/** How many problems and seeds each method solved, and within which factor. */
export function profileTable({ ratios }: Comparison): TextTable {
  const share = (list: readonly (number | null)[], tau: number) => {
    const solved = list.filter((ratio) => ratio !== null && ratio <= tau);
    return `${Math.round(100 * solved.length / list.length)} %`;
  };
  const factors = [1, 1.5, 2, 5, Infinity];
  return {
    columns: [
      "method",
      ...factors.map((tau) => tau === Infinity ? "at all" : `τ = ${tau}`),
    ],
    rows: Object.entries(ratios).map((
      [name, list],
    ) => [name, ...factors.map((tau) => share(list, tau))]),
  };
}

/** A table as lines of text, columns aligned. */
export function tableText({ columns, rows }: TextTable): string {
  const widths = columns.map((title, i) =>
    Math.max(...[title, ...rows.map((row) => row[i]!)].map((t) => t.length))
  );
  return [columns, ...rows].map((row) =>
    row.map((text, i) => text.padEnd(widths[i]!)).join("  ").trimEnd()
  ).join("\n");
}

/** A comparison as text: a table a problem, and the profile. */
export function comparisonText(comparison: Comparison): string {
  const { budget, seeds, settings, tolerance, problems } = comparison;
  return [
    `${budget} forward passes a run, ${seeds.length} paired seeds, ${settings} settings of each grid`,
    ...problems.map((result) =>
      `${result.problem}: ${result.title}\n${tableText(methodsTable(result))}`
    ),
    `Share of problems and seeds solved (to ${tolerance}) within τ times the cost of the best\n${
      tableText(profileTable(comparison))
    }`,
  ].join("\n\n");
}
