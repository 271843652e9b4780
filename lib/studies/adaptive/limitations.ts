/**
 * Adaptive rates, sections 6.1, 6.2 and 6.4: ε, the initial rate, overfitting.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import {
  type Arm,
  armMean,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import type { StudyItem } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { judgedAt } from "../verdict.ts";
import { ADAPTIVE, BASIC, comparedPlans, secondOrder } from "./arms.ts";
import { courseFigure, rateFigure } from "./charts.ts";
import { armOf, isLost, judgedParts } from "./findings.ts";
import { endRate, eventShare, overfitting } from "./measures.ts";
import { settings, withDropout } from "./settings.ts";

/** The paper's ε. */
const EPSILON = 1e-5;

/** The least harm of a bad ε that would count as divergence, in points. */
const DIVERGED = 10;

const epsilonArm = (epsilon: number) => `ε = ${epsilon.toExponential()}`;

const epsilonsAt = (scale: Scale) => {
  const [least, most] = settings[scale].epsilons;
  return [least, EPSILON, most];
};

/** What an arm's runs came to. */
function course(name: string, arm: Arm): string {
  const runs = [...arm.values()];
  return `${name}: last test error ${
    armMean(arm, finalError("test")).toFixed(2)
  } %, denominator 0 in ${
    (100 * armMean(arm, (run) => eventShare(run, "degenerate denominator")))
      .toFixed(1)
  } % of the steps, negative rate in ${
    (100 * armMean(arm, (run) => eventShare(run, "negative step size")))
      .toFixed(1)
  } %, rate at the end ${
    Math.exp(armMean(arm, endRate)).toPrecision(3)
  }, diverged in ${runs.filter(isLost).length} of ${runs.length}`;
}

/** ε from too small to too large. */
export const section61: StudyItem = {
  item: "section6-1",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { lenet, lenetRate } = settings[scale];
    return controlledPlans(
      lenet,
      Object.fromEntries(
        epsilonsAt(scale).map((epsilon) => [
          epsilonArm(epsilon),
          // The default is left out: the run is figure 1's.
          secondOrder(lenetRate, epsilon === EPSILON ? {} : { epsilon }),
        ]),
      ),
      seeds,
    );
  },
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const paper = armOf(arms, epsilonArm(EPSILON));
    const [least, most] = settings[scale].epsilons.map((epsilon) => ({
      name: `last test error, ${epsilonArm(epsilon)} minus ${
        epsilonArm(EPSILON)
      }, points`,
      differences: pairedDifferences(
        armOf(arms, epsilonArm(epsilon)),
        paper,
        finalError("test"),
      ),
      smallestEffect: DIVERGED,
    }));
    return judgedParts(
      [least!, most!],
      "points",
      epsilonsAt(scale).map(epsilonArm).map((name) =>
        course(name, armOf(arms, name))
      ),
    );
  }),
  figures(runs, scale) {
    const names = epsilonsAt(scale).map(epsilonArm);
    return [
      courseFigure(runs, { title: "LeNet with several ε", names }),
      rateFigure(runs, { title: "Learning rates with several ε", names }),
    ];
  },
};

const startArm = (rate: number) => `from ${Number(rate.toPrecision(6))}`;

const startsAt = (scale: Scale) => {
  const { lenetRate } = settings[scale];
  return [lenetRate / 10, lenetRate, lenetRate * 10];
};

/** "The same value": within a factor of two. */
const SAME = Math.log(2);

/** Initial rates over two orders of magnitude. */
export const section62: StudyItem = {
  item: "section6-2",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    return controlledPlans(
      settings[scale].lenet,
      Object.fromEntries(
        startsAt(scale).map((rate) => [startArm(rate), secondOrder(rate)]),
      ),
      seeds,
    );
  },
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const names = startsAt(scale).map(startArm);
    const seeds = [...armOf(arms, names[0]!).keys()];
    const spread = (seed: number) => {
      const ends = names.map((name) => endRate(armOf(arms, name).get(seed)!));
      return Math.max(...ends) - Math.min(...ends);
    };
    const spreads = seeds.map(spread);
    const finding = judgedParts(
      [{
        name: "log 2 minus the spread of log η at the end over the starts",
        differences: spreads.map((value) => SAME - value),
        smallestEffect: 0,
      }],
      "log ratio",
      names.map((name) => course(name, armOf(arms, name))),
    );
    const { mean, low, high } = tInterval(spreads);
    return {
      ...finding,
      measured: {
        value: mean,
        interval: [low, high],
        unit: "log of the largest end rate over the smallest",
      },
    };
  }),
  figures(runs, scale) {
    const names = startsAt(scale).map(startArm);
    return [
      rateFigure(runs, { title: "Learning rates from three starts", names }),
      courseFigure(runs, { title: "LeNet from three starts", names }),
    ];
  },
};

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
      NAMES.map((name) =>
        `${name}: last test error ${
          armMean(armOf(arms, name), finalError("test")).toFixed(2)
        } %, training error ${
          armMean(armOf(arms, name), finalError("train")).toFixed(2)
        } %`
      ),
    );
  }),
  figures: (runs) => [
    courseFigure(runs, {
      title: "LeNet with and without dropout",
      names: NAMES,
    }),
  ],
};
