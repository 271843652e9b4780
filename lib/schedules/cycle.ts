/**
 * Cycles one after another, each longer than the one before by a factor.
 *
 * @module
 */

/** One of the cycles. */
export interface Cycle {
  /** Its number, from 0. */
  readonly index: number;
  /** The step at which it starts. */
  readonly start: number;
  /** Its length, in steps. */
  readonly length: number;
}

/**
 * The step at which cycle i starts: period·(mⁱ − 1)/(m − 1), or period·i for
 * m = 1.
 *
 * @param index The number of the cycle, i.
 * @param period The length of the first, in steps.
 * @param factor What each next length is multiplied by, m ≥ 1.
 */
export function cycleStart(
  index: number,
  period: number,
  factor: number,
): number {
  return factor === 1
    ? period * index
    : period * ((factor ** index - 1) / (factor - 1));
}

/**
 * The cycle that a step lies in; at a boundary it is the one that starts there.
 *
 * The logarithm alone is off by one at some boundaries (period 10, m = 3, step
 * 1210, the start of cycle 5), so what it says is checked against the starts.
 *
 * @param step The step, ≥ 0.
 * @param period The length of the first cycle, in steps.
 * @param factor What each next length is multiplied by, m ≥ 1.
 * @param count How many cycles there are; the last one has no end.
 */
export function cycleAt(
  step: number,
  period: number,
  factor: number,
  count = Infinity,
): Cycle {
  const cycles = step / period;
  let index = factor === 1
    ? Math.floor(cycles)
    : Math.floor(Math.log1p(cycles * (factor - 1)) / Math.log(factor));
  while (cycleStart(index + 1, period, factor) <= step) index++;
  while (index > 0 && cycleStart(index, period, factor) > step) index--;
  index = Math.min(index, count - 1);
  return {
    index,
    start: cycleStart(index, period, factor),
    length: period * factor ** index,
  };
}
