import { choice, withDefault } from "../schedules/field.ts";
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

/** Options of {@linkcode firstOrder}. */
export interface FirstOrderOptions extends LineOptions {
  /** η of the first step, > 0. @default {0.1} */
  readonly initial?: number;
  /** α, > 0: the learning rate of the learning rate. @default {1e-5} */
  readonly metaRate?: number;
  /** Where f′(η) comes from; see {@linkcode firstOrder}. @default {"finite-difference"} */
  readonly gradient?: "finite-difference" | "same-batch" | "next-step";
  /** ε of the finite difference, > 0. @default {1e-5} */
  readonly epsilon?: number;
  /** The least η, ≥ 0; δ of the authors' report. @default {1e-6} */
  readonly minimum?: number;
  /** What becomes of a negative η; the paper allows it. @default {"floor"} */
  readonly negative?: NegativePolicy;
}

/**
 * Gradient descent on the step size itself: η ← max(δ, η − α·f′(η)), f the loss along
 * the direction, α the `metaRate`, δ the `minimum`.
 *
 * f′(η) is, by `gradient`:
 * - `finite-difference`: (f(η + ε) − f(η − ε)) / 2ε, two forward passes;
 * - `same-batch`: −∇L(θ − η·d)·d, one gradient more, three forward passes;
 * - `next-step`: −g′·d, where g′ is the gradient of the next step and of its batch, for
 *   nothing; this is {@linkcode hypergradient}.
 *
 * The first two take the step with the present η and change it for the next; the
 * third changes it before the step, by the slope along the step before. On a full
 * batch the last two are the same.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example λ = (10, 1) from (0.1, 1), α = 0.01
 * ```ts
 * import { descend } from "./descend.ts";
 * import { firstOrder } from "./first_order.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const controller = firstOrder({
 *   initial: 0.05,
 *   metaRate: 0.01,
 *   gradient: "same-batch",
 * });
 * const path = descend(quadratic([10, 1]), controller, [0.1, 1], 4);
 * deepStrictEqual(
 *   path.map(({ learningRate }) => learningRate.toFixed(5)),
 *   ["0.05000", "0.06450", "0.07383", "0.08123"],
 * );
 * ```
 *
 * Reference: S. Gorti, M. Ravaut, "Faster gradient descent convergence via an adaptive
 * learning rate schedule", 2017, equation 6, with the slope by equation 7
 * (`same-batch`), 8 (`next-step`) or 15 (`finite-difference`); 2018, arXiv 1801.09136.
 *
 * Differs from the paper: the floor δ, and that a negative η becomes δ, are in the
 * authors' report and program only (`negative: "allow"` is the paper's).
 */
export const firstOrder: ControllerFactory<FirstOrderOptions> =
  defineController({
    kind: "firstOrder",
    summary: "Gradient descent on the step size itself.",
    formula: "η ← max(δ, η − α·f′(η))",
    fields: {
      initial: initial(0.1),
      metaRate: positive("the learning rate of the learning rate, α", 1e-5),
      gradient: withDefault(
        "finite-difference",
        choice({
          description: "where f′(η) comes from",
          names: ["finite-difference", "same-batch", "next-step"],
        }),
      ),
      epsilon: positive("half the width of the finite difference, ε", 1e-5),
      minimum: least(1e-6),
      negative: policy("floor"),
    },
    state: { rate: remembered },
    needsPrevious: ({ gradient }) => gradient === "next-step",
    init: ({ initial }) => ({ rate: initial }),
    next(options, line, _, { rate: before }) {
      const { gradient, epsilon, metaRate } = options;
      const slope = gradient === "next-step"
        ? line.previousSlope ?? 0
        : gradient === "same-batch"
        ? line.slopeAt(before)
        : (line.at(before + epsilon) - line.at(before - epsilon)) /
          (2 * epsilon);
      const { rate, events } = settle(
        before - metaRate * slope,
        before,
        options,
      );
      const learningRate = gradient === "next-step" ? rate : before;
      return { learningRate, state: { rate }, events };
    },
  });
