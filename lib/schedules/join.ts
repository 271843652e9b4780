import { checkMeet } from "./continuity.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { flag, length, optional, withDefault } from "./field.ts";
import { list, schedule } from "./nested_field.ts";
import { record } from "./record.ts";
import type { Schedule } from "./schedule.ts";

/** One piece of a {@linkcode join}. */
export interface JoinPiece {
  /** The schedule, which sees steps from 0 on. */
  readonly schedule: Schedule;
  /**
   * How many steps of it, an integer ≥ 1. Default: its length, which all but
   * the last piece must have.
   */
  readonly steps?: number;
}

/** Options of {@linkcode join}. */
export interface JoinOptions {
  /** The pieces in order, 1 to 1000. */
  readonly pieces: readonly JoinPiece[];
  /** Refuse pieces that do not meet. Default `false`. */
  readonly continuous?: boolean;
}

/**
 * Schedules one after another, each from its own step 0.
 *
 * η(t) = pieceᵢ(t − startᵢ) for startᵢ ≤ t < startᵢ₊₁, where startᵢ is the sum
 * of the lengths of the pieces before piece i. At a boundary the next piece
 * holds.
 *
 * @param options The pieces.
 * @returns A schedule as long as all pieces; without a length if the last piece
 * has none.
 * @throws {TypeError} If an option is missing, unknown or of the wrong type, or
 * a piece before the last has no length.
 * @throws {RangeError} If a length is out of range, or pieces that should do
 * not meet.
 *
 * @example The gradient weight of the loss-decay paper: 1, then 0.2 → 0
 * ```ts
 * import { constant } from "./constant.ts";
 * import { join } from "./join.ts";
 * import { linear } from "./linear.ts";
 * import { strictEqual } from "node:assert";
 *
 * const weight = join({
 *   pieces: [
 *     { schedule: constant({ value: 1 }), steps: 70 },
 *     { schedule: linear({ from: 0.2, to: 0, steps: 30 }) },
 *   ],
 * });
 *
 * strictEqual(weight.steps, 100);
 * strictEqual(weight(69), 1);
 * strictEqual(weight(70), 0.2);
 * strictEqual(weight(85), 0.1);
 * ```
 */
export const join: ScheduleFactory<JoinOptions> = defineSchedule({
  kind: "join",
  summary: "Schedules one after another.",
  formula: "η(t) = pieceᵢ(t − startᵢ) for startᵢ ≤ t < startᵢ₊₁",
  fields: {
    pieces: list({
      description: "the pieces in order",
      item: record({
        what: "a piece",
        description: "a piece",
        fields: {
          schedule: schedule({ description: "the schedule of the piece" }),
          steps: optional(length("how much of it")),
        },
      }),
    }),
    continuous: withDefault(
      false,
      flag({ description: "whether the pieces must meet" }),
    ),
  },
  curve({ pieces, continuous }, path) {
    const starts: number[] = [];
    let total: number | undefined = 0;
    for (const [i, { schedule, steps = schedule.steps }] of pieces.entries()) {
      if (total === undefined) {
        throw new TypeError(
          `${path("pieces")}[${i - 1}].steps is missing: ` +
            "only the last piece may be without a length",
        );
      }
      starts.push(total);
      total = steps === undefined ? undefined : total + steps;
      const next = pieces[i + 1]?.schedule(0);
      if (!continuous || next === undefined || steps === undefined) continue;
      checkMeet(schedule(steps), next, `${path("pieces")}[${i + 1}]`);
    }
    return {
      steps: total,
      at(t) {
        const i = starts.findLastIndex((start) => start <= t);
        return pieces[i]!.schedule(t - starts[i]!);
      },
    };
  },
});
