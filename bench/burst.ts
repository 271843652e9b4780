/**
 * Times a step again and again for a while.
 *
 * @module
 */
import { median } from "./statistics.ts";

/** What a burst of steps took. */
export interface Burst {
  /** Median of the steps, in milliseconds. */
  milliseconds: number;
  /** How many steps there were. */
  steps: number;
}

/** The fewest steps of a burst. */
const FEWEST = 3;

/**
 * Takes two steps to warm up, then steps until the time is over, at least three; where
 * a step is longer than the burst, one of each is enough.
 */
export async function burst(
  step: () => unknown,
  seconds: number,
): Promise<Burst> {
  const before = performance.now();
  await step();
  const isLong = performance.now() - before > 1000 * seconds;
  if (!isLong) await step();
  const times: number[] = [];
  const fewest = isLong ? 1 : FEWEST;
  const end = performance.now() + 1000 * seconds;
  for (let now = performance.now(); now < end || times.length < fewest;) {
    await step();
    const after = performance.now();
    times.push(after - now);
    now = after;
  }
  return { milliseconds: median(times), steps: times.length };
}
