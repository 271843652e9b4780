/**
 * LOSSGRAD, the table of the residual network.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { errorCurves } from "../charts.ts";
import {
  type Arm,
  byArm,
  chosenOnValidation,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { judge, together } from "../statistics.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { LOSSGRAD, type Method, methodArm, methodPlans } from "./arms.ts";
import { residualPlans } from "./fig4.ts";
import { resultTable } from "./pictures.ts";
import { settings } from "./settings.ts";

/** The least difference in test error that would matter, in points. */
const SMALLEST_EFFECT = 0.5;

const METHODS: readonly Method[] = ["SGD", "two steps", "WNGrad"];

/** A method at the rate that suits it on the validation split. */
function best(
  arms: ReadonlyMap<string, Arm>,
  method: Method,
  scale: Scale,
): { name: string; arm: Arm } {
  const name = chosenOnValidation(
    arms,
    settings[scale].resnetRates.map((rate) => methodArm(method, rate)),
  );
  return { name, arm: arms.get(name)! };
}

function judgeRank(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const own = arms.get(LOSSGRAD)!;
  const lead = (other: Arm) =>
    judge(pairedDifferences(other, own, finalError("test")), SMALLEST_EFFECT);
  const [sgd, scheduled, wngrad] = METHODS.map((method) =>
    best(arms, method, scale)
  ) as [
    ReturnType<typeof best>,
    ReturnType<typeof best>,
    ReturnType<typeof best>,
  ];
  const ahead = lead(sgd.arm);
  const behind = judge(
    pairedDifferences(own, scheduled.arm, finalError("test")),
    SMALLEST_EFFECT,
  );
  const compared = [sgd, scheduled, wngrad].map(({ name, arm }) => {
    const { interval: { mean, low, high } } = lead(arm);
    return `${name} minus LOSSGRAD: last test error ${mean.toFixed(2)} [${
      low.toFixed(2)
    }, ${high.toFixed(2)}] points`;
  });
  return tested(
    { ...ahead, verdict: together([ahead.verdict, behind.verdict]) },
    "points",
    `last test error of ${sgd.name}, the best fixed rate on the validation split, minus that of LOSSGRAD; the claim also wants ${scheduled.name}, the best scheduled one, to be better than LOSSGRAD`,
    compared,
  );
}

/** LOSSGRAD on a residual network beside SGD, its step schedule, and WNGrad. */
export const tableResnet56: StudyItem = {
  item: "table-resnet56",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { resnet, resnetRates } = settings[scale];
    return [
      ...methodPlans(resnet, METHODS, resnetRates, seeds),
      ...residualPlans(scale, seeds),
      ...linearPlans(resnet, seeds),
    ];
  },
  judge: judgedAt(judgeRank),
  figures(runs, scale) {
    const arms = byArm(runs);
    return [
      resultTable(runs, { title: "A residual network" }),
      errorCurves(runs, {
        title: "Test error of a residual network",
        names: [
          ...METHODS.map((method) => best(arms, method, scale).name),
          LOSSGRAD,
        ],
        ordered: false,
      }),
    ];
  },
};
