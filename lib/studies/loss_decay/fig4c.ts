/**
 * Loss decay, figure 4c: three methods in 50 epochs.
 *
 * @module
 */
import { byArm, finalError, pairedDifferences } from "../comparisons.ts";
import { judge } from "../statistics.ts";
import { type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { difference, errorsOf } from "./courses.ts";
import { bestOf, type Method, methodFigure, methodPlans } from "./methods.ts";
import { settings } from "./settings.ts";

/** The least lead that would be "nearly 2 %", in points of test error. */
const SMALLEST_EFFECT = 1;

const METHOD: Method = "figure 4a's weight";
const OTHERS: readonly Method[] = ["piecewise rate", "random gradient"];

/**
 * Three methods. The paper does not name them in the figure; they are those that
 * its text compares. All have the same momentum here: the released code of random
 * gradient has 0.5, that of loss decay 0.95.
 */
export const fig4c: StudyItem = {
  item: "fig4c",
  headline: false,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...methodPlans(settings[scale].short, [METHOD, ...OTHERS], scale, seeds),
    ...linearPlans(settings[scale].short, seeds),
  ],
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const first = bestOf(arms, [METHOD], scale);
    const second = bestOf(arms, OTHERS, scale);
    return tested(
      judge(
        pairedDifferences(second.chosen, first.chosen, finalError("test")),
        SMALLEST_EFFECT,
      ),
      "points",
      `last test error of ${second.name}, the best of the others, minus that of ${first.name}; methods and rates chosen on the validation split, for each seed by the others`,
      [
        errorsOf(first.name, first.arm),
        ...OTHERS.flatMap((method) => {
          const other = bestOf(arms, [method], scale);
          return [
            errorsOf(other.name, other.arm),
            difference(
              other.chosen,
              first.chosen,
              `${other.name} minus ${first.name}`,
            ),
          ];
        }),
      ],
    );
  }),
  figures: (runs, scale) => [
    methodFigure(runs, byArm(runs), {
      title: "Test error of three methods in a short training",
      methods: [METHOD, ...OTHERS],
      scale,
    }),
  ],
};
