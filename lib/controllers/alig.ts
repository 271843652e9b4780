import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { positive } from "./rate.ts";

/** Options of {@linkcode alig}. */
export interface AligOptions extends LineOptions {
  /** The greatest η, > 0. @default {0.1} */
  readonly maximum?: number;
  /** Added to the denominator, > 0. @default {1e-5} */
  readonly epsilon?: number;
}

/**
 * ALI-G: Polyak's step size for losses that can reach 0:
 * η = min(maximum, f(0) / (g·d + ε)), with the loss f(0), the gradient g and the
 * direction d. It costs no forward pass.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example ½·x² at 3: 4.5 / 9, or the greatest η
 * ```ts
 * import { alig } from "./alig.ts";
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * const line = memoryLine(quadratic([1]), [3]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const next = (maximum: number) => {
 *   const controller = alig({ maximum });
 *   return controller.next(line, context, controller.init()).learningRate;
 * };
 * strictEqual(next(0.1), 0.1);
 * ok(Math.abs(next(1) - 0.5) < 1e-6);
 * ```
 *
 * Reference: L. Berrada, A. Zisserman, M. P. Kumar, 2019, arXiv 1906.05661,
 * algorithm 1.
 *
 * Differs from the paper: momentum is the optimizer's, and there is no projection.
 */
export const alig: ControllerFactory<AligOptions> = defineController({
  kind: "alig",
  summary: "Polyak's step size for losses that can reach 0.",
  formula: "η = min(maximum, f(0) / (g·d + ε))",
  fields: {
    maximum: positive("the greatest step size", 0.1),
    epsilon: positive("what is added to the denominator, ε", 1e-5),
  },
  state: {},
  init: () => ({}),
  next: ({ maximum, epsilon }, { value, slope }) => ({
    learningRate: Math.min(maximum, Math.max(value, 0) / (epsilon - slope)),
    state: {},
  }),
});
