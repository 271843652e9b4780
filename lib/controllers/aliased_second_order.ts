import { number } from "../schedules/field.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import {
  initial,
  minimum as least,
  positive,
  remembered,
  settle,
} from "./rate.ts";

/** Options of {@linkcode aliasedSecondOrder}. */
export interface AliasedSecondOrderOptions extends LineOptions {
  /** η of the first batch, > 0. @default {0.01} */
  readonly initial?: number;
  /** ε, > 0. @default {1e-5} */
  readonly epsilon?: number;
  /** δ, > 0: added to a denominator of exactly 0. @default {1e-6} */
  readonly delta?: number;
  /** The least η, ≥ 0. @default {1e-6} */
  readonly minimum?: number;
}

/** The steps that are taken on a batch. */
const UPDATES = 4;

/** A number that is remembered from one step of a batch to the next. */
const part = number({ description: "a loss of this batch" });

/**
 * The rule of {@linkcode secondOrder} as a program applies it whose trial steps are
 * not undone: four steps on each batch, and η from losses along all of them.
 *
 * Saved parameters that are restored without a copy are the parameters themselves:
 * from the second trial on, each trial moves what the next starts from. With θ₀ the
 * parameters before the batch and gradients taken anew each time,
 *
 * ```math
 * θ_1 = θ_0 - (η-ε)g_0, \quad θ_2 = θ_1 - (η-ε)g_1, \quad θ_3 = θ_2 - (η-2ε)g_2, \quad θ_4 = θ_3 - ηg_3
 * ```
 * ```math
 * η ← \max\Bigl(\text{minimum}, η - 2ε\,\frac{L(θ_0-(η+ε)g_0) - L(θ_1)}{L(θ_2)+L(θ_3)-2L(θ_4)}\Bigr)
 * ```
 *
 * It needs `updatesPerBatch: 4` of a training, and takes 17 forward-pass equivalents
 * a batch (the program 20). The denominator is no second difference: η hardly moves.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example η stays, and a batch is stepped on four times
 * ```ts
 * import { aliasedSecondOrder } from "./aliased_second_order.ts";
 * import { descend } from "./descend.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const controller = aliasedSecondOrder({ initial: 0.05, epsilon: 1e-4 });
 * const path = descend(quadratic([10, 1]), controller, [0.1, 1], 5);
 * deepStrictEqual(
 *   path.map(({ learningRate }) => learningRate.toFixed(4)),
 *   ["0.0499", "0.0499", "0.0498", "0.0500", "0.0499"],
 * );
 * ```
 *
 * Reference: the program of S. Gorti and M. Ravaut for CIFAR-10, 2017, of which
 * arXiv 1801.09136 tells; see {@linkcode secondOrder} for the rule.
 *
 * Differs from the program: dropout masks are those of the step, in its gradient and
 * in its trials; the program draws one for every pass.
 */
export const aliasedSecondOrder: ControllerFactory<AliasedSecondOrderOptions> =
  defineController({
    kind: "aliasedSecondOrder",
    summary: "Newton's method on the step size, its trial steps not undone.",
    formula: "θ ← θ − (η−ε)g, − (η−ε)g, − (η−2ε)g, − ηg; η by their losses",
    fields: {
      initial: initial(0.01),
      epsilon: positive("ε", 1e-5),
      delta: positive("what stands for a denominator of 0, δ", 1e-6),
      minimum: least(1e-6),
    },
    state: {
      rate: remembered,
      update: number({
        description: "the update of the batch that is next",
        minimum: 0,
        maximum: UPDATES - 1,
        integer: true,
      }),
      rise: part,
      outer: part,
    },
    init: ({ initial }) => ({ rate: initial, update: 0, rise: 0, outer: 0 }),
    trial: ({ epsilon }, _, { rate, update }) => rateOf(rate, epsilon, update),
    next(options, line, _, { rate, update, rise, outer }) {
      const { epsilon, delta } = options;
      const learningRate = rateOf(rate, epsilon, update);
      const loss = line.at(learningRate);
      if (update < UPDATES - 1) {
        return {
          learningRate,
          state: {
            rate,
            update: update + 1,
            rise: update === 0 ? finite(line.at(rate + epsilon) - loss) : rise,
            outer: update === 0 ? 0 : finite(outer + loss),
          },
        };
      }
      const bend = outer - 2 * loss;
      const settled = settle(
        rate - 2 * epsilon * rise / (bend === 0 ? delta : bend),
        rate,
        options,
      );
      return {
        learningRate,
        state: { rate: settled.rate, update: 0, rise: 0, outer: 0 },
        events: settled.events,
      };
    },
  });

/** The step size of an update of a batch. */
function rateOf(rate: number, epsilon: number, update: number): number {
  return rate - [1, 1, 2, 0][update]! * epsilon;
}

/** A loss that is not finite says nothing of η. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
