/**
 * Adaptive rates, section 6.4: overfitting and dropout.
 *
 * @module
 */
import {
  armMean,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import type { StudyItem } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { ADAPTIVE, BASIC, comparedPlans } from "./arms.ts";
import { courseFigure } from "./charts.ts";
import { armOf, judgedParts } from "./findings.ts";
import { overfitting } from "./measures.ts";
import { settings, withDropout } from "./settings.ts";

/** The least difference in overfitting that would matter, in points. */
const MORE = 2;

const DROPPED = { [BASIC]: "basic, dropout", [ADAPTIVE]: "adaptive, dropout" };
const NAMES = [BASIC, ADAPTIVE, DROPPED[BASIC]!, DROPPED[ADAPTIVE]!];

/** Overfitting with and without dropout. */
export const section64: StudyItem = {
  item: "section6-4",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { lenet, lenetRate } = settings[scale];
    return [
      ...comparedPlans(lenet, lenetRate, seeds),
      ...comparedPlans(withDropout(lenet), lenetRate, seeds).map((plan) => ({
        ...plan,
        arm: DROPPED[plan.arm as keyof typeof DROPPED]!,
      })),
      ...linearPlans(lenet, seeds),
    ];
  },
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const less = (a: string, b: string) =>
      pairedDifferences(armOf(arms, a), armOf(arms, b), overfitting);
    return judgedParts(
      [
        {
          name:
            "last test error minus training error, adaptive minus basic, points",
          differences: less(ADAPTIVE, BASIC),
          smallestEffect: MORE,
        },
        {
          name: "the same, adaptive without dropout minus with dropout, points",
          differences: less(ADAPTIVE, DROPPED[ADAPTIVE]!),
          smallestEffect: MORE,
        },
      ],
      "points",
      [
        ...NAMES.map((name) =>
          `${name}: last test error ${
            armMean(armOf(arms, name), finalError("test")).toFixed(2)
          } %, training error ${
            armMean(armOf(arms, name), finalError("train")).toFixed(2)
          } %`
        ),
        "The paper adds dropout to its ResNet; here LeNet has it, whose runs without it are figure 1's",
      ],
    );
  }),
  figures: (runs) => [
    courseFigure(runs, {
      title: "LeNet with and without dropout",
      names: NAMES,
    }),
  ],
};
