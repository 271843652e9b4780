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

/** Takes two steps to warm up, then steps until the time is over. */
export async function burst(
  step: () => unknown,
  seconds: number,
): Promise<Burst> {
  for (let i = 0; i < 2; i++) await step();
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  for (let now = performance.now(); now < end || times.length < FEWEST;) {
    await step();
    const after = performance.now();
    times.push(after - now);
    now = after;
  }
  return { milliseconds: median(times), steps: times.length };
}
