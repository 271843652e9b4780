import { Purpose, randomStream } from "../random/stream.ts";
import { defineSchedule, type ScheduleFactory } from "../schedules/define.ts";
import { number, withDefault } from "../schedules/field.ts";
import { stepsPerEpoch } from "./epochs.ts";

/** Options of {@linkcode randomGradient}. */
export interface RandomGradientOptions {
  /** What the draws depend on, an integer in [0, 2⁵³). */
  readonly seed: number;
  /** The least weight. @default {0} */
  readonly minimum?: number;
  /** What all weights stay under, over `minimum`. @default {1} */
  readonly maximum?: number;
  /** The steps of an epoch E, ≥ 1: one draw an epoch. @default {one draw a step} */
  readonly stepsPerEpoch?: number;
}

/**
 * A gradient weight that is drawn evenly from a range: random gradient.
 *
 * w(t) ~ U(minimum, maximum), drawn anew at each step ⌊t⌋, or with epochs of E steps
 * at each epoch ⌊t/E⌋. A draw is a closed form of the seed and its number (Philox
 * 4×32-10), so that training resumes exactly.
 *
 * @param options The seed and the range; the epoch.
 * @returns A schedule without a length.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { randomGradient } from "./random_gradient.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * const perBatch = randomGradient({ seed: 7 });
 * ok(perBatch(0) !== perBatch(1));
 * strictEqual(perBatch(1000), randomGradient({ seed: 7 })(1000));
 *
 * const perEpoch = randomGradient({ seed: 7, stepsPerEpoch: 390 });
 * strictEqual(perEpoch(0), perEpoch(389));
 * ok(perEpoch(389) !== perEpoch(390));
 * ```
 *
 * Reference: J. Wei, "Faster, better training trick: random gradient", 2018, arXiv
 * 1808.04293; the baseline of J. Wei, 2019, figure 4c. The released code draws one
 * number a batch.
 *
 * Under plain gradient descent the mean weight 1/2 halves the learning rate: the
 * control is `constant({ value: 0.5 })`.
 */
export const randomGradient: ScheduleFactory<RandomGradientOptions> =
  defineSchedule({
    kind: "randomGradient",
    summary: "A gradient weight that is drawn evenly from a range.",
    formula: "w(t) ~ U(minimum, maximum) at each step or epoch",
    fields: {
      seed: number({
        description: "what the draws depend on",
        minimum: 0,
        integer: true,
      }),
      minimum: withDefault(0, number({ description: "the least weight" })),
      maximum: withDefault(
        1,
        number({ description: "what all weights stay under" }),
      ),
      stepsPerEpoch,
    },
    curve({ seed, minimum, maximum, stepsPerEpoch = 1 }, path) {
      if (maximum <= minimum) {
        throw new RangeError(
          `${path("maximum")} must be > minimum (${minimum}), got ${maximum}`,
        );
      }
      return {
        steps: undefined,
        at(t) {
          const draw = Math.floor(t / stepsPerEpoch);
          const stream = randomStream(
            seed,
            Purpose.gradientWeight,
            draw % 2 ** 32,
            Math.floor(draw / 2 ** 32),
          );
          return minimum + (maximum - minimum) * stream.uniform();
        },
      };
    },
  });
