import { choice, number, withDefault } from "../schedules/field.ts";
import type { ControllerEvent, Line } from "./controller.ts";
import {
  type ControllerFactory,
  defineController,
  type LineOptions,
} from "./define.ts";
import {
  initial,
  minimum as least,
  negative as policy,
  type NegativePolicy,
  positive,
  remembered,
  settle,
  spacing,
} from "./rate.ts";

/** Options of {@linkcode secondOrder}. */
export interface SecondOrderOptions extends LineOptions {
  /** η of the first step, > 0. @default {0.01} */
  readonly initial?: number;
  /** Where derivatives come from; see {@linkcode secondOrder}. @default {"paper"} */
  readonly derivatives?: "paper" | "relative" | "curvature";
  /** ε of `paper`, > 0. @default {1e-5} */
  readonly epsilon?: number;
  /** ε / |η| of `relative`, > 0. @default {0.1} */
  readonly relativeEpsilon?: number;
  /** δ, > 0: added to a denominator of exactly 0. @default {1e-6} */
  readonly delta?: number;
  /** β in [0, 1]: how much of the last change of η is repeated. @default {0} */
  readonly momentum?: number;
  /** The least η, ≥ 0. @default {1e-6} */
  readonly minimum?: number;
  /** What becomes of a negative η; the paper allows it. @default {"floor"} */
  readonly negative?: NegativePolicy;
}

/** f′(η) / f″(η), or what a method takes for it. */
interface Newton {
  readonly step: number;
  readonly events: ControllerEvent[];
}

/** By five values of the line. */
function differences(
  line: Line,
  rate: number,
  epsilon: number,
  delta: number,
): Newton {
  const [far, near, here, nearer, farther] = [-2, -1, 0, 1, 2].map((i) =>
    line.at(rate + i * epsilon)
  ) as [number, number, number, number, number];
  const rise = nearer - near;
  const bend = farther + far - 2 * here;
  const events: ControllerEvent[] = [];
  if (bend === 0) {
    const detail = `f(η+2ε) + f(η−2ε) − 2·f(η) is 0 at η = ${rate}`;
    events.push({ event: "degenerate denominator", detail });
  } else if (Math.abs(bend) < 8 * spacing(here, line.precision)) {
    const detail = `f(η+2ε) + f(η−2ε) − 2·f(η) is ${bend} at a loss of ${here}`;
    events.push({ event: "below resolution", detail });
  }
  return { step: 2 * epsilon * rise / (bend === 0 ? delta : bend), events };
}

/**
 * Newton's method on the step size itself: Δ ← β·Δ − f′(η) / f″(η),
 * η ← max(minimum, η + Δ), f the loss along the direction and β the `momentum`.
 *
 * The step is taken with the present η, which changes for the next. By `derivatives`:
 * - `paper`: f′/f″ is 2ε·(f(η+ε) − f(η−ε)) / (f(η+2ε) + f(η−2ε) − 2·f(η)) with an
 *   absolute ε, δ standing for a denominator of 0: five forward passes. In float32
 *   the denominator is about 4ε²·dᵀHd and below the spacing of the loss, so the rule
 *   divides noise by noise; `degenerate denominator` and `below resolution` are
 *   counted. Under a denominator of 0 it is first-order descent.
 * - `relative`: the same with ε = `relativeEpsilon`·|η|.
 * - `curvature`: f′(η) by one more gradient, f″ = dᵀHd by a Hessian-vector product at
 *   0: nine forward passes.
 *
 * On a quadratic η is the minimiser of the last line: Barzilai and Borwein's long
 * step.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example λ = (10, 1) from (0.1, 1): after one step, the minimisers of the lines
 * ```ts
 * import { descend } from "./descend.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { secondOrder } from "./second_order.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const controller = secondOrder({ initial: 0.05, epsilon: 1e-3 });
 * const path = descend(quadratic([10, 1]), controller, [0.1, 1], 4);
 * deepStrictEqual(
 *   path.map(({ learningRate }) => learningRate.toFixed(4)),
 *   ["0.0500", "0.1818", "0.3387", "0.3387"],
 * );
 * ```
 *
 * Reference: S. Gorti, M. Ravaut, "Faster gradient descent convergence via an adaptive
 * learning rate schedule", 2017, equation 16, and 18 where the denominator is 0; 2018,
 * arXiv 1801.09136.
 *
 * Differs from the paper: the floor is in the authors' report and program only, and so
 * is that a negative η does not stand, which the paper lets it (`negative: "allow"`);
 * they take five losses and five gradients for the five losses that are needed.
 */
export const secondOrder: ControllerFactory<SecondOrderOptions> =
  defineController({
    kind: "secondOrder",
    summary: "Newton's method on the step size itself.",
    formula: "Δ ← β·Δ − f′(η)/f″(η), η ← max(minimum, η + Δ)",
    fields: {
      initial: initial(0.01),
      derivatives: withDefault(
        "paper",
        choice({
          description: "where f′ and f″ come from",
          names: ["paper", "relative", "curvature"],
        }),
      ),
      epsilon: positive("the absolute ε", 1e-5),
      relativeEpsilon: positive("ε over |η|", 0.1),
      delta: positive("what stands for a denominator of 0, δ", 1e-6),
      momentum: withDefault(
        0,
        number({
          description: "how much of the last change is repeated, β",
          minimum: 0,
          maximum: 1,
        }),
      ),
      minimum: least(1e-6),
      negative: policy("floor"),
    },
    state: {
      rate: remembered,
      change: number({ description: "the last change of the step size" }),
    },
    init: ({ initial }) => ({ rate: initial, change: 0 }),
    trial: ({ derivatives }, _, { rate }) =>
      derivatives === "curvature" ? undefined : rate,
    next(options, line, _, { rate: before, change }) {
      const { derivatives, epsilon, relativeEpsilon, delta } = options;
      const newton = derivatives === "curvature"
        ? { step: line.slopeAt(before) / line.curvature(), events: [] }
        : differences(
          line,
          before,
          derivatives === "paper"
            ? epsilon
            : relativeEpsilon * (Math.abs(before) || epsilon),
          delta,
        );
      const moved = options.momentum * change - newton.step;
      const { rate, events } = settle(before + moved, before, options);
      return {
        learningRate: before,
        state: { rate, change: Number.isFinite(moved) ? moved : 0 },
        events: [...newton.events, ...events],
      };
    },
  });
