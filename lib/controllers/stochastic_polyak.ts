import { choice, number, withDefault } from "../schedules/field.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { isFlat } from "./line_search_fields.ts";
import { initial, positive, remembered } from "./rate.ts";

/** Options of {@linkcode stochasticPolyak}. */
export interface StochasticPolyakOptions extends LineOptions {
  /** η before the first step, > 0; for `smooth`. @default {1} */
  readonly initial?: number;
  /** c, > 0. @default {0.5} */
  readonly slack?: number;
  /** f*, a lower bound of the batch's loss. @default {0} */
  readonly lowerBound?: number;
  /**
   * What η is bounded by: `smooth`, the last η times `growth`^(1 / steps of an epoch);
   * `constant`, `maximum`. @default {"smooth"}
   */
  readonly bound?: "smooth" | "constant";
  /** Growth over an epoch, ≥ 1. @default {2} */
  readonly growth?: number;
  /** The greatest η of `constant`, > 0. @default {1} */
  readonly maximum?: number;
}

/**
 * SPS_max: Polyak's step size for the loss of a batch, with a bound:
 * η = min(bound, (f(0) − f*) / (c·g·d + 1e-8)).
 *
 * f(0) is the loss, f* the `lowerBound`, g the gradient, d the direction, c the
 * `slack`. Where ‖g‖ < 1e-8 no step is taken. It costs no forward pass.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example ‖x‖² with c = ½ is at its minimum after one step of ½
 * ```ts
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { stochasticPolyak } from "./stochastic_polyak.ts";
 * import { ok } from "node:assert";
 *
 * const controller = stochasticPolyak();
 * const line = memoryLine(quadratic([2, 2, 2]), [1, 2, 3]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const { learningRate } = controller.next(line, context, controller.init());
 * ok(Math.abs(learningRate - 0.5) < 1e-9);
 * ```
 *
 * Reference: N. Loizou, S. Vaswani, I. Laradji, S. Lacoste-Julien, 2020,
 * arXiv 2002.10542, equation 3 and section 5.
 *
 * Differs from the released program: there a vanishing gradient makes η 0 for ever
 * under `smooth`.
 */
export const stochasticPolyak: ControllerFactory<StochasticPolyakOptions> =
  defineController({
    kind: "stochasticPolyak",
    summary:
      "Polyak's step size for the loss of a batch, with a bound: SPS_max.",
    formula: "η = min(bound, (f(0) − f*) / (c·g·d + 1e-8))",
    fields: {
      initial: initial(1),
      slack: positive("the factor of g·d, c", 0.5),
      lowerBound: withDefault(
        0,
        number({ description: "a lower bound of the batch's loss, f*" }),
      ),
      bound: withDefault(
        "smooth",
        choice({
          description: "what the step size is bounded by",
          names: ["smooth", "constant"],
        }),
      ),
      growth: withDefault(
        2,
        number({ description: "growth over an epoch", minimum: 1 }),
      ),
      maximum: positive("the greatest step size of constant", 1),
    },
    state: { rate: remembered },
    init: ({ initial }) => ({ rate: initial }),
    next(options, line, { stepsPerEpoch }, { rate: before }) {
      const { slack, lowerBound, bound, growth, maximum } = options;
      if (isFlat(line)) return { learningRate: 0, state: { rate: before } };
      const most = bound === "constant"
        ? maximum
        : before * growth ** (1 / stepsPerEpoch);
      const polyak = Math.max(line.value - lowerBound, 0) /
        (-slack * line.slope + 1e-8);
      const rate = Math.min(most, polyak);
      // A rate of 0 could never grow again.
      return { learningRate: rate, state: { rate: rate > 0 ? rate : before } };
    },
  });
