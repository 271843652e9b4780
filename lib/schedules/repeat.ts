import { cycleAt, cycleStart } from "./cycle.ts";
import { type Curve, defineSchedule, type ScheduleFactory } from "./define.ts";
import { number, optional, withDefault } from "./field.ts";
import { finiteSchedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode repeat}. */
export interface RepeatOptions {
  /** The schedule that is repeated; it must have a length. */
  readonly inner: Schedule;
  /** How often, an integer ≥ 1. Without it, the schedule never ends. */
  readonly times?: number;
  /** What each next length is multiplied by, a number ≥ 1. Default 1. */
  readonly lengthFactor?: number;
  /** What each next height is multiplied by, > 0 and ≤ 1. Default 1. */
  readonly heightFactor?: number;
  /** The value that heights are counted from. Default 0. */
  readonly floor?: number;
}

/** The fields that tell how something is repeated. */
export const repeatFields = {
  times: optional(
    number({ description: "how often", minimum: 1, integer: true }),
    { ifMissing: "for ever" },
  ),
  lengthFactor: withDefault(
    1,
    number({
      description: "what each next length is multiplied by",
      minimum: 1,
    }),
  ),
  heightFactor: withDefault(
    1,
    number({
      description: "what each next height is multiplied by",
      above: 0,
      maximum: 1,
    }),
  ),
} as const;

/**
 * The curve of something that is repeated.
 *
 * @param inner Its value at a step from 0 to the period.
 * @param period Its length, in steps.
 * @param options How it is repeated.
 * @param path The path of an option, for messages.
 * @throws {RangeError} If it would be longer than can be counted.
 */
export function repeatCurve(
  inner: (step: number) => number,
  period: number,
  { times, lengthFactor, heightFactor, floor }: {
    readonly times: number | undefined;
    readonly lengthFactor: number;
    readonly heightFactor: number;
    readonly floor: number;
  },
  path: (name: "times") => string,
): Curve {
  const total = times && cycleStart(times, period, lengthFactor);
  if (total !== undefined && !(total <= Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(
      `${
        path("times")
      } must make at most ${Number.MAX_SAFE_INTEGER} steps, got ${times}, ` +
        `which makes ${total}`,
    );
  }
  return {
    steps: total && Math.ceil(total),
    at(t) {
      const { index, start, length } = cycleAt(t, period, lengthFactor, times);
      // Of whole steps the product is exact, as staircases need it.
      const value = inner(Math.min(period, (t - start) * period / length));
      const height = heightFactor ** index;
      return height === 1 ? value : floor + (value - floor) * height;
    },
  };
}

/**
 * Another schedule again and again; each time longer and lower, where wanted.
 *
 * η(t) = floor + (inner(T·(t − startᵢ)/(T·mⁱ)) − floor)·hⁱ for startᵢ ≤ t <
 * startᵢ₊₁, startᵢ = T·(mⁱ − 1)/(m − 1), where t is the step, i = 0, 1, … counts
 * the repetitions, T is the length of the inner schedule, m the `lengthFactor` and
 * h the `heightFactor`. At a boundary the next repetition holds; after the last
 * one its end stays.
 *
 * @param options The inner schedule and how it is repeated.
 * @returns A schedule of length ⌈startₙ⌉, where n is `times`; without a length if
 * that is missing.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or the inner schedule has no length.
 *
 * @example A sawtooth, each tooth twice as long and half as high
 * ```ts
 * import { linear } from "./linear.ts";
 * import { repeat } from "./repeat.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = repeat({
 *   inner: linear({ from: 1, steps: 10 }),
 *   times: 3,
 *   lengthFactor: 2,
 *   heightFactor: 0.5,
 * });
 *
 * strictEqual(schedule(9.5).toFixed(12), "0.050000000000");
 * strictEqual(schedule(10), 0.5);
 * strictEqual(schedule(20), 0.25);
 * strictEqual(schedule(30), 0.25);
 * strictEqual(schedule.steps, 70);
 * ```
 */
export const repeat: ScheduleFactory<RepeatOptions> = defineSchedule({
  kind: "repeat",
  summary: "Another schedule again and again.",
  formula: "η(t) = floor + (inner((t − startᵢ)/mⁱ) − floor)·hⁱ, " +
    "startᵢ = T·(mⁱ − 1)/(m − 1)",
  fields: {
    inner: finiteSchedule({ description: "the schedule that is repeated" }),
    ...repeatFields,
    floor: withDefault(
      0,
      number({ description: "the value that heights are counted from" }),
    ),
  },
  curve: ({ inner, ...options }, path) =>
    repeatCurve(inner, inner.steps, options, path),
});
