/**
 * Intervals in words.
 *
 * @module
 */
import { type Interval, tInterval } from "../statistics/t_interval.ts";

/** A mean with its 95 % interval, such as `0.52 [0.31, 0.73]`. */
export function intervalText(
  { mean, low, high }: Pick<Interval, "mean" | "low" | "high">,
  digits = 2,
): string {
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}, ${
    high.toFixed(digits)
  }]`;
}

/** The mean of values with its 95 % t interval. */
export function meanText(values: readonly number[], digits = 2): string {
  return intervalText(tInterval(values), digits);
}
