import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number } from "./field.ts";
import { finiteSchedule, oneOrMore } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode kDecay}. */
export interface KDecayOptions {
  /** The schedule whose time is warped; it must have a length. */
  readonly inner: Schedule;
  /** The power k, a number > 0, or several, whose warps are averaged. */
  readonly k: number | readonly number[];
}

/**
 * Another schedule with its time warped by a power: for k > 1 it lingers at the
 * start and changes faster at the end, for k < 1 the other way round.
 *
 * η(t) = inner(T·(1/n)·Σᵢ (t/T)^kᵢ), where t is the step, T the length of the
 * inner schedule and k₁ … kₙ are the powers `k`. Both ends stay where they are,
 * and k = 1 is the inner schedule itself.
 *
 * The warp also changes the mean over the run (a straight line's is to +
 * (from − to)·k/(k + 1)); `equalArea` takes that difference out.
 *
 * @param options The inner schedule and the power or powers.
 * @returns A schedule of the inner schedule's length.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or the inner schedule has no length.
 *
 * @example
 * ```ts
 * import { kDecay } from "./k_decay.ts";
 * import { linear } from "./linear.ts";
 * import { strictEqual } from "node:assert";
 *
 * const line = linear({ from: 0.1, to: 0.001, steps: 1000 });
 *
 * strictEqual(kDecay({ inner: line, k: 2 })(500), line(250));
 * strictEqual(kDecay({ inner: line, k: [1, 2] })(500), line(375));
 * ```
 *
 * Differs from the paper: t counts steps, not epochs; the powers of a sum need not
 * rise; equation 9's a₁ has the other sign here, without which 10 does not follow.
 *
 * Reference: T. Zhang, W. Li, "k-decay: A new method for learning rate
 * schedule", 2020, arXiv 2004.05909: of `linear` equation 10, of `polynomial`
 * 11, of `cosine` 12, of `normalisedExponential` 13, with several powers 14.
 */
export const kDecay: ScheduleFactory<KDecayOptions> = defineSchedule({
  kind: "kDecay",
  summary: "Another schedule with its time warped by a power.",
  formula: "η(t) = inner(T·(1/n)·Σᵢ (t/T)^kᵢ)",
  fields: {
    inner: finiteSchedule({ description: "the schedule that is warped" }),
    k: oneOrMore({
      description: "the power k, or several",
      item: number({ description: "a power", above: 0 }),
    }),
  },
  curve({ inner, k }) {
    const { steps } = inner;
    const powers = [k].flat();
    // T·(t/T) can miss t by a rounding, which a staircase would show.
    if (powers.every((power) => power === 1)) return { steps, at: inner };
    return {
      steps,
      at(t) {
        const share = t / steps;
        let sum = 0;
        for (const power of powers) sum += share ** power;
        return inner(steps * (sum / powers.length));
      },
    };
  },
});
