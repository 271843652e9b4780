import { number } from "../schedules/field.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { positive } from "./rate.ts";

/** Options of {@linkcode adagradNorm}. */
export interface AdagradNormOptions extends LineOptions {
  /** λ, > 0: the numerator. @default {1} */
  readonly numerator?: number;
  /** b² before the first step, > 0. @default {0.01} */
  readonly initialSquare?: number;
}

/**
 * AdaGrad with one step size for all parameters: b² ← b² + g·g, η = λ / b, with the
 * gradient g and λ the `numerator`. The step size only falls. It costs no forward pass.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example x² from 5, b = 1
 * ```ts
 * import { adagradNorm } from "./adagrad_norm.ts";
 * import { descend } from "./descend.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const path = descend(quadratic([2]), adagradNorm({ initialSquare: 1 }), [5], 3);
 * deepStrictEqual(
 *   path.map(({ learningRate }) => (1 / learningRate).toFixed(6)),
 *   ["10.049876", "12.851417", "14.522474"],
 * );
 * ```
 *
 * Reference: R. Ward, X. Wu, L. Bottou, 2018, arXiv 1806.01811, algorithm 1.
 */
export const adagradNorm: ControllerFactory<AdagradNormOptions> =
  defineController({
    kind: "adagradNorm",
    summary: "AdaGrad with one step size for all parameters.",
    formula: "b² ← b² + g·g, η = λ / b",
    fields: {
      numerator: positive("the numerator, λ", 1),
      initialSquare: positive("b² before the first step", 0.01),
    },
    state: { square: number({ description: "b²", above: 0 }) },
    init: ({ initialSquare }) => ({ square: initialSquare }),
    next({ numerator }, { gradientNormSquared }, _, { square: before }) {
      const square = Math.min(before + gradientNormSquared, Number.MAX_VALUE);
      return { learningRate: numerator / Math.sqrt(square), state: { square } };
    },
  });
