import { choice, number, optional, withDefault } from "../schedules/field.ts";
import type { Context, Line } from "./controller.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { initial, minimum as least, nonNegative, remembered } from "./rate.ts";

/** Options of {@linkcode reduceOnPlateau}. */
export interface ReduceOnPlateauOptions extends LineOptions {
  /** η at first, > 0. @default {0.1} */
  readonly initial?: number;
  /** What η is multiplied by, in (0, 1]. @default {0.1} */
  readonly factor?: number;
  /** Epochs without improvement that are borne, ≥ 0. @default {10} */
  readonly patience?: number;
  /** How much less counts as an improvement, ≥ 0. @default {1e-4} */
  readonly threshold?: number;
  /** Whether `threshold` is a share of the best or a difference. @default {"relative"} */
  readonly thresholdMode?: "relative" | "absolute";
  /** Epochs after a reduction in which none is counted, ≥ 0. @default {0} */
  readonly cooldown?: number;
  /** The least η, ≥ 0. @default {0} */
  readonly minimum?: number;
  /**
   * What is watched: the mean of the batches' losses over an epoch, or the loss over the
   * validation split at each evaluation. @default {"training"}
   */
  readonly monitor?: "training" | "validation";
}

/** A smaller change of the step size is none, as in PyTorch. */
const LEAST_CHANGE = 1e-8;

/** A count, from 0. */
const count = (description: string) =>
  number({ description, minimum: 0, integer: true });

/** What is watched, at the end of an epoch; nothing within one. */
function observed(
  monitor: "training" | "validation",
  { step, stepsPerEpoch, epochMetric }: Context,
  { sum, batches }: { readonly sum: number; readonly batches: number },
): number | undefined {
  if (step === 0) return undefined;
  if (monitor === "validation") return epochMetric;
  return step % stepsPerEpoch === 0 && batches > 0 ? sum / batches : undefined;
}

/**
 * Reduces the step size when a loss has not fallen for a while: η ← max(minimum,
 * η·factor) after more than `patience` epochs in a row without a loss below
 * best·(1 − threshold) (or best − threshold). During the `cooldown` that follows none is
 * counted. It costs no forward pass; all that it counts is in its state.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example A loss that stays at 2.5: with a patience of 1 the third epoch without
 * improvement trains at a tenth
 * ```ts
 * import type { Line } from "./controller.ts";
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { reduceOnPlateau } from "./reduce_on_plateau.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const controller = reduceOnPlateau({ initial: 1, patience: 1 });
 * const line: Line = memoryLine(quadratic([1], 2), [1]);
 * let state = controller.init();
 * const rates: number[] = [];
 * for (let step = 0; step < 5; step++) {
 *   const next = controller.next(line, { step, stepsPerEpoch: 1 }, state);
 *   state = next.state;
 *   rates.push(next.learningRate);
 * }
 * deepStrictEqual(rates, [1, 1, 1, 0.1, 0.1]);
 * ```
 *
 * Reference: PyTorch, `torch.optim.lr_scheduler.ReduceLROnPlateau`, mode `min`.
 */
export const reduceOnPlateau: ControllerFactory<ReduceOnPlateauOptions> =
  defineController({
    kind: "reduceOnPlateau",
    summary: "Reduces the step size when a loss has not fallen for a while.",
    formula:
      "η ← max(minimum, η·factor) after patience + 1 epochs on a plateau",
    fields: {
      initial: initial(0.1),
      factor: withDefault(
        0.1,
        number({
          description: "what the step size is multiplied by",
          above: 0,
          maximum: 1,
        }),
      ),
      patience: withDefault(10, count("epochs without improvement")),
      threshold: nonNegative("how much less is an improvement", 1e-4),
      thresholdMode: withDefault(
        "relative",
        choice({
          description: "whether the threshold is a share of the best",
          names: ["relative", "absolute"],
        }),
      ),
      cooldown: withDefault(0, count("epochs after a reduction")),
      minimum: least(0),
      monitor: withDefault(
        "training",
        choice({
          description: "what is watched",
          names: ["training", "validation"],
        }),
      ),
    },
    state: {
      rate: remembered,
      best: optional(number({ description: "the best loss" })),
      bad: count("epochs without improvement"),
      cooling: count("epochs of cooldown left"),
      sum: number({ description: "sum of this epoch's losses" }),
      batches: count("batches of this epoch"),
    },
    needsEpochMetric: ({ monitor }) => monitor === "validation",
    init: ({ initial }) => ({
      rate: initial,
      best: undefined,
      bad: 0,
      cooling: 0,
      sum: 0,
      batches: 0,
    }),
    next(options, line: Line, context, before) {
      const seen = observed(options.monitor, context, before);
      const fresh = seen !== undefined;
      const watching = {
        sum: (fresh ? 0 : before.sum) + line.value,
        batches: (fresh ? 0 : before.batches) + 1,
      };
      if (!fresh) {
        const state = { ...before, ...watching };
        return { learningRate: before.rate, state };
      }
      let { rate, best, bad, cooling } = before;
      const { threshold, thresholdMode, patience, cooldown } = options;
      const toBeat = best === undefined
        ? Infinity
        : thresholdMode === "relative"
        ? best * (1 - threshold)
        : best - threshold;
      if (seen < toBeat) {
        best = seen;
        bad = 0;
      } else bad++;
      if (cooling > 0) {
        cooling--;
        bad = 0;
      }
      if (bad > patience) {
        const lower = Math.max(rate * options.factor, options.minimum);
        if (rate - lower > LEAST_CHANGE) rate = lower;
        cooling = cooldown;
        bad = 0;
      }
      return {
        learningRate: rate,
        state: { rate, best, bad, cooling, ...watching },
      };
    },
  });
