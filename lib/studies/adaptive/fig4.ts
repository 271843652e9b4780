/**
 * Adaptive rates, figure 4 and section 5.1: ResNet-18 from a rate of 0.01, and again
 * from the rate that the paper converges to.
 *
 * @module
 */
import { byArm, pairedDifferences } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import type { Run, StudyItem } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { ADAPTIVE, BASIC, comparedPlans, secondOrder } from "./arms.ts";
import { courseFigure, rateFigure } from "./charts.ts";
import { armOf, equalCostNotes, judgedParts } from "./findings.ts";
import { deviation, endRate, logRates, meanError } from "./measures.ts";
import { settings } from "./settings.ts";

/** The rate that the runs start at. */
export const LOW = 0.01;

/** Where the paper's rate settles. */
const CONVERGED = 0.05;

/** The paper's difference in test error, in points: its smaller end. */
const BETTER = 10;

/** "Near": within a factor of two. */
const NEAR = Math.log(2);

/** The least difference in the deviation of log η that would matter. */
const CALMER = 0.1;

const AGAIN = `adaptive, from ${CONVERGED}`;

/** The rule from a low rate. */
export const fig4: StudyItem = {
  item: "fig4",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { resnet } = settings[scale];
    return [
      ...comparedPlans(resnet, LOW, seeds),
      ...linearPlans(resnet, seeds),
    ];
  },
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const adaptive = armOf(arms, ADAPTIVE);
    return judgedParts(
      [
        {
          name: "mean test error over training, basic minus adaptive, points",
          differences: pairedDifferences(
            armOf(arms, BASIC),
            adaptive,
            meanError,
          ),
          smallestEffect: BETTER,
        },
        {
          name:
            `log 2 minus the distance of log η from log ${CONVERGED}, at the end`,
          differences: [...adaptive.values()].map((run) =>
            NEAR - Math.abs(endRate(run) - Math.log(CONVERGED))
          ),
          smallestEffect: 0,
        },
      ],
      "points",
      equalCostNotes(arms, [ADAPTIVE]),
    );
  }),
  figures: (runs) => [
    courseFigure(runs, {
      title: "ResNet-18 with dropout, starting at 0.01",
      names: [BASIC, ADAPTIVE],
    }),
    rateFigure(runs, { title: "Learning rate", names: [ADAPTIVE] }),
  ],
};

const restlessness = (run: Run) => deviation(logRates(run));

/** The rule started at the rate where it is said to settle. */
export const section51: StudyItem = {
  item: "section5-1",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { resnet } = settings[scale];
    return controlledPlans(resnet, {
      [ADAPTIVE]: secondOrder(LOW),
      [AGAIN]: secondOrder(CONVERGED),
    }, seeds);
  },
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    return judgedParts(
      [{
        name:
          `standard deviation of log η over the epochs, from ${LOW} minus from ${CONVERGED}`,
        differences: pairedDifferences(
          armOf(arms, ADAPTIVE),
          armOf(arms, AGAIN),
          restlessness,
        ),
        smallestEffect: CALMER,
      }],
      "log ratio",
      [],
    );
  }),
  figures: (runs) => [
    rateFigure(runs, {
      title: "Learning rates from two starts",
      names: [ADAPTIVE, AGAIN],
    }),
    courseFigure(runs, {
      title: "ResNet-18 from two starts",
      names: [ADAPTIVE, AGAIN],
    }),
  ],
};
