/**
 * Loss decay, equation 2: g·g and gᵀHg along training.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { bandSeries, measuredCurve } from "../charts.ts";
import { type Arm, byArm } from "../comparisons.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import {
  type CaptionedFigure,
  type Finding,
  type Run,
  type StudyItem,
  tested,
} from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { DECAYED, FIXED, fixedRatePlans } from "./fig2.ts";
import { RATE, settings } from "./settings.ts";

/** "More than an order of magnitude", as a decimal logarithm. */
const CLAIMED_GROWTH = 1;

/** The share of the epochs at either end that is compared. */
const END = 0.2;

type Quantity = "gradientSquared" | "curvature" | "curvatureError";

function values(run: Run, quantity: Quantity): readonly number[] {
  return run.measured?.[quantity] ?? [];
}

/** log₁₀ of the mean; NaN where it is not positive. */
function magnitude(values: readonly number[]): number {
  return Math.log10(values.reduce((sum, v) => sum + v, 0) / values.length);
}

/**
 * log₁₀ of the mean over the last fifth of the epochs over that over the first. A run
 * that diverged shows no growth, nor one whose mean is not positive.
 */
function growth(quantity: Quantity): (run: Run) => number {
  return (run) => {
    if (run.status === "diverged") return 0;
    const all = values(run, quantity);
    const count = Math.max(1, Math.round(END * all.length));
    const grown = magnitude(all.slice(-count)) - magnitude(all.slice(0, count));
    return Number.isFinite(grown) ? grown : 0;
  };
}

/** The second-order term of a step over the first: η·gᵀHg / 2g·g, its mean. */
function overshoot(run: Run): number {
  const gradients = values(run, "gradientSquared");
  const ratios = values(run, "curvature").map((c, i) =>
    RATE * c / (2 * gradients[i]!)
  );
  return ratios.reduce((sum, r) => sum + r, 0) / ratios.length;
}

function growthText(name: string, arm: Arm): string {
  const text = (quantity: Quantity) => {
    const { mean, low, high } = tInterval(
      [...arm.values()].map(growth(quantity)),
    );
    return `10^${mean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  };
  const over = [...arm.values()].map(overshoot);
  return `${name}: gᵀHg grows by ${text("curvature")}, g·g by ${
    text("gradientSquared")
  }; the second term of a plain step at ${RATE} is ${
    (over.reduce((sum, r) => sum + r, 0) / over.length).toFixed(2)
  } of the first on average`;
}

/** How far the two difference quotients are apart, at worst. */
function worstError(runs: readonly Run[]): number {
  return Math.max(...runs.flatMap((run) => values(run, "curvatureError")));
}

const isMeasured = (run: Run) => run.measured !== undefined;

function judgeGrowth(runs: readonly Run[]): Finding {
  const arms = byArm(runs);
  const fixed = arms.get(FIXED)!;
  const found = judge(
    [...fixed.values()].map((run) => growth("curvature")(run) - CLAIMED_GROWTH),
    0,
  );
  const { count, mean, low, high } = found.interval;
  return tested(
    {
      ...found,
      interval: {
        count,
        mean: mean + CLAIMED_GROWTH,
        low: low + CLAIMED_GROWTH,
        high: high + CLAIMED_GROWTH,
      },
    },
    "log₁₀",
    "growth of gᵀHg at a fixed rate, last fifth of the epochs over the first; the claim is more than 1",
    [
      growthText(FIXED, fixed),
      growthText(DECAYED, arms.get(DECAYED)!),
      `The difference quotients of gᵀHg with a step and with a tenth of it are at worst ${
        worstError(runs).toExponential(1)
      } apart (means of an epoch, relative)`,
    ],
  );
}

function figure(
  runs: readonly Run[],
  quantity: Quantity,
  symbol: string,
): CaptionedFigure {
  const arms = byArm(runs);
  const caption =
    `${symbol} of the unweighted loss of one batch an epoch, in double precision. Lines: means over seeds; bands: 95 % t intervals.`;
  return {
    caption,
    figure: lineFigure({
      title: `${symbol} along training`,
      caption,
      x: { title: "epoch" },
      y: { title: symbol, scale: "log" },
      series: [FIXED, DECAYED].map((name) =>
        bandSeries(name, measuredCurve(arms.get(name)!, quantity))
      ),
    }),
  };
}

/** The terms of the expansion to second order along the gradient. */
export const eq2: StudyItem = {
  item: "eq2",
  headline: false,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...fixedRatePlans(scale, seeds),
    ...linearPlans(settings[scale].training, seeds),
  ],
  judge(runs, scale) {
    if (!runs.some(isMeasured)) {
      return {
        measured: { value: null, interval: null },
        verdict: "not judged",
        reason: "gᵀHg needs doubles, which only the tensorflow backend has",
        notes: [],
      };
    }
    return judgedAt(judgeGrowth)(runs, scale);
  },
  figures: (runs) =>
    runs.some(isMeasured)
      ? [
        figure(runs, "gradientSquared", "g·g"),
        figure(runs, "curvature", "gᵀHg"),
      ]
      : [],
};
