import { number, optional } from "../schedules/field.ts";
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

/** Options of {@linkcode barzilaiBorwein}. */
export interface BarzilaiBorweinOptions extends LineOptions {
  /** η of the first step, > 0. @default {0.01} */
  readonly initial?: number;
  /** The least η, > 0. @default {1e-6} */
  readonly minimum?: number;
  /** The greatest η, > 0. @default {1e6} */
  readonly maximum?: number;
  /** What becomes of a negative η. @default {"floor"} */
  readonly negative?: NegativePolicy;
}

/**
 * Barzilai and Borwein's long step: η = s·s / s·y, with s the last change of the
 * parameters and y that of the gradient.
 *
 * With s = −η′·d′, where η′ and d′ are of the step before, that is
 * d′·d′ / (d′·g′ − d′·g) · η′, so no vector but d′ is kept. Gradients of different
 * batches make y noisy: it is meant for full batches. Where s = 0 the last η stays, and
 * where s·y = 0 too, `degenerate denominator` is counted. It costs no forward pass.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example On a quadratic it is the exact line search of the step before
 * ```ts
 * import { barzilaiBorwein } from "./barzilai_borwein.ts";
 * import { descend } from "./descend.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { ok } from "node:assert";
 *
 * const controller = barzilaiBorwein({ initial: 0.05 });
 * const [, second] = descend(quadratic([10, 1]), controller, [0.1, 1], 2);
 * ok(Math.abs(second!.learningRate - 2 / 11) < 1e-12);
 * ```
 *
 * Reference: J. Barzilai, J. Borwein, IMA J. Numer. Anal. 8, 1988, equation 5.
 */
export const barzilaiBorwein: ControllerFactory<BarzilaiBorweinOptions> =
  defineController({
    kind: "barzilaiBorwein",
    summary: "The last change of the parameters over that of the gradient.",
    formula: "η = s·s / s·y",
    fields: {
      initial: initial(0.01),
      minimum: positive("the least step size", 1e-6),
      maximum: positive("the greatest step size", 1e6),
      negative: policy("floor"),
    },
    state: {
      rate: remembered,
      slope: optional(number({ description: "−g·d of the step before" })),
      length: optional(number({ description: "d·d of the step before" })),
    },
    needsPrevious: () => true,
    init: ({ initial }) => ({
      rate: initial,
      slope: undefined,
      length: undefined,
    }),
    next(options, line, { previousRate }, { rate: before, slope, length }) {
      const seen = {
        slope: line.slope,
        length: line.directionNormSquared,
      };
      if (
        slope === undefined || length === undefined ||
        line.previousSlope === undefined || previousRate === 0
      ) {
        return { learningRate: before, state: { rate: before, ...seen } };
      }
      const change = line.previousSlope - slope;
      if (change === 0) {
        const detail = `s·y is 0; ${before} stays`;
        return {
          learningRate: before,
          state: { rate: before, ...seen },
          events: [{ event: "degenerate denominator", detail }],
        };
      }
      const proposed = length / change * (previousRate ?? before);
      const { rate, events } = settle(
        Math.min(proposed, options.maximum),
        before,
        options,
      );
      return { learningRate: rate, state: { rate, ...seen }, events };
    },
  });
