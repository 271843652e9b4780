import { checkMeet } from "./continuity.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { flag, number, withDefault } from "./field.ts";
import { list, schedule } from "./nested_field.ts";
import { checkOrder } from "./order.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode sequential}. */
export interface SequentialOptions {
  /** The schedules in order, one more than milestones. */
  readonly schedules: readonly Schedule[];
  /** The steps at which the next one takes over, in order; integers ≥ 0. */
  readonly milestones: readonly number[];
  /** Refuse schedules that do not meet. Default `false`. */
  readonly continuous?: boolean;
}

/**
 * Schedules one after another, by the steps at which they change.
 *
 * η(t) = scheduleᵢ(t − mᵢ) for mᵢ ≤ t < mᵢ₊₁, where t is the step, m₀ = 0 and m₁, m₂,
 * … are the `milestones`. Each schedule runs from its own step 0; at a milestone the
 * next one holds, and one that is given no steps (a milestone at 0, say) is left
 * out. `join` says the same by the lengths of the pieces.
 *
 * @param options The schedules and the milestones.
 * @returns A schedule that ends with the last one, if that has a length.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, their numbers do not match, the milestones are not in
 * order, or schedules that should do not meet.
 *
 * @example
 * ```ts
 * import { constant } from "./constant.ts";
 * import { exponential } from "./exponential.ts";
 * import { sequential } from "./sequential.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = sequential({
 *   schedules: [
 *     constant({ value: 1 }),
 *     exponential({ from: 8, factor: 0.5 }),
 *   ],
 *   milestones: [30],
 * });
 *
 * strictEqual(schedule(29), 1);
 * strictEqual(schedule(30), 8);
 * strictEqual(schedule(32), 2);
 * ```
 */
export const sequential: ScheduleFactory<SequentialOptions> = defineSchedule({
  kind: "sequential",
  summary: "Schedules one after another, by the steps at which they change.",
  formula: "η(t) = scheduleᵢ(t − mᵢ) for mᵢ ≤ t < mᵢ₊₁",
  fields: {
    schedules: list({
      description: "the schedules in order",
      item: schedule({ description: "a schedule" }),
    }),
    milestones: list({
      description: "the steps at which the next one takes over",
      unit: "steps",
      item: number({
        description: "a milestone",
        unit: "steps",
        minimum: 0,
        integer: true,
      }),
    }),
    continuous: withDefault(
      false,
      flag({ description: "whether the schedules must meet" }),
    ),
  },
  curve({ schedules, milestones, continuous }, path) {
    checkOrder(milestones, path("milestones"));
    if (schedules.length !== milestones.length + 1) {
      throw new RangeError(
        `${path("schedules")} must have ${
          milestones.length + 1
        } items, one more than milestones, got ${schedules.length}`,
      );
    }
    const starts = [0, ...milestones];
    const pieces = schedules.map((piece, i) => ({
      piece,
      start: starts[i]!,
      place: `${path("schedules")}[${i}]`,
    })).filter(({ start }, i) => start !== starts[i + 1]);
    for (const [i, { piece, start }] of pieces.entries()) {
      const next = pieces[i + 1];
      if (!continuous || next === undefined) continue;
      checkMeet(piece(next.start - start), next.piece(0), next.place);
    }
    const last = pieces.at(-1)!;
    return {
      steps: last.piece.steps === undefined
        ? undefined
        : last.start + last.piece.steps,
      at(t) {
        const { piece, start } = pieces.findLast(({ start }) => start <= t)!;
        return piece(t - start);
      },
    };
  },
});
