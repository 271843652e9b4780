import { choice, number, withDefault } from "../schedules/field.ts";
import type { Line } from "./controller.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import {
  initial,
  minimum as least,
  remembered,
  settle,
  spacing,
} from "./rate.ts";

/** Which LOSSGRAD: the paper's text, its authors' program, or one without faults. */
export type LossgradVariant = "paper" | "released-code" | "corrected";

/** Options of {@linkcode lossgrad}. */
export interface LossgradOptions extends LineOptions {
  /** h of the first step, > 0. @default {1e-4} */
  readonly initial?: number;
  /** c, > 1: what h is multiplied or divided by. @default {1.05} */
  readonly factor?: number;
  /** See {@linkcode lossgrad}. @default {"paper"} */
  readonly variant?: LossgradVariant;
  /** The least h, ≥ 0. @default {0} */
  readonly minimum?: number;
}

/**
 * (f(h) − prediction) / (h·g·d), the prediction being f(0) − h·g·d: 0 where the line
 * is straight, ½ where a step of h ends at the minimum of a parabola.
 */
function excess(
  variant: LossgradVariant,
  { precision, value, slope, gradientNormSquared }: Line,
  h: number,
  trial: number,
): number {
  if (variant === "released-code") {
    const decrease = gradientNormSquared * h;
    return (trial - (value - decrease)) / (decrease + 1e-25);
  }
  const decrease = -slope * h;
  if (variant === "corrected") {
    return (trial - value + decrease) / decrease;
  }
  // The prediction is formed in the arithmetic of the line.
  const round = precision === "float32" ? Math.fround : (x: number) => x;
  const expected = round(decrease);
  const predicted = round(value - expected);
  return round(round(trial - predicted) / expected);
}

/**
 * LOSSGRAD: grows the step size where the loss falls as far as a parabola says that
 * it can, and shrinks it otherwise.
 *
 * Each step is taken with the present h. Then h ← h·c if
 * (f(h) − (f(0) − h·g·d)) / (h·g·d) ≤ ½, else h ← h / c: f is the loss along the
 * direction d, g the gradient, c the `factor`. The parabola through f(0) and f(h)
 * with the slope −g·d at 0 still falls at h exactly in the first case. One forward
 * pass more than gradient descent; h/h₀ is a power of c while h is above `minimum`
 * (0: always).
 *
 * Variants:
 * - `paper`: all in the arithmetic of the line. In float32 the prediction equals
 *   f(0) where h·g·d is below its spacing, which counts as a straight line: a tiny h
 *   grows, at least to where the spacing shows.
 * - `released-code`: the prediction in double precision from a float32 loss, with
 *   g·g even where d is not g. Once h·g·g is less than half the spacing of float32 at
 *   f(0), the loss does not change and h shrinks, down to where doubles end too; a
 *   gradient of 0 makes h grow for ever. The program takes both losses in training
 *   mode, one after the other: its batch normalisation updates its statistics twice a
 *   step, here once; its dropout draws two masks, here one, unless a training says
 *   `freshMasks`.
 * - `corrected`: a float64 line; below spacing(f(0)) / (2·g·d), where no loss can tell
 *   a step from none, h grows, and `floor` is counted; it does not change where
 *   g·d = 0; a step to a loss that is not finite is not taken (η = 0).
 *
 * In all variants a loss that is not finite shrinks h (the authors' program grows it
 * on NaN).
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example ½·x²: a step of 0.1 is below the minimiser 1, a step of 1.5 above
 * ```ts
 * import { lossgrad } from "./lossgrad.ts";
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { strictEqual } from "node:assert";
 *
 * const line = memoryLine(quadratic([1]), [3]);
 * const context = { step: 0, stepsPerEpoch: 1 };
 * const next = (initial: number) => {
 *   const controller = lossgrad({ initial });
 *   return controller.next(line, context, controller.init());
 * };
 * strictEqual(next(0.1).learningRate, 0.1);
 * strictEqual(next(0.1).state.rate, 0.1 * 1.05);
 * strictEqual(next(1.5).state.rate, 1.5 / 1.05);
 * ```
 *
 * Reference: B. Wójcik, Ł. Maziarka, J. Tabor, "LOSSGRAD: automatic learning rate in
 * gradient descent", 2019, arXiv 1902.07656, algorithm 1; what it follows is the step
 * size of equation 1.
 *
 * Differs from the paper: for other directions than the gradient g·d stands for g·g.
 */
export const lossgrad: ControllerFactory<LossgradOptions> = defineController({
  kind: "lossgrad",
  summary: "Grows or shrinks the step size by whether a parabola still falls.",
  formula: "h ← h·c if f(h) ≤ f(0) − ½·h·g·d, else h ← h/c",
  fields: {
    initial: initial(1e-4),
    factor: withDefault(
      1.05,
      number({ description: "what h is multiplied or divided by", above: 1 }),
    ),
    variant: withDefault(
      "paper",
      choice({
        description:
          "the paper's text, its authors' program, or neither's faults",
        names: ["paper", "released-code", "corrected"],
      }),
    ),
    minimum: least(0),
  },
  state: { rate: remembered },
  precision: ({ variant }) => variant === "corrected" ? "float64" : "float32",
  init: ({ initial }) => ({ rate: initial }),
  trial: (_, __, { rate }) => rate,
  next({ factor, variant, minimum }, line, _, { rate: h }) {
    const corrected = variant === "corrected";
    const trial = line.at(h);
    if (!Number.isFinite(trial)) {
      const detail = `the loss after a step of ${h} is ${trial}`;
      const { rate } = settle(h / factor, h, { minimum });
      return {
        learningRate: corrected ? 0 : h,
        state: { rate },
        events: [{ event: "not finite", detail }],
      };
    }
    if (corrected && line.slope === 0) {
      return { learningRate: h, state: { rate: h } };
    }
    const floor = spacing(line.value, line.precision) / (-2 * line.slope);
    const unseen = corrected && h < floor;
    const grows = unseen || excess(variant, line, h, trial) <= 0.5;
    const { rate, events } = settle(
      grows ? Math.min(h * factor, Number.MAX_VALUE) : h / factor,
      h,
      { minimum },
    );
    if (unseen) {
      const detail = `no loss tells a step of ${h} < ${floor} from none`;
      events.push({ event: "floor", detail });
    }
    return { learningRate: h, state: { rate }, events };
  },
});
