/**
 * The table of results.
 *
 * @module
 */
import type { Comparison } from "./compare.ts";

/** A line of the table. */
export interface Row extends Comparison {
  /** Such as `lenet-32 / PyTorch`. */
  name: string;
  /** The largest ratio wanted; null where there is no target. */
  target: number | null;
}

/** Whether a row reaches its target; null where it has none. */
export function isMet({ ratio, target }: Row): boolean | null {
  return target === null ? null : ratio <= target;
}

/** A row as a line of text. */
export function formatRow(row: Row): string {
  const { name, ratio, interval, target, ours, theirs } = row;
  const verdict = target === null
    ? ""
    : `${isMet(row) ? "met" : "MISSED"} (≤ ${target})`;
  return [
    name.padEnd(34),
    `${ratio.toFixed(3)} [${interval.map((v) => v.toFixed(3)).join(", ")}]`
      .padEnd(22),
    verdict.padEnd(16),
    `${ours.milliseconds.toFixed(2)} ms ${ours.name}; ${
      theirs.milliseconds.toFixed(2)
    } ms ${theirs.name}`,
  ].join("  ");
}
