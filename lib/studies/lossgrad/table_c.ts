/**
 * LOSSGRAD, table 1: the factor c.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, byArm, pairedDifferences } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import { judge, together } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { lossgradSpec } from "./arms.ts";
import { finalLoss, leastLoss, unsteadiness } from "./courses.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { FACTOR, settings } from "./settings.ts";

/** The least lead in test loss that would matter. */
const SMALLEST_EFFECT = 0.05;

/** The least growth of the unsteadiness that would be "unstable". */
const SMALLEST_UNSTEADINESS = 0.05;

const FACTORS = [1.001, 1.005, 1.01, FACTOR, 1.1, 1.2];
const ENDS = [FACTORS[0]!, FACTORS.at(-1)!];
const arm = (factor: number) => `c = ${factor}`;

/** How a factor's runs differ in unsteadiness from the paper's choice. */
function unsteadier(one: Arm, chosen: Arm) {
  return judge(
    pairedDifferences(one, chosen, unsteadiness).filter(Number.isFinite),
    SMALLEST_UNSTEADINESS,
  );
}

function judgeFactors(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const chosen = arms.get(arm(FACTOR))!;
  const other = leastLoss(
    arms,
    FACTORS.filter((factor) => factor !== FACTOR).map(arm),
  );
  const lead = judge(
    pairedDifferences(other.arm, chosen, finalLoss("test")),
    SMALLEST_EFFECT,
  );
  const counted = ENDS.filter((factor) =>
    [...arms.get(arm(factor))!.values()].filter(({ status }) =>
      status === "done"
    ).length > 1
  );
  const ends = counted.map((factor) => ({
    factor,
    ...unsteadier(arms.get(arm(factor))!, chosen),
  }));
  return tested(
    {
      ...lead,
      verdict: together([lead.verdict, ...ends.map(({ verdict }) => verdict)]),
    },
    "nats",
    `last test loss of ${other.name}, the best of the others on the validation split, minus that of c = ${FACTOR}; the claim also wants the test loss of both ends to change more from epoch to epoch`,
    [
      ...ends.map(({ factor, interval: { mean, low, high }, verdict }) =>
        `Change of the test loss from an epoch to the next, second half: c = ${factor} minus c = ${FACTOR}: ${
          mean.toFixed(3)
        } [${low.toFixed(3)}, ${high.toFixed(3)}] (${verdict})`
      ),
      ...FACTORS.map((factor) => {
        const { mean, low, high } = tInterval(
          [...arms.get(arm(factor))!.values()].map(finalLoss("test")),
        );
        return `c = ${factor}: last test loss ${mean.toFixed(3)} [${
          low.toFixed(3)
        }, ${high.toFixed(3)}]`;
      }),
      `All start at ${
        settings[scale].factorsInitial
      }: from 1e-4 it takes c = 1.001 6,912 steps to reach 0.1, c = 1.05 142`,
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
