import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { flag, length, number, optional, withDefault } from "./field.ts";

/** Options of {@linkcode inverseTime}. */
export interface InverseTimeOptions {
  /** The value at step 0. */
  readonly from: number;
  /** How fast it decays, λ, per interval; a number ≥ 0. */
  readonly decay: number;
  /** The power p, a number > 0. Default 1. */
  readonly power?: number;
  /** The interval, in steps, a number ≥ 1. Default 1. */
  readonly every?: number;
  /** Whether it changes only at multiples of the interval. Default `false`. */
  readonly staircase?: boolean;
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * Decay in inverse proportion to a power of time.
 *
 * η(t) = from/(1 + λ·t/every)ᵖ, where t is the step, λ the `decay` and p the
 * `power`; with `staircase`, ⌊t/every⌋ stands for t/every. With p = 1 it is
 * `rational`; the steps it takes add up to infinity for p ≤ 1, and their squares
 * to something finite for p > ½, which is what stochastic approximation needs.
 *
 * @param options The first value, the decay, and the interval it is counted in.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { inverseTime } from "./inverse_time.ts";
 * import { strictEqual } from "node:assert";
 *
 * const options = { from: 0.5, decay: 1, every: 100 };
 *
 * strictEqual(inverseTime(options)(100), 0.25);
 * strictEqual(inverseTime({ ...options, power: 2 })(100), 0.125);
 * strictEqual(inverseTime({ ...options, staircase: true })(199), 0.25);
 * ```
 *
 * Reference: H. Robbins, S. Monro, "A stochastic approximation method", Annals
 * of Mathematical Statistics 22, 1951.
 */
export const inverseTime: ScheduleFactory<InverseTimeOptions> = defineSchedule({
  kind: "inverseTime",
  summary: "Decay in inverse proportion to a power of time.",
  formula: "η(t) = from/(1 + λ·t/every)ᵖ",
  fields: {
    from: number({ description: "the value at step 0" }),
    decay: number({ description: "the decay λ per interval", minimum: 0 }),
    power: withDefault(1, number({ description: "the power p", above: 0 })),
    every: withDefault(
      1,
      number({ description: "the interval", unit: "steps", minimum: 1 }),
    ),
    staircase: withDefault(
      false,
      flag({ description: "whether it changes only once an interval" }),
    ),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve: ({ from, decay, power, every, staircase, steps }) => ({
    steps,
    at(t) {
      const intervals = staircase ? Math.floor(t / every) : t / every;
      return from / (1 + decay * intervals) ** power;
    },
  }),
});
