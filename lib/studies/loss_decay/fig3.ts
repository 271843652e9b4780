/**
 * Loss decay, figure 3: other weights, to see what the jump goes with.
 *
 * @module
 */
import { errorCurves } from "../charts.ts";
import { type Arm, armMean, byArm, pairedDifferences } from "../comparisons.ts";
import { jointly, judge } from "../statistics.ts";
import { type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  fixedRate,
  lineWeight,
  longTailWeight,
  weightedPlans,
} from "./arms.ts";
import { errorsOf, lateJump, steepestTenth, weightFigure } from "./courses.ts";
import { DECAYED, FIXED, fixedRatePlans, SMALLEST_JUMP } from "./fig2.ts";
import { RATE, settings } from "./settings.ts";

const HIGHER = "fixed rate, weight 3 → 0";
const LONG_TAIL = "fixed rate, long tail";
const NAMES = [FIXED, DECAYED, HIGHER, LONG_TAIL];

/** Where an arm's test error falls most in its second half. */
function steepestText(name: string, arm: Arm): string {
  return `${errorsOf(name, arm)}; jump ${
    armMean(arm, lateJump).toFixed(2)
  } points; the steepest tenth of the second half ends at ${
    (100 * armMean(arm, steepestTenth)).toFixed(0)
  } % of the epochs on average`;
}

/** A higher line, and a long tail of small weights from half time on. */
export const fig3: StudyItem = {
  item: "fig3",
  headline: false,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...fixedRatePlans(scale, seeds),
    ...weightedPlans(settings[scale].training, {
      [HIGHER]: {
        learningRate: fixedRate(RATE),
        gradientWeight: lineWeight(3),
      },
      [LONG_TAIL]: {
        learningRate: fixedRate(RATE),
        gradientWeight: longTailWeight,
      },
    }, seeds),
    ...linearPlans(settings[scale].training, seeds),
  ],
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const parts = [HIGHER, LONG_TAIL].map((name) => ({
      name: `${name}: a jump in the last tenth too`,
      ...judge(
        pairedDifferences(arms.get(name)!, arms.get(FIXED)!, lateJump),
        SMALLEST_JUMP,
      ),
    }));
    return tested(
      {
        ...jointly(parts),
        interval: parts[1]!.interval,
      },
      "points",
      "fall of the test error over the last tenth of the epochs, long tail minus constant weight; the claim has two parts. The long tail is as read here, 2 → 0.2 at half time → 0: the paper's picture has no numbers",
      [
        ...parts.map(({ name, verdict, interval }) =>
          `${name}: ${verdict}, ${interval.mean.toFixed(2)} points [${
            interval.low.toFixed(2)
          }, ${interval.high.toFixed(2)}]`
        ),
        ...NAMES.map((name) => steepestText(name, arms.get(name)!)),
        "Weights are under 0.2 in the last 10 % of the epochs with 2 → 0, in the last 7 % with 3 → 0, and from 50 % on with the long tail",
      ],
    );
  }),
  figures: (runs, scale) => [
    weightFigure(settings[scale].training, {
      title: "A higher line and a long tail",
      weights: {
        "weight 2 → 0": lineWeight(2),
        "weight 3 → 0": lineWeight(3),
        "long tail": longTailWeight,
      },
    }),
    errorCurves(runs, {
      title: "Test error with three weights at a fixed rate",
      names: NAMES,
      ordered: false,
    }),
  ],
};
