import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import {
  initial,
  negative as policy,
  type NegativePolicy,
  positive,
  remembered,
  settle,
} from "./rate.ts";

/** Options of {@linkcode secant}. */
export interface SecantOptions extends LineOptions {
  /** η of the first step, > 0. @default {0.01} */
  readonly initial?: number;
  /** The least η, > 0. @default {1e-6} */
  readonly minimum?: number;
  /** What becomes of a negative η. @default {"floor"} */
  readonly negative?: NegativePolicy;
}

/**
 * A quasi-Newton step on the step size itself: η ← η − f′(η)·η / (f′(η) − f′(0)).
 *
 * In one dimension the update of BFGS is the secant through two slopes; both are
 * taken on the same line, at 0, where it is known, and at η. The step is taken with the
 * present η, which changes for the next; one gradient more, three forward passes.
 * Equal slopes leave η as it is and count as `degenerate denominator`.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example On ½·x² the secant finds the minimiser 1
 * ```ts
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { secant } from "./secant.ts";
 * import { ok } from "node:assert";
 *
 * const controller = secant({ initial: 0.25 });
 * const line = memoryLine(quadratic([1]), [3]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const { learningRate, state } = controller.next(line, context, controller.init());
 * ok(learningRate === 0.25 && Math.abs(Number(state.rate) - 1) < 1e-12);
 * ```
 *
 * Reference: C. Broyden, Math. Comp. 19, 1965. S. Gorti, M. Ravaut, 2017, section 3.3,
 * has a section "BFGS" on the learning rate and leaves it empty.
 *
 * Differs from BFGS: the secant is through two slopes of one line, of which 0 is always
 * one, not through those at the last two step sizes, whose lines are different ones; and
 * the step size is kept above `minimum`.
 */
export const secant: ControllerFactory<SecantOptions> = defineController({
  kind: "secant",
  summary: "A quasi-Newton step on the step size itself.",
  formula: "η ← η − f′(η)·η / (f′(η) − f′(0))",
  fields: {
    initial: initial(0.01),
    minimum: positive("the least step size", 1e-6),
    negative: policy("floor"),
  },
  state: { rate: remembered },
  init: ({ initial }) => ({ rate: initial }),
  next(options, line, _, { rate: before }) {
    const slope = line.slopeAt(before);
    if (slope === line.slope) {
      const detail = `the slopes at 0 and ${before} are both ${slope}`;
      return {
        learningRate: before,
        state: { rate: before },
        events: [{ event: "degenerate denominator", detail }],
      };
    }
    const proposed = before - slope * before / (slope - line.slope);
    const { rate, events } = settle(proposed, before, options);
    return { learningRate: before, state: { rate }, events };
  },
});
