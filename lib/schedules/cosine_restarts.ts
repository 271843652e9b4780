import { cosine } from "./cosine.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number, withDefault } from "./field.ts";
import { repeatCurve, repeatFields } from "./repeat.ts";

/** Options of {@linkcode cosineRestarts}. */
export interface CosineRestartsOptions {
  /** The value at step 0. */
  readonly from: number;
  /** The value at the end of each cycle. Default 0. */
  readonly to?: number;
  /** The length of the first cycle T₀, an integer ≥ 1. */
  readonly period: number;
  /** How many cycles, an integer ≥ 1. Without it, the schedule never ends. */
  readonly times?: number;
  /** What each next length is multiplied by, m ≥ 1. Default 1. */
  readonly lengthFactor?: number;
  /** What each next height is multiplied by, h > 0 and ≤ 1. Default 1. */
  readonly heightFactor?: number;
}

/**
 * Half cosine waves with warm restarts (SGDR).
 *
 * η(t) = to + (from − to)·hⁱ·½·(1 + cos(π·(t − startᵢ)/(T₀·mⁱ))) in cycle i =
 * 0, 1, …, which starts at startᵢ = T₀·(mⁱ − 1)/(m − 1), where t is the step, T₀ the
 * `period`, m the `lengthFactor` and h the `heightFactor`. It is `repeat` of
 * `cosine`; at a restart the new cycle holds.
 *
 * @param options Both values, the first length, and how it is repeated.
 * @returns A schedule of n cycles, where n is `times`; without a length if that is
 * missing.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { cosineRestarts } from "./cosine_restarts.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = cosineRestarts({
 *   from: 0.1,
 *   period: 10,
 *   lengthFactor: 2,
 *   times: 3,
 * });
 *
 * strictEqual(schedule(5).toFixed(12), "0.050000000000");
 * strictEqual(schedule(10), 0.1);
 * strictEqual(schedule(20).toFixed(12), "0.050000000000");
 * strictEqual(schedule.steps, 70);
 * ```
 *
 * Reference: I. Loshchilov, F. Hutter, "SGDR: Stochastic gradient descent with
 * warm restarts", 2016, arXiv 1608.03983, equation 5, section 3.
 *
 * Differs from timm, whose `cycle_decay` lowers `from` towards 0, and so under
 * `to`; here, as in Keras, the height above `to` shrinks.
 */
export const cosineRestarts: ScheduleFactory<CosineRestartsOptions> =
  defineSchedule({
    kind: "cosineRestarts",
    summary: "Half cosine waves with warm restarts.",
    formula:
      "η(t) = to + (from − to)·hⁱ·½·(1 + cos(π·(t − startᵢ)/(T₀·mⁱ))), " +
      "startᵢ = T₀·(mⁱ − 1)/(m − 1)",
    fields: {
      from: number({ description: "the value at step 0" }),
      to: withDefault(
        0,
        number({ description: "the value at the end of each cycle" }),
      ),
      period: number({
        description: "the length of the first cycle T₀",
        unit: "steps",
        minimum: 1,
        integer: true,
      }),
      ...repeatFields,
    },
    curve({ from, to, period, ...options }, path) {
      const wave = cosine({ from, to, steps: period });
      return repeatCurve(wave, period, { ...options, floor: to }, path);
    },
  });
