import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import { positive } from "./rate.ts";

/** Options of {@linkcode pal}. */
export interface PalOptions extends LineOptions {
  /** μ, > 0: how far along the direction the loss is measured, a length. @default {1} */
  readonly measuringStep?: number;
  /** α, > 0: what the way to the minimum is multiplied by. @default {1 / 0.6} */
  readonly adaptation?: number;
  /** The longest step, a length > 0. @default {3.16} */
  readonly maximumStep?: number;
}

/**
 * PAL: fits a parabola through the loss and its slope here and the loss at a distance
 * μ, and steps to its minimum.
 *
 * With n = ‖d‖, b = −g·d / n and a = (f(μ/n) − f(0) − b·μ) / μ²: if a > 0 the step's
 * length is s = −α·b / 2a, if a ≤ 0 it is μ (and `not convex` is counted); at most
 * `maximumStep`; η = s / n. If f(μ/n) is not finite no step is taken. One forward pass
 * more than gradient descent; it remembers nothing.
 *
 * The authors' direction is d ← 0.4·d + g: `momentum({ momentum: 0.4 })`.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example On a quadratic with α = 1 it jumps to the minimiser g·g / gᵀHg
 * ```ts
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { pal } from "./pal.ts";
 * import { strictEqual } from "node:assert";
 *
 * const controller = pal({ adaptation: 1 });
 * const line = memoryLine(quadratic([10, 1]), [0.3, 1]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const { learningRate } = controller.next(line, context, controller.init());
 * strictEqual(learningRate.toFixed(10), "0.1098901099");
 * ```
 *
 * Reference: M. Mutschler, A. Zell, "Parabolic approximation line search for DNNs",
 * 2019, arXiv 1903.11991, algorithm 1.
 *
 * Differs from the released program: that one leaves the measuring step applied where
 * a or b is not finite.
 */
export const pal: ControllerFactory<PalOptions> = defineController({
  kind: "pal",
  summary: "Steps to the minimum of a parabola through two losses and a slope.",
  formula:
    "η = −α·b / (2a·‖d‖), a = (f(μ/‖d‖) − f(0) − b·μ) / μ², b = −g·d/‖d‖",
  fields: {
    measuringStep: positive("how far away the loss is measured, μ", 1),
    adaptation: positive(
      "what the way to the minimum is multiplied by, α",
      1 / 0.6,
    ),
    maximumStep: positive("the longest step, a length", 3.16),
  },
  state: {},
  init: () => ({}),
  next({ measuringStep: mu, adaptation, maximumStep }, line) {
    const length = Math.sqrt(line.directionNormSquared);
    if (length === 0 || line.slope === 0) {
      return { learningRate: 0, state: {} };
    }
    const b = line.slope / length;
    const a = (line.at(mu / length) - line.value - b * mu) / mu ** 2;
    if (!Number.isFinite(a)) {
      const detail =
        `the loss at a distance of ${mu} gives a curvature of ${a}`;
      return {
        learningRate: 0,
        state: {},
        events: [{ event: "not finite", detail }],
      };
    }
    if (a <= 0) {
      const detail = `the parabola's curvature is ${a}`;
      return {
        learningRate: Math.min(mu, maximumStep) / length,
        state: {},
        events: [{ event: "not convex", detail }],
      };
    }
    const step = Math.min(-b / (2 * a) * adaptation, maximumStep);
    return { learningRate: step / length, state: {} };
  },
});
