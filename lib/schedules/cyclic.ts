import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, optional, withDefault } from "./field.ts";

/** Options of {@linkcode cyclic}. */
export interface CyclicOptions {
  /** The value at the start and end of each cycle. */
  readonly lower: number;
  /** The value at the top of the first cycle. */
  readonly upper: number;
  /** The steps of the rise of each cycle, a number ≥ 1. */
  readonly rise: number;
  /** The steps of the fall, a number ≥ 1. Default: as many as of the rise. */
  readonly fall?: number;
  /**
   * What each next cycle's height is multiplied by, h > 0 and ≤ 1: ½ is
   * "triangular2". Default 1, "triangular".
   */
  readonly heightFactor?: number;
  /**
   * What each step multiplies the height by, γ > 0 and ≤ 1: below 1 it is
   * "exp range". Default 1.
   */
  readonly stepFactor?: number;
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * A zigzag between two values, with peaks that may become lower.
 *
 * η(t) = lower + (upper − lower)·tri(t)·hⁱ·γᵗ, where t is the step and tri rises
 * in a straight line from 0 to 1 over `rise` steps and falls back over `fall`; i =
 * ⌊t/(rise + fall)⌋ counts the cycles, h is the `heightFactor` and γ the
 * `stepFactor`. The policy "triangular" has h = γ = 1, "triangular2" h = ½, and
 * "exp range" γ < 1.
 *
 * @param options Both values, the lengths of rise and fall, and the decay.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { cyclic } from "./cyclic.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = cyclic({
 *   lower: 0.25,
 *   upper: 0.75,
 *   rise: 100,
 *   heightFactor: 0.5,
 * });
 *
 * strictEqual(schedule(50), 0.5);
 * strictEqual(schedule(100), 0.75);
 * strictEqual(schedule(200), 0.25);
 * strictEqual(schedule(300), 0.5);
 * ```
 *
 * Reference: L. Smith, "Cyclical learning rates for training neural networks",
 * 2015, arXiv 1506.01186, section 3.
 */
export const cyclic: ScheduleFactory<CyclicOptions> = defineSchedule({
  kind: "cyclic",
  summary: "A zigzag between two values, with peaks that may become lower.",
  formula: "η(t) = lower + (upper − lower)·tri(t)·hⁱ·γᵗ, i = ⌊t/(rise + fall)⌋",
  fields: {
    lower: number({ description: "the value at the ends of each cycle" }),
    upper: number({ description: "the value at the top of the first cycle" }),
    rise: number({
      description: "the length of the rise",
      unit: "steps",
      minimum: 1,
    }),
    fall: optional(
      number({
        description: "the length of the fall",
        unit: "steps",
        minimum: 1,
      }),
      { ifMissing: "as long as the rise" },
    ),
    heightFactor: withDefault(
      1,
      number({
        description: "what each next height is multiplied by: " +
          "1 is triangular, 0.5 triangular2",
        above: 0,
        maximum: 1,
      }),
    ),
    stepFactor: withDefault(
      1,
      number({
        description: "what each step multiplies the height by: " +
          "below 1 is exp range",
        above: 0,
        maximum: 1,
      }),
    ),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve(
    { lower, upper, rise, fall = rise, heightFactor, stepFactor, steps },
  ) {
    const length = rise + fall;
    return {
      steps,
      at(t) {
        const cycle = Math.floor(t / length);
        const within = t - cycle * length;
        const share = within <= rise
          ? within / rise
          : Math.max(0, length - within) / fall;
        const height = heightFactor ** cycle * stepFactor ** t;
        return lower + (upper - lower) * share * height;
      },
    };
  },
});
