import { number } from "../schedules/field.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { positive } from "./rate.ts";

/** Options of {@linkcode wngrad}. */
export interface WngradOptions extends LineOptions {
  /** λ, > 0: the numerator. @default {1} */
  readonly numerator?: number;
  /** b before the first step, > 0. @default {1} */
  readonly initial?: number;
}

/**
 * WNGrad: b ← b + λ²·g·g / b, η = λ / b, with the gradient g and λ the `numerator`. The
 * step size only falls. It costs no forward pass.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example x² from 5: one large gradient all but stops it
 * ```ts
 * import { descend } from "./descend.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { wngrad } from "./wngrad.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const path = descend(quadratic([2]), wngrad(), [5], 3);
 * deepStrictEqual(
 *   path.map(({ learningRate }) => (1 / learningRate).toFixed(6)),
 *   ["101.000000", "101.951275", "102.857063"],
 * );
 * ```
 *
 * Reference: X. Wu, R. Ward, L. Bottou, 2018, arXiv 1803.02865, algorithm 1.
 *
 * Differs from the paper: b is updated before the step, as in the authors' program;
 * one b for all parameters.
 */
export const wngrad: ControllerFactory<WngradOptions> = defineController({
  kind: "wngrad",
  summary:
    "A step size whose reciprocal grows by the gradients' squares over it.",
  formula: "b ← b + λ²·g·g / b, η = λ / b",
  fields: {
    numerator: positive("the numerator, λ", 1),
    initial: positive("b before the first step", 1),
  },
  state: { b: number({ description: "b", above: 0 }) },
  init: ({ initial }) => ({ b: initial }),
  next({ numerator }, { gradientNormSquared }, _, { b: before }) {
    const b = Math.min(
      before + numerator ** 2 * gradientNormSquared / before,
      Number.MAX_VALUE,
    );
    return { learningRate: numerator / b, state: { b } };
  },
});
