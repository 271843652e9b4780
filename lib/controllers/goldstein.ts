import { type Field, number, withDefault } from "../schedules/field.ts";
import { type ControllerFactory, defineController } from "./define.ts";
import {
  firstTrial,
  isFlat,
  lineSearchFields,
  type LineSearchOptions,
  lineSearchState,
} from "./line_search_fields.ts";

/** Options of {@linkcode goldstein}. */
export interface GoldsteinOptions extends LineSearchOptions {
  /** What an η that is too small is multiplied by, > 1. @default {2} */
  readonly stretch?: number;
}

/**
 * Stochastic line search by Goldstein's conditions: an η that is neither too large nor
 * too small, f(0) − (1 − c)·η·g·d ≤ f(η) ≤ f(0) − c·η·g·d.
 *
 * f is the loss along the direction d, g the gradient, c the `slack`. An η that is too
 * large is multiplied by `shrink`, one that is too small by `stretch`, up to `maximum`,
 * at most `trials` times; the last one is taken if it is not too large, else
 * `fallback`, and `no step found` is counted. A value that is not finite is too large.
 * Everything else is as in {@linkcode armijo}.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example On ½·x² the range for c = 0.1 is from 0.2 to 1.8: 0.15 is doubled
 * ```ts
 * import { goldstein } from "./goldstein.ts";
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { strictEqual } from "node:assert";
 *
 * const controller = goldstein({ initial: 0.15, reset: "keep" });
 * const line = memoryLine(quadratic([1]), [3]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const { learningRate } = controller.next(line, context, controller.init());
 * strictEqual(learningRate, 0.3);
 * ```
 *
 * Reference: S. Vaswani et al., 2019, arXiv 1905.09997, section 7 and appendix F.
 */
export const goldstein: ControllerFactory<GoldsteinOptions> = defineController({
  kind: "goldstein",
  summary: "A step size that is neither too large nor too small by Goldstein.",
  formula: "f(0) − (1 − c)·η·g·d ≤ f(η) ≤ f(0) − c·η·g·d",
  fields: {
    ...lineSearchFields,
    stretch: withDefault(
      2,
      number({ description: "what a small η is multiplied by", above: 1 }),
    ) as Field<number> & { readonly default: number },
  },
  state: lineSearchState,
  init: ({ initial }) => ({ rate: initial }),
  trial: (options, { stepsPerEpoch }, { rate }) =>
    firstTrial(options, stepsPerEpoch, rate),
  next(options, line, { stepsPerEpoch }, { rate: before }) {
    if (isFlat(line)) return { learningRate: 0, state: { rate: before } };
    const { slack, shrink, stretch, trials, fallback, maximum } = options;
    let rate = firstTrial(options, stepsPerEpoch, before);
    let fits: number | undefined;
    for (let trial = 0; trial < trials; trial++) {
      const value = line.at(rate);
      if (!(value <= line.value + slack * rate * line.slope)) {
        rate *= shrink;
        continue;
      }
      fits = rate;
      const small = value < line.value + (1 - slack) * rate * line.slope;
      if (!small || rate === maximum) {
        return { learningRate: rate, state: { rate } };
      }
      rate = Math.min(rate * stretch, maximum);
    }
    const found = fits ?? Math.min(fallback, before);
    const detail = `none of ${trials} step sizes fits; ${found} is taken`;
    return {
      learningRate: found,
      state: { rate: found },
      events: [{ event: "no step found", detail }],
    };
  },
});
