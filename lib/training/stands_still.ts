/**
 * Controlled runs that no longer move.
 *
 * @module
 */

/** A recorded step, as far as it tells whether its run moves. */
export interface RecordedRate {
  /** Its number, from 0. */
  readonly step: number;
  /** η. */
  readonly learningRate: number;
}

/**
 * From which recorded step on a controlled run stands still: the first of those with
 * η = 0 that it ends with, where since then every step had a line that was not finite
 * (`not finite`). Such a run has diverged, whatever its last loss is.
 *
 * @param steps Its recorded steps, in order.
 * @param notFinite How often `not finite` had happened at the last of them.
 * @returns Its index in `steps`; undefined for a run that moves.
 *
 * @example
 * ```ts
 * import { standsStillFrom } from "./stands_still.ts";
 * import { strictEqual } from "node:assert";
 *
 * const steps = [0.1, 3, 0, 0].map((learningRate, step) => ({ step, learningRate }));
 * strictEqual(standsStillFrom(steps, 2), 2);
 * strictEqual(standsStillFrom(steps, 0), undefined);
 * ```
 */
export function standsStillFrom(
  steps: readonly RecordedRate[],
  notFinite: number,
): number | undefined {
  const moved = steps.findLastIndex(({ learningRate }) => learningRate !== 0);
  const first = steps[moved + 1];
  if (first === undefined) return undefined;
  const since = steps.at(-1)!.step - first.step + 1;
  return notFinite >= since ? moved + 1 : undefined;
}
