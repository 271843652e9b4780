import { type ControllerFactory, defineController } from "./define.ts";
import {
  firstTrial,
  isFlat,
  lineSearchFields,
  type LineSearchOptions,
  lineSearchState,
} from "./line_search_fields.ts";

/**
 * Stochastic line search by Armijo's condition: the first η, from a start downwards by
 * the factor `shrink`, with f(η) ≤ f(0) − c·η·g·d.
 *
 * f is the loss along the direction d, g the gradient, c the `slack`. The start is the
 * last η times `growth`^(1 / steps of an epoch). A value that is not finite is not
 * accepted; where no η of `trials` is, `fallback` is taken and `no step found` counted.
 * Where ‖g‖ < 1e-8 no step is taken. One forward pass for each η that is tried.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example On ½·x² with c = ½, the first of 1.5, 0.75 that is below the minimiser 1
 * ```ts
 * import { armijo } from "./armijo.ts";
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { strictEqual } from "node:assert";
 *
 * const controller = armijo({ initial: 1.5, slack: 0.5, shrink: 0.5, reset: "keep" });
 * const line = memoryLine(quadratic([1]), [3]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const { learningRate } = controller.next(line, context, controller.init());
 * strictEqual(learningRate, 0.75);
 * ```
 *
 * Reference: S. Vaswani, A. Mishkin, I. Laradji, M. Schmidt, G. Gidel,
 * S. Lacoste-Julien, 2019, arXiv 1905.09997, algorithms 1 and 2.
 */
export const armijo: ControllerFactory<LineSearchOptions> = defineController({
  kind: "armijo",
  summary: "The first step size that lowers the loss as far as Armijo asks.",
  formula: "f(η) ≤ f(0) − c·η·g·d",
  fields: lineSearchFields,
  state: lineSearchState,
  init: ({ initial }) => ({ rate: initial }),
  trial: (options, { stepsPerEpoch }, { rate }) =>
    firstTrial(options, stepsPerEpoch, rate),
  next(options, line, { stepsPerEpoch }, { rate: before }) {
    if (isFlat(line)) return { learningRate: 0, state: { rate: before } };
    const { slack, shrink, trials, fallback } = options;
    let rate = firstTrial(options, stepsPerEpoch, before);
    for (let trial = 0; trial < trials; trial++) {
      if (line.at(rate) <= line.value + slack * rate * line.slope) {
        return { learningRate: rate, state: { rate } };
      }
      rate *= shrink;
    }
    const detail = `none of ${trials} step sizes down to ${rate} does`;
    return {
      learningRate: Math.min(fallback, before),
      state: { rate: Math.min(fallback, before) },
      events: [{ event: "no step found", detail }],
    };
  },
});
