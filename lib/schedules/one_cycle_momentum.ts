import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number, withDefault } from "./field.ts";
import {
  cyclePeak,
  oneCycleFields,
  type OneCycleShape,
} from "./one_cycle_fields.ts";
import { shapes, through } from "./shape.ts";

/** Options of {@linkcode oneCycleMomentum}. */
export interface OneCycleMomentumOptions extends OneCycleShape {
  /** The momentum at both ends. Default 0.95. */
  readonly high?: number;
  /** The momentum where the learning rate is greatest. Default 0.85. */
  readonly low?: number;
}

/**
 * The momentum that goes with `oneCycle`: low where the learning rate is high.
 *
 * μ goes from high at step 0 to low at rise·T and back to high, in two phases at
 * T and in three at 2·rise·T, after which it stays. T is the length, `steps`;
 * each way is a half cosine wave or straight, as `shape` says. With the same
 * `steps`, `rise`, `phases` and `shape` as the learning rate it turns at the same
 * steps.
 *
 * @param options Both values, the length, and the parts.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or three phases turn after half the time.
 *
 * @example
 * ```ts
 * import { oneCycleMomentum } from "./one_cycle_momentum.ts";
 * import { strictEqual } from "node:assert";
 *
 * const momentum = oneCycleMomentum({ steps: 100 });
 *
 * strictEqual(momentum(0), 0.95);
 * strictEqual(momentum(30), 0.85);
 * strictEqual(momentum(100), 0.95);
 * ```
 *
 * Reference: L. Smith, "A disciplined approach to neural network
 * hyper-parameters: Part 1", 2018, arXiv 1803.09820, section 4.3.
 */
export const oneCycleMomentum: ScheduleFactory<OneCycleMomentumOptions> =
  defineSchedule({
    kind: "oneCycleMomentum",
    summary: "The momentum of one cycle: low where the learning rate is high.",
    formula: "μ: high at 0 → low at rise·T → high at T (at 2·rise·T)",
    fields: {
      high: withDefault(
        0.95,
        number({ description: "the momentum at both ends" }),
      ),
      low: withDefault(
        0.85,
        number({
          description: "the momentum where the learning rate is greatest",
        }),
      ),
      ...oneCycleFields,
    },
    curve({ high, low, ...cycle }, path) {
      const { steps } = cycle;
      const { top, back = steps } = cyclePeak(cycle, path);
      const shape = shapes[cycle.shape];
      const at = through([
        { step: 0, value: high, shape },
        { step: top, value: low, shape },
        { step: back, value: high },
      ]);
      return { steps, at };
    },
  });
