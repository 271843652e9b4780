import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { initial, positive, remembered } from "./rate.ts";

/** Options of {@linkcode exactLineSearch}. */
export interface ExactLineSearchOptions extends LineOptions {
  /** η while no line was convex, > 0. @default {0.01} */
  readonly initial?: number;
  /** The greatest η, > 0. @default {1e6} */
  readonly maximum?: number;
}

/**
 * The minimiser of the line's quadratic model: η = g·d / dᵀHd, at most `maximum`; g is
 * the gradient, d the direction, H the Hessian of the batch's loss.
 *
 * Where the line is not convex (dᵀHd ≤ 0), the last η that was found is taken, and
 * `not convex` is counted. A Hessian-vector product is six forward passes: nine a
 * step.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example ½·(10·x² + y²) at (0.1, 1): g·g / gᵀHg = 2/11
 * ```ts
 * import { exactLineSearch } from "./exact_line_search.ts";
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { ok } from "node:assert";
 *
 * const controller = exactLineSearch();
 * const line = memoryLine(quadratic([10, 1]), [0.1, 1]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const { learningRate } = controller.next(line, context, controller.init());
 * ok(Math.abs(learningRate - 2 / 11) < 1e-9);
 * ```
 *
 * Reference: A. Cauchy, C. R. Acad. Sci. 25, 1847.
 */
export const exactLineSearch: ControllerFactory<ExactLineSearchOptions> =
  defineController({
    kind: "exactLineSearch",
    summary: "The minimiser of the line's quadratic model.",
    formula: "η = g·d / dᵀHd",
    fields: {
      initial: initial(0.01),
      maximum: positive("the greatest step size", 1e6),
    },
    state: { rate: remembered },
    init: ({ initial }) => ({ rate: initial }),
    next({ maximum }, line, _, { rate: before }) {
      const curvature = line.curvature();
      if (!(curvature > 0 && curvature < Infinity)) {
        const detail = `dᵀHd is ${curvature}; ${before} stays`;
        return {
          learningRate: before,
          state: { rate: before },
          events: [{
            event: Number.isFinite(curvature) ? "not convex" : "not finite",
            detail,
          }],
        };
      }
      const rate = Math.min(-line.slope / curvature, maximum);
      return { learningRate: rate, state: { rate } };
    },
  });
