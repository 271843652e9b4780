/**
 * Loss decay, figure 4d: the same decay on the loss and on the learning rate, with
 * the control that the paper leaves out.
 *
 * @module
 */
import { errorCurves } from "../charts.ts";
import {
  type Arm,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { compensated, decreasingRate, weightedPlans } from "./arms.ts";
import { difference, errorsOf } from "./courses.ts";
import { DECAYED, FIXED, fixedRatePlans, ON_RATE } from "./fig2.ts";
import { RATE, settings } from "./settings.ts";

/** The least "significant difference" in test error, in points. */
const SMALLEST_EFFECT = 0.5;

const COMPENSATED = "rate 2η → 0, weight decay λ/w";
const NAMES = [FIXED, DECAYED, ON_RATE, COMPENSATED];

/** What the control says of the difference. */
function explained(onLoss: Arm, onRate: Arm, control: Arm): string {
  const clear = (a: Arm, b: Arm) => {
    const { low, high } = tInterval(
      pairedDifferences(a, b, finalError("test")),
    );
    return low > 0 || high < 0;
  };
  if (clear(control, onLoss)) {
    return "The control differs from loss decay: weight decay alone does not explain what is found";
  }
  if (clear(onRate, onLoss) && clear(onRate, control)) {
    return "With the weight decay compensated the rate does as well as the loss, and better or worse than without: what differs is the decay, which a falling rate makes smaller and a falling weight does not";
  }
  return clear(onRate, onLoss)
    ? "The control is clearly apart from neither: whether weight decay explains the difference is open"
    : "There is no clear difference to explain, with or without the weight decay compensated";
}

/** The line 2 → 0 on the loss, on the rate, and on the rate with λ/w. */
export const fig4d: StudyItem = {
  item: "fig4d",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { training } = settings[scale];
    const learningRate = decreasingRate(RATE);
    return [
      ...fixedRatePlans(scale, seeds),
      ...weightedPlans(training, { [ON_RATE]: { learningRate } }, seeds),
      ...weightedPlans(
        compensated(training),
        { [COMPENSATED]: { learningRate } },
        seeds,
      ),
      ...linearPlans(training, seeds),
    ];
  },
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const onLoss = arms.get(DECAYED)!;
    const onRate = arms.get(ON_RATE)!;
    const control = arms.get(COMPENSATED)!;
    return tested(
      judge(
        pairedDifferences(onRate, onLoss, finalError("test")),
        SMALLEST_EFFECT,
      ),
      "points",
      "last test error of the line 2 → 0 on the rate minus that of the same line on the loss, which the paper finds more effective",
      [
        ...NAMES.map((name) => errorsOf(name, arms.get(name)!)),
        difference(onRate, onLoss, "On the rate minus on the loss"),
        difference(
          control,
          onLoss,
          "On the rate with weight decay λ/w minus on the loss (by the algebra the same update, but for the lag of the velocity)",
        ),
        explained(onLoss, onRate, control),
      ],
    );
  }),
  figures: (runs) => [errorCurves(runs, {
    title: "Test error with the same decay on the loss and on the rate",
    names: NAMES,
    ordered: false,
  })],
};
