import { Purpose } from "../random/stream.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { drawAt, drawFields } from "./draws.ts";
import { choice, length, number, optional, withDefault } from "./field.ts";

/** Options of {@linkcode random}. */
export interface RandomOptions {
  /** The least value. */
  readonly low: number;
  /** The value that all stay below, > low. */
  readonly high: number;
  /** The steps that a draw lasts, a number ≥ 1: 1, or an epoch's. Default 1. */
  readonly every?: number;
  /** The seed, an integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Which values are equally likely: numbers or exponents. Default `uniform`. */
  readonly distribution?: "uniform" | "logUniform";
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * A random value, drawn anew at regular intervals.
 *
 * η(t) = low + (high − low)·u, or with `logUniform` low·(high/low)ᵘ, where t is the
 * step and u, uniform in [0, 1), is a function of the seed and of ⌊t/every⌋ alone
 * (Philox 4×32-10): the same in every run and at any step, without those before it.
 *
 * @param options The range, the interval and the seed.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or not low < high, with `logUniform` 0 < low.
 *
 * @example A random gradient weight, drawn every step
 * ```ts
 * import { random } from "./random.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * const weight = random({ low: 0, high: 1, seed: 7 });
 *
 * ok(weight(0) >= 0 && weight(0) < 1);
 * strictEqual(weight(1000), random({ low: 0, high: 1, seed: 7 })(1000));
 * ok(weight(0) !== weight(1));
 * ```
 *
 * Reference: J. Wei, "Fast, better training trick: Random gradient", 2018, arXiv
 * 1808.04293, which multiplies gradients by such numbers.
 */
export const random: ScheduleFactory<RandomOptions> = defineSchedule({
  kind: "random",
  summary: "A random value, drawn anew at regular intervals.",
  formula: "η(t) = low + (high − low)·u or low·(high/low)ᵘ, " +
    "u uniform in [0, 1), drawn for ⌊t/every⌋",
  fields: {
    low: number({ description: "the least value" }),
    high: number({ description: "the value that all stay below" }),
    every: withDefault(
      1,
      number({
        description: "how long a draw lasts",
        unit: "steps",
        minimum: 1,
      }),
    ),
    ...drawFields,
    distribution: withDefault(
      "uniform",
      choice({
        description: "whether numbers or exponents are equally likely",
        names: ["uniform", "logUniform"],
      }),
    ),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve({ low, high, every, seed, distribution, steps }, path) {
    if (low >= high) {
      throw new RangeError(
        `${path("low")} must be < high, which is ${high}, got ${low}`,
      );
    }
    if (distribution === "logUniform" && low <= 0) {
      throw new RangeError(
        `${path("low")} must be > 0 with "logUniform", got ${low}`,
      );
    }
    return {
      steps,
      at(t) {
        const u = drawAt(seed, Purpose.schedule, t, every).uniform();
        return distribution === "uniform"
          ? low * (1 - u) + high * u
          : low ** (1 - u) * high ** u;
      },
    };
  },
});
