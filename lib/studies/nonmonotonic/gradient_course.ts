/**
 * Nonmonotonic schedules, figure 5: how the gradient norm goes until the rate peaks, in
 * the middle of the training.
 *
 * @module
 */
import { rankCorrelation } from "../rank_correlation.ts";
import type { Run } from "../study.ts";

/** What is claimed of a run's gradient norms, each positive where it holds. */
export interface GradientCourse {
  /** How long before the rate their peak is, as a share of the training. */
  beforeMiddle: number;
  /** The logarithm of the largest of the first quarter over that in the middle. */
  fall: number;
  /**
   * Minus the rank correlation with the epoch from their peak to the middle, in
   * [−1, 1]: 1 where each is smaller than the one before.
   */
  decrease: number;
}

/** None of it. */
const NOTHING: GradientCourse = { beforeMiddle: 0, fall: 0, decrease: 0 };

/** A run's course; one that diverged shows nothing of what is claimed. */
export function gradientCourse(
  { status, epochMeans: { gradientNorm: norms } }: Run,
): GradientCourse {
  if (status === "diverged" || !norms.every(Number.isFinite)) return NOTHING;
  const middle = Math.floor(norms.length / 2);
  const peak = norms.indexOf(Math.max(...norms));
  const first = Math.max(
    ...norms.slice(0, Math.max(1, Math.ceil(norms.length / 4))),
  );
  const between = norms.slice(peak, middle + 1);
  return {
    beforeMiddle: 0.5 - peak / norms.length,
    fall: Math.log(first / norms[middle]!),
    // A peak in the middle or later is no decrease before it.
    decrease: between.length < 2
      ? -1
      : -rankCorrelation(between.map((_, epoch) => epoch), between),
  };
}
