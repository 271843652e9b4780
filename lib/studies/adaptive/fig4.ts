/**
 * Adaptive rates, figure 4 and section 5.1: ResNet-18 from a rate of 0.01, and again
 * from the rate that the paper converges to.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { byArm, pairedDifferences } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import type { Run, StudyItem } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { ADAPTIVE, BASIC, comparedPlans, secondOrder } from "./arms.ts";
import { courseFigure, rateFigure } from "./charts.ts";
import {
  armOf,
  equalCostNotes,
  fate,
  intervalText,
  judgedParts,
} from "./findings.ts";
import { deviation, endRate, isLost, logRates, meanError } from "./measures.ts";
import { PAPER_CONVERGED, settings } from "./settings.ts";

/** The rate that the runs start at. */
export const LOW = 0.01;

/** The paper's difference in test error, in points: its smaller end. */
const BETTER = 10;

/** "Near": within a factor of two. */
const NEAR = Math.log(2);

/** The least difference in the deviation of log η that would matter. */
const CALMER = 0.1;

const again = (scale: Scale) => `adaptive, from ${settings[scale].converged}`;

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
            `log 2 minus the distance of log η from log ${PAPER_CONVERGED}, at the end`,
          differences: [...adaptive.values()].map((run) =>
            isLost(run)
              ? -NEAR
              : NEAR - Math.abs(endRate(run) - Math.log(PAPER_CONVERGED))
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

/** How much η varies: the deviation of log η over epochs. */
const restlessness = (run: Run) => deviation(logRates(run));

/** The same over the second half: without the climb from a low start. */
function laterRestlessness(run: Run): number {
  const rates = logRates(run);
  return deviation(rates.slice(Math.floor(rates.length / 2)));
}

/** The rule started at the rate where it is said to settle. */
export const section51: StudyItem = {
  item: "section5-1",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { resnet, converged } = settings[scale];
    return controlledPlans(resnet, {
      [ADAPTIVE]: secondOrder(LOW),
      [again(scale)]: secondOrder(converged),
    }, seeds);
  },
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const { converged } = settings[scale];
    const [low, high] = [armOf(arms, ADAPTIVE), armOf(arms, again(scale))];
    // A pair with a run that was lost shows nothing.
    const calmer = (quantity: (run: Run) => number) =>
      [...low].flatMap(([seed, run]) => {
        const other = high.get(seed);
        if (other === undefined) return [];
        return isLost(run) || isLost(other)
          ? [0]
          : [quantity(run) - quantity(other)];
      });
    return judgedParts(
      [{
        name:
          `standard deviation of log η over the second half of the epochs, from ${LOW} minus from ${converged}`,
        differences: calmer(laterRestlessness),
        smallestEffect: CALMER,
      }],
      "log ratio",
      [
        `Over all epochs, the climb from ${LOW} included: ${
          intervalText(calmer(restlessness))
        }`,
        `From ${LOW}: ${fate(low)}; from ${converged}: ${fate(high)}`,
        ...converged === PAPER_CONVERGED
          ? [
            `${converged} is where the paper's rate converges, not where it does here`,
          ]
          : [],
      ],
    );
  }),
  figures: (runs, scale) => [
    rateFigure(runs, {
      title: "Learning rates from two starts",
      names: [ADAPTIVE, again(scale)],
    }),
    courseFigure(runs, {
      title: "ResNet-18 from two starts",
      names: [ADAPTIVE, again(scale)],
    }),
  ],
};
