/**
 * LOSSGRAD, table 1: the factor c.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, byArm, pairedDifferences } from "../comparisons.ts";
import { controlledPlans, stepsOf, type TrainingPlan } from "../plan.ts";
import { jointly, judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { lossgradSpec } from "./arms.ts";
import {
  finalLoss,
  leastLoss,
  UNSTABLE,
  unsteadier,
  unsteadiness,
} from "./courses.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { FACTOR, settings } from "./settings.ts";

/** The least lead in test loss that would matter. */
const SMALLEST_EFFECT = 0.05;

/** What an end must be able to change η by, to show anything. */
const LEAST_RANGE = 100;

const FACTORS = [1.001, 1.005, 1.01, FACTOR, 1.1, 1.2];
const ENDS = [FACTORS[0]!, FACTORS.at(-1)!];
const arm = (factor: number) => `c = ${factor}`;

/** How far c can move η in a training: steps·ln c. */
const reach = (factor: number, training: TrainingPlan) =>
  stepsOf(training) * Math.log(factor);

/** How an end compares with the paper's choice; open where that has lost runs. */
function judgeEnd(one: Arm, chosen: Arm) {
  const ratios = [...one].flatMap(([seed, run]) => {
    const other = chosen.get(seed);
    return other === undefined ? [] : [unsteadier(run, other)];
  });
  const found = judge(ratios, UNSTABLE);
  const lost = [...chosen.values()].some(({ status }) => status === "diverged");
  return lost ? { ...found, verdict: "inconclusive" as const } : found;
}

/** What is said of an end. */
function endText(
  factor: number,
  { interval, verdict }: ReturnType<typeof judgeEnd>,
): string {
  const [mean, low, high] = [interval.mean, interval.low, interval.high].map(
    (value) => Math.exp(value).toFixed(2),
  );
  return `Change of the test loss from an epoch to the next, second half: c = ${factor} over c = ${FACTOR}: ${mean} [${low}, ${high}] (${verdict})`;
}

function judgeFactors(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const { factors, factorsInitial } = settings[scale];
  const chosen = arms.get(arm(FACTOR))!;
  const other = leastLoss(
    arms,
    FACTORS.filter((factor) => factor !== FACTOR).map(arm),
  );
  const lead = judge(
    pairedDifferences(other.arm, chosen, finalLoss("test")),
    SMALLEST_EFFECT,
  );
  const all = ENDS.map((factor) => ({
    factor,
    counts: reach(factor, factors) >= Math.log(LEAST_RANGE),
    ...judgeEnd(arms.get(arm(factor))!, chosen),
  }));
  const ends = all.filter(({ counts }) => counts);
  const skipped = all.filter(({ counts }) => !counts);
  return tested(
    { ...lead, ...jointly([lead, ...ends]) },
    "nats",
    `last test loss of ${other.name}, the best of the others on the validation split, minus that of c = ${FACTOR}; the claim also wants the test loss to change half as much again from epoch to epoch with ${
      ends.map(({ factor }) => `c = ${factor}`).join(" and ")
    }${
      skipped.map(({ factor }) =>
        `; c = ${factor} is left out: in ${
          stepsOf(factors)
        } steps it changes η by a factor of ${
          Math.exp(reach(factor, factors)).toFixed(1)
        } at most`
      ).join("")
    }`,
    [
      ...all.map((end) => endText(end.factor, end)),
      "A run that diverged counts as ten times as unsteady",
      ...FACTORS.map((factor) => {
        const { mean, low, high } = tInterval(
          [...arms.get(arm(factor))!.values()].map(finalLoss("test")),
        );
        return `c = ${factor}: last test loss ${mean.toFixed(3)} [${
          low.toFixed(3)
        }, ${high.toFixed(3)}]`;
      }),
      `All start at ${factorsInitial}: from 1e-4 it takes c = 1.001 6,912 steps to reach 0.1, c = 1.05 142`,
    ],
  );
}

/** Six values of c. */
export const tableC: StudyItem = {
  item: "table-c",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { factors, factorsInitial } = settings[scale];
    return [
      ...controlledPlans(
        factors,
        Object.fromEntries(FACTORS.map((factor) => [
          arm(factor),
          lossgradSpec({
            initial: factorsInitial,
            ...factor === FACTOR ? {} : { factor },
          }),
        ])),
        seeds,
      ),
      ...linearPlans(factors, seeds),
    ];
  },
  judge: judgedAt(judgeFactors),
  figures: (runs) => [
    resultTable(runs, {
      title: "Values of the factor c",
      extra: { "change an epoch": unsteadiness },
    }),
    lossFigure(runs, {
      title: "Test loss with several factors c",
      names: FACTORS.map(arm),
      ordered: true,
    }),
    rateFigure(runs, {
      title: "Step sizes with several factors c",
      names: FACTORS.map(arm),
      ordered: true,
      batches: Infinity,
    }),
  ],
};
