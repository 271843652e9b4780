/**
 * Loss decay, figure 2: a weight that falls on a line, with a fixed and with a
 * falling rate.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { errorCurves } from "../charts.ts";
import { armMean, byArm, pairedDifferences } from "../comparisons.ts";
import type { RunPlan } from "../plan.ts";
import { judge } from "../statistics.ts";
import { type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  decreasingRate,
  fixedRate,
  lineWeight,
  polyRate,
  weightedPlans,
} from "./arms.ts";
import {
  difference,
  errorsOf,
  intervalText,
  lateJump,
  steepestTenth,
  weightFigure,
} from "./courses.ts";
import { RATE, settings, withCurvature } from "./settings.ts";

/** The least jump, beyond that of a constant weight, that would matter, in points. */
export const SMALLEST_JUMP = 2;

/** A fixed rate, and nothing else. */
export const FIXED = "fixed rate";

/** The paper's method. */
export const DECAYED = "fixed rate, weight 2 → 0";

/** The same line as the rate's factor. */
export const ON_RATE = "rate 2η → 0";

const POLY = "poly rate";
const BOTH = "poly rate, weight 2 → 0";
const NAMES = [FIXED, DECAYED, ON_RATE, POLY, BOTH];

/** The two arms that figures 2 to 4 and equation 2 share, with curvature. */
export function fixedRatePlans(scale: Scale, seeds: number): RunPlan[] {
  return weightedPlans(withCurvature(settings[scale].training), {
    [FIXED]: { learningRate: fixedRate(RATE) },
    [DECAYED]: { learningRate: fixedRate(RATE), gradientWeight: lineWeight(2) },
  }, seeds);
}

/** Constant and falling weight × fixed and falling rate. */
export const fig2: StudyItem = {
  item: "fig2",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...fixedRatePlans(scale, seeds),
    ...weightedPlans(settings[scale].training, {
      [ON_RATE]: { learningRate: decreasingRate(RATE) },
      [POLY]: { learningRate: polyRate(RATE) },
      [BOTH]: { learningRate: polyRate(RATE), gradientWeight: lineWeight(2) },
    }, seeds),
    ...linearPlans(settings[scale].training, seeds),
  ],
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const [fixed, decayed] = [arms.get(FIXED)!, arms.get(DECAYED)!];
    return tested(
      judge(pairedDifferences(decayed, fixed, lateJump), SMALLEST_JUMP),
      "points",
      "fall of the test error (mean of the last tenth of the epochs against that from 80 to 90 %), weight 2 → 0 minus constant weight, at a fixed rate",
      [
        ...NAMES.map((name) => {
          const arm = arms.get(name)!;
          return `${errorsOf(name, arm)}; jump ${
            armMean(arm, lateJump).toFixed(2)
          } points`;
        }),
        `With the falling weight, the steepest tenth of the second half ends at ${
          (100 * armMean(decayed, steepestTenth)).toFixed(0)
        } % of the epochs on average`,
        `Jump with ${DECAYED} minus that with ${ON_RATE}: ${
          intervalText(
            pairedDifferences(decayed, arms.get(ON_RATE)!, lateJump),
          )
        }: whether it is the weight's or that of anything that falls to 0`,
        difference(fixed, decayed, `${FIXED} minus ${DECAYED}`),
        difference(arms.get(POLY)!, arms.get(BOTH)!, `${POLY} minus ${BOTH}`),
        difference(arms.get(POLY)!, decayed, `${POLY} minus ${DECAYED}`),
      ],
    );
  }),
  figures: (runs, scale) => [
    weightFigure(settings[scale].training, {
      title: "Linear decrease",
      weights: { "weight 2 → 0": lineWeight(2) },
    }),
    errorCurves(runs, {
      title: "Test error with constant and falling weights and rates",
      names: NAMES,
      ordered: false,
    }),
  ],
};
