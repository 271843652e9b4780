import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, optional, withDefault } from "./field.ts";

/** Options of {@linkcode rational}. */
export interface RationalOptions {
  /** The value at step 0, γ₀. */
  readonly from: number;
  /** How fast it decays, λ, per interval; a number ≥ 0. */
  readonly decay: number;
  /** The interval, in steps, a number ≥ 1. Default 1. */
  readonly every?: number;
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * Decay in inverse proportion to time (inverse time decay).
 *
 * η(t) = from/(1 + λ·t/every), where t is the step and λ the `decay`. After
 * 1/λ intervals the value is half the first.
 *
 * @param options The first value, the decay and the interval it is counted in.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { rational } from "./rational.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = rational({ from: 0.1, decay: 0.01 });
 *
 * strictEqual(schedule(0), 0.1);
 * strictEqual(schedule(100), 0.05);
 * strictEqual(schedule(300), 0.025);
 * ```
 *
 * Reference: S. Seong, Y. Lee, Y. Kee, D. Han, J. Kim, "Towards flatter loss
 * surface via nonmonotonic learning rate scheduling", UAI 2018, section 7.1.
 */
export const rational: ScheduleFactory<RationalOptions> = defineSchedule({
  kind: "rational",
  summary: "Decay in inverse proportion to time.",
  formula: "η(t) = from/(1 + λ·t/every)",
  fields: {
    from: number({ description: "the value at step 0" }),
    decay: number({ description: "the decay λ per interval", minimum: 0 }),
    every: withDefault(
      1,
      number({ description: "the interval", unit: "steps", minimum: 1 }),
    ),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve: ({ from, decay, every, steps }) => ({
    steps,
    at: (t) => from / (1 + decay * t / every),
  }),
});
