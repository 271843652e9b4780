/**
 * Random numbers of schedules: functions of the seed and the step.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../random/stream.ts";
import { number } from "./field.ts";

/** The fields of what is drawn again and again. */
export const drawFields = {
  seed: number({
    description: "the seed of the random numbers",
    minimum: 0,
    integer: true,
  }),
} as const;

/**
 * The random stream of a step: the same within each interval of `every` steps.
 *
 * @param seed The seed.
 * @param purpose What it is for.
 * @param step The step, ≥ 0.
 * @param every The interval, in steps.
 */
export function drawAt(
  seed: number,
  purpose: number,
  step: number,
  every: number,
): RandomStream {
  const index = Math.floor(step / every);
  return randomStream(
    seed,
    purpose,
    index % 2 ** 32,
    Math.floor(index / 2 ** 32),
  );
}
