import { Purpose } from "../random/stream.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { drawAt, drawFields } from "./draws.ts";
import { choice, number, optional, withDefault } from "./field.ts";
import { schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode noise}. */
export interface NoiseOptions {
  /** The schedule that the noise is laid over. */
  readonly inner: Schedule;
  /** The most that a value changes by, as a share of it; > 0 and ≤ 1. */
  readonly amount: number;
  /** The seed, an integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** The steps that a draw lasts, a number ≥ 1. Default 1. */
  readonly every?: number;
  /** How the noise is distributed. Default `uniform`. */
  readonly distribution?: "uniform" | "normal";
  /** The step from which on there is noise, an integer ≥ 0. Default 0. */
  readonly begin?: number;
  /** The step from which on there is none, an integer. Default: never. */
  readonly until?: number;
}

/**
 * Another schedule with random noise in proportion to its value.
 *
 * η(t) = inner(t)·(1 + ε), where t is the step and ε a function of the seed and of
 * ⌊t/every⌋ alone (Philox 4×32-10): uniform in [−a, a), or normal with standard
 * deviation a/2 and drawn again beyond ±a, where a is the `amount`. Since a ≤ 1, no
 * value changes its sign. Outside `begin` ≤ t < `until`, ε = 0.
 *
 * @param options The inner schedule, the amount and the seed.
 * @returns A schedule of the inner schedule's length, if it has one.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { constant } from "./constant.ts";
 * import { noise } from "./noise.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * const inner = constant({ value: 0.1 });
 * const schedule = noise({ inner, amount: 0.25, seed: 7, until: 1000 });
 *
 * ok(Math.abs(schedule(10) - 0.1) <= 0.025 && schedule(10) !== 0.1);
 * strictEqual(schedule(10), noise({ inner, amount: 0.25, seed: 7 })(10));
 * strictEqual(schedule(1000), 0.1);
 * ```
 *
 * Differs from timm, whose noise comes from PyTorch's generator, and whose normal
 * noise always has a standard deviation of 1 before it is cut at `noise_pct`.
 */
export const noise: ScheduleFactory<NoiseOptions> = defineSchedule({
  kind: "noise",
  summary: "Another schedule with random noise in proportion to its value.",
  formula: "η(t) = inner(t)·(1 + ε), |ε| ≤ a, drawn for ⌊t/every⌋",
  fields: {
    inner: schedule({ description: "the schedule that noise is laid over" }),
    amount: number({
      description: "the most a that a value changes by, as a share of it",
      above: 0,
      maximum: 1,
    }),
    ...drawFields,
    every: withDefault(
      1,
      number({
        description: "how long a draw lasts",
        unit: "steps",
        minimum: 1,
      }),
    ),
    distribution: withDefault(
      "uniform",
      choice({
        description: "how the noise is distributed",
        names: ["uniform", "normal"],
      }),
    ),
    begin: withDefault(
      0,
      number({
        description: "the step from which on there is noise",
        unit: "steps",
        minimum: 0,
        integer: true,
      }),
    ),
    until: optional(
      number({
        description: "the step from which on there is none",
        unit: "steps",
        minimum: 0,
        integer: true,
      }),
      { ifMissing: "to the end" },
    ),
  },
  curve(values) {
    const { inner, amount, seed, every, distribution, begin } = values;
    const { until = Infinity } = values;

    /** The noise at a step, from −1 to 1. */
    function draw(t: number): number {
      const stream = drawAt(seed, Purpose.scheduleNoise, t, every);
      if (distribution === "uniform") return 2 * stream.uniform() - 1;
      let value = stream.normal() / 2;
      while (Math.abs(value) > 1) value = stream.normal() / 2;
      return value;
    }
    return {
      steps: inner.steps,
      at: (t) =>
        t < begin || t >= until ? inner(t) : inner(t) * (1 + amount * draw(t)),
    };
  },
});
