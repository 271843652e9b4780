/**
 * Adaptive rates, figure 2: ResNet-18 with dropout from a rate of 0.1.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { bestError, byArm, pairedDifferences } from "../comparisons.ts";
import type { RunPlan } from "../plan.ts";
import type { StudyItem } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  ADAPTIVE,
  aliasedPlans,
  BASIC,
  comparedPlans,
  CONTROL,
  RELEASED,
} from "./arms.ts";
import { courseFigure } from "./charts.ts";
import {
  aliasingNotes,
  armOf,
  equalCostNotes,
  intervalText,
  judgedParts,
} from "./findings.ts";
import { epochsToPlateauOf } from "./measures.ts";
import { settings } from "./settings.ts";

/** The rate that the runs start at. */
export const HIGH = 0.1;

const NAMES = [BASIC, ADAPTIVE, RELEASED, CONTROL];

/** The least lead that would matter, in epochs. */
const EARLIER = 3;

/** The least difference in the best test error that would matter, in points. */
const BETTER = 1;

/** The runs of figure 2. */
export function resnetPlans(scale: Scale, seeds: number): RunPlan[] {
  const { resnet } = settings[scale];
  return [
    ...comparedPlans(resnet, HIGH, seeds),
    ...aliasedPlans(resnet, HIGH, seeds),
  ];
}

/** The rule, the released program and its control. */
export const fig2: StudyItem = {
  item: "fig2",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    return [
      ...resnetPlans(scale, seeds),
      ...linearPlans(settings[scale].resnet, seeds),
    ];
  },
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const basic = armOf(arms, BASIC);
    const against = (name: string) => ({
      earlier: pairedDifferences(
        basic,
        armOf(arms, name),
        epochsToPlateauOf(basic),
      ),
      better: pairedDifferences(basic, armOf(arms, name), bestError("test")),
    });
    const adaptive = against(ADAPTIVE);
    const released = against(RELEASED);
    return judgedParts(
      [
        {
          name:
            "epochs until the test error is within a point of the basic method's plateau, basic minus adaptive",
          differences: adaptive.earlier,
          smallestEffect: EARLIER,
        },
        {
          name: "best test error, basic minus adaptive, points",
          differences: adaptive.better,
          smallestEffect: BETTER,
        },
      ],
      "epochs",
      [
        `With the released program's steps: epochs to that plateau ${
          intervalText(released.earlier)
        }, best test error ${intervalText(released.better)} points`,
        ...aliasingNotes(arms),
        ...equalCostNotes(arms, [ADAPTIVE, RELEASED, CONTROL]),
      ],
    );
  }),
  figures: (runs) => [
    courseFigure(runs, {
      title: "ResNet-18 with dropout, starting at 0.1",
      names: NAMES,
    }),
  ],
};
