/**
 * Results in words and numbers, as report and README show them.
 *
 * @module
 */
import type { Measured, ResultRow } from "./types.ts";

/**
 * A measured value with its interval: as ± where the value is its middle, else
 * as [low, high]; to two digits of the interval's half width.
 *
 * @example
 * ```ts
 * import { formatMeasured } from "./format.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(formatMeasured({ value: 7.3219, interval: [7.11, 7.53], unit: "%" }), "7.32 ± 0.21 %");
 * strictEqual(formatMeasured({ value: -0.5, interval: [-0.7, -0.1] }), "−0.50 [−0.70, −0.10]");
 * strictEqual(formatMeasured({ value: null, interval: null }), "—");
 * ```
 */
export function formatMeasured(measured: Measured): string {
  const { value, interval } = measured;
  if (value === null) return "—";
  const unit = measured.unit === undefined ? "" : ` ${measured.unit}`;
  if (typeof value === "string") {
    if (interval === null) return value + unit;
    return `${value} ${bracket(interval)}${unit}`;
  }
  if (interval === null) {
    return minus(String(Number(value.toPrecision(4)))) + unit;
  }
  const [low, high] = interval;
  const half = (high - low) / 2;
  const isMiddle = Math.abs((low + high) / 2 - value) <= 0.05 * half;
  if (!isMiddle) {
    return `${rounded(value, half)} ${bracket(interval)}${unit}`;
  }
  return `${rounded(value, half)} ± ${rounded(half, half)}${unit}`;
}

/** An interval in brackets. */
function bracket([low, high]: [number, number]): string {
  const half = (high - low) / 2;
  return `[${rounded(low, half)}, ${rounded(high, half)}]`;
}

/** A number to two digits of a half width; to four of its own if that is 0. */
function rounded(value: number, half: number): string {
  if (!(half > 0) || !Number.isFinite(half)) {
    return minus(String(Number(value.toPrecision(4))));
  }
  const decimals = 1 - Math.floor(Math.log10(half));
  if (decimals > 6) return minus(value.toExponential(2));
  return minus(value.toFixed(Math.max(0, decimals)));
}

/** A number's text with the sign that typography has for it. */
function minus(number: string): string {
  return number.replaceAll("-", "−");
}

/** What the paper reports, or a dash. */
export function formatPaperValue(row: ResultRow): string {
  return row.paper.value ?? "—";
}

/**
 * The verdict with its bound: below the paper's own scale a verdict holds "at
 * this scale".
 *
 * @example
 * ```ts
 * import { formatVerdict } from "./format.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(formatVerdict({ verdict: "reproduced", scale: "small" }), "reproduced at this scale");
 * strictEqual(formatVerdict({ verdict: "not run", scale: "small" }), "not run");
 * ```
 */
export function formatVerdict(
  row: Pick<ResultRow, "verdict" | "scale">,
): string {
  const isJudged = row.verdict !== "not judged" && row.verdict !== "not run";
  return isJudged && row.scale !== "paper"
    ? `${row.verdict} at this scale`
    : row.verdict;
}

/** The number of seeds and the scale, such as "5 seeds, small". */
export function formatRuns(row: Pick<ResultRow, "seeds" | "scale">): string {
  const { seeds, scale } = row;
  const count = seeds === 0 ? "no" : seeds;
  const noun = seeds === 0 ? "runs" : seeds === 1 ? "seed" : "seeds";
  return `${count} ${noun}, ${scale}`;
}
