/**
 * Adaptive rates, figure 1: LeNet on CIFAR-10.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import {
  type Arm,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { controlledPlans, type RunPlan } from "../plan.ts";
import type { StudyItem } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  ADAPTIVE,
  aliasedPlans,
  BASIC,
  comparedPlans,
  CONTROL,
  corrected,
  FLOAT64,
  RELATIVE,
  RELEASED,
} from "./arms.ts";
import { arithmeticNotes, arithmeticTable } from "./arithmetic.ts";
import { courseFigure } from "./charts.ts";
import {
  aliasingNotes,
  armOf,
  equalCostNotes,
  intervalText,
  judgedParts,
  type Part,
} from "./findings.ts";
import { epochsToPlateauOf, overfitting } from "./measures.ts";
import { settings } from "./settings.ts";

const NAMES = [BASIC, ADAPTIVE, FLOAT64, RELATIVE, RELEASED, CONTROL];

/** The least lead that would matter: a seventh of the training. */
const EARLIER = 3;

/** Within how many points test errors are the same. */
const SAME = 2;

/** The least difference in overfitting that would matter, in points. */
const MORE = 2;

/** The runs of figure 1. */
export function lenetPlans(scale: Scale, seeds: number): RunPlan[] {
  const { lenet, lenetRate } = settings[scale];
  return [
    ...comparedPlans(lenet, lenetRate, seeds),
    ...controlledPlans(lenet, corrected(lenetRate), seeds),
    ...aliasedPlans(lenet, lenetRate, seeds),
  ];
}

function parts(basic: Arm, other: Arm): [Part, ...Part[]] {
  return [
    {
      name:
        "epochs until the test error is within a point of the basic method's plateau, basic minus adaptive",
      differences: pairedDifferences(basic, other, epochsToPlateauOf(basic)),
      smallestEffect: EARLIER,
    },
    {
      name: `${SAME} points minus the distance of the last test errors`,
      differences: pairedDifferences(basic, other, finalError("test"))
        .map((difference) => SAME - Math.abs(difference)),
      smallestEffect: 0,
    },
    {
      name:
        "last test error minus training error, adaptive minus basic, points",
      differences: pairedDifferences(other, basic, overfitting),
      smallestEffect: MORE,
    },
  ];
}

/** The rule, its corrections, the released program and its control. */
export const fig1: StudyItem = {
  item: "fig1",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    return [
      ...lenetPlans(scale, seeds),
      ...linearPlans(settings[scale].lenet, seeds),
    ];
  },
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const basic = armOf(arms, BASIC);
    return judgedParts(parts(basic, armOf(arms, ADAPTIVE)), "epochs", [
      ...parts(basic, armOf(arms, RELEASED)).map(({ name, differences }) =>
        `With the released program's steps: ${name}, ${
          intervalText(differences)
        }`
      ),
      ...aliasingNotes(arms),
      ...arithmeticNotes(arms),
      ...equalCostNotes(arms, [ADAPTIVE, RELEASED, CONTROL]),
    ]);
  }),
  figures: (runs) => [
    courseFigure(runs, { title: "LeNet on CIFAR-10", names: NAMES }),
    arithmeticTable(runs, "LeNet on CIFAR-10"),
  ],
};
