import { choice, number, optional, withDefault } from "../schedules/field.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import {
  initial,
  minimum as least,
  negative as policy,
  type NegativePolicy,
  positive,
  remembered,
  settle,
} from "./rate.ts";

/** Options of {@linkcode hypergradient}. */
export interface HypergradientOptions extends LineOptions {
  /** η of the first step, > 0. @default {0.001} */
  readonly initial?: number;
  /** β, > 0: the learning rate of the learning rate. @default {1e-6} */
  readonly metaRate?: number;
  /** Whether β·g·d′ is added to η or, normalised, multiplies it. @default {"additive"} */
  readonly form?: "additive" | "multiplicative";
  /** The least η, ≥ 0. @default {0} */
  readonly minimum?: number;
  /** What becomes of a negative η. @default {"allow"} */
  readonly negative?: NegativePolicy;
}

/**
 * Hypergradient descent: the step size follows the product of this step's gradient
 * and the direction of the step before.
 *
 * `additive`: η ← η + β·g·d′; `multiplicative`: η ← η·(1 + β·g·d′ / (‖g‖·‖d′‖)), with
 * the gradient g, the direction d′ of the step before, and β the `metaRate`; the new η
 * is that of the present step. It costs no forward pass. With `sgd()` it is SGD-HD,
 * with `adam()` Adam-HD, with any other direction that one's.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example One step on ½·x² from 3 at 0.1, then η grows by β·g·d′ = 0.01·2.7·3
 * ```ts
 * import { descend } from "./descend.ts";
 * import { hypergradient } from "./hypergradient.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { ok } from "node:assert";
 *
 * const controller = hypergradient({ initial: 0.1, metaRate: 0.01 });
 * const [, second] = descend(quadratic([1]), controller, [3], 2);
 * ok(Math.abs(second!.learningRate - (0.1 + 0.01 * 2.7 * 3)) < 1e-12);
 * ```
 *
 * Reference: A. Baydin, R. Cornish, D. Martínez Rubio, M. Schmidt, F. Wood, 2017,
 * arXiv 1703.04782, algorithms 4 to 6; the multiplicative rule is equation 9.
 *
 * Differs from the released program: with Adam η is updated once a step, by the sum
 * over all parameters.
 */
export const hypergradient: ControllerFactory<HypergradientOptions> =
  defineController({
    kind: "hypergradient",
    summary: "The step size follows this gradient times the last direction.",
    formula: "η ← η + β·g·d′",
    fields: {
      initial: initial(0.001),
      metaRate: positive("the learning rate of the learning rate, β", 1e-6),
      form: withDefault(
        "additive",
        choice({
          description:
            "whether the product is added or, normalised, multiplies",
          names: ["additive", "multiplicative"],
        }),
      ),
      minimum: least(0),
      negative: policy("allow"),
    },
    state: {
      rate: remembered,
      length: optional(
        number({ description: "d·d of the step before", minimum: 0 }),
      ),
    },
    needsPrevious: () => true,
    init: ({ initial }) => ({ rate: initial, length: undefined }),
    next(options, line, _, { rate: before, length }) {
      const { form, metaRate } = options;
      const product = -(line.previousSlope ?? 0);
      const norms = Math.sqrt(line.gradientNormSquared * (length ?? 0));
      const proposed = form === "additive"
        ? before + metaRate * product
        : before * (1 + (norms > 0 ? metaRate * product / norms : 0));
      const { rate, events } = settle(proposed, before, options);
      return {
        learningRate: rate,
        state: { rate, length: line.directionNormSquared },
        events,
      };
    },
  });
