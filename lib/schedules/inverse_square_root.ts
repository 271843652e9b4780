import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, optional } from "./field.ts";

/** Options of {@linkcode inverseSquareRoot}. */
export interface InverseSquareRootOptions {
  /** The value at step 0. */
  readonly from: number;
  /** The timescale τ, in steps, a number > 0. */
  readonly timescale: number;
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * Decay in inverse proportion to the square root of time, which needs no length.
 *
 * η(t) = from/√(1 + t/τ), where t is the step and τ the `timescale`. After 3τ
 * steps the value is half the first. Behind a `warmUp` of τ steps it is the
 * schedule of the Transformer: peak·min(t/τ, √(τ/t)).
 *
 * @param options The first value and the timescale.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { inverseSquareRoot } from "./inverse_square_root.ts";
 * import { warmUp } from "./warm_up.ts";
 * import { strictEqual } from "node:assert";
 *
 * const inner = inverseSquareRoot({ from: 0.1, timescale: 4000 });
 * strictEqual(inner(0), 0.1);
 * strictEqual(inner(12000), 0.05);
 *
 * const transformer = warmUp({ inner, steps: 4000 });
 * strictEqual(transformer(16000), 0.05);
 * ```
 *
 * Reference: A. Vaswani et al., "Attention is all you need", 2017, arXiv
 * 1706.03762, equation 3.
 */
export const inverseSquareRoot: ScheduleFactory<InverseSquareRootOptions> =
  defineSchedule({
    kind: "inverseSquareRoot",
    summary: "Decay in inverse proportion to the square root of time.",
    formula: "η(t) = from/√(1 + t/τ)",
    fields: {
      from: number({ description: "the value at step 0" }),
      timescale: number({
        description: "the timescale τ",
        unit: "steps",
        above: 0,
      }),
      steps: optional(length("the length T"), { ifMissing: "endless" }),
    },
    curve: ({ from, timescale, steps }) => ({
      steps,
      at: (t) => from / Math.sqrt(1 + t / timescale),
    }),
  });
