/**
 * LOSSGRAD, the table of the residual network.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, bestArm, byArm, pairedDifferences } from "../comparisons.ts";
import { meanText } from "../interval_text.ts";
import { jointly, judge } from "../statistics.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { LOSSGRAD, type Method, methodArm, methodPlans } from "./arms.ts";
import { lateError } from "./courses.ts";
import { residualPlans } from "./fig4.ts";
import { errorFigure, resultTable } from "./pictures.ts";
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
  const { name, chosen } = bestArm(
    arms,
    settings[scale].resnetRates.map((rate) => methodArm(method, rate)),
  );
  return { name, arm: chosen };
}

/** What is said of a method whose best rate is the least or the largest tried. */
function endOfGrid(
  method: Method,
  { name }: ReturnType<typeof best>,
  scale: Scale,
): string[] {
  const { resnetRates } = settings[scale];
  const ends = [Math.min(...resnetRates), Math.max(...resnetRates)];
  return ends.some((rate) => name === methodArm(method, rate))
    ? [`${name}: the rate is an end of those tried, another may do better.`]
    : [];
}

function judgeRank(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const own = arms.get(LOSSGRAD)!;
  const error = lateError("test");
  const [sgd, scheduled, wngrad] = METHODS.map((method) =>
    best(arms, method, scale)
  ) as [
    ReturnType<typeof best>,
    ReturnType<typeof best>,
    ReturnType<typeof best>,
  ];
  const lead = ({ arm }: typeof sgd) => pairedDifferences(arm, own, error);
  const ahead = judge(lead(sgd), SMALLEST_EFFECT);
  const behind = judge(
    pairedDifferences(own, scheduled.arm, error),
    SMALLEST_EFFECT,
  );
  // "Beaten only by optimized scheduled SGD": WNGrad is not better by what matters.
  const notBeaten = judge(
    lead(wngrad).map((difference) => difference + SMALLEST_EFFECT),
    0,
  );
  const verdicts = [ahead, behind, notBeaten].map(({ verdict }) => verdict);
  return tested(
    { ...ahead, ...jointly([ahead, behind, notBeaten]) },
    "points",
    `test error over the last quarter of the evaluations, ${sgd.name}, the best fixed rate on the validation split, minus LOSSGRAD; the claim also wants ${scheduled.name}, the best scheduled one, to be better than LOSSGRAD, and ${wngrad.name} not to be, by ${SMALLEST_EFFECT} points`,
    [
      ...[sgd, scheduled, wngrad].map((one, i) =>
        `${one.name} minus LOSSGRAD: test error ${
          meanText(lead(one))
        } points (${verdicts[i]})`
      ),
      ...[sgd, scheduled, wngrad].flatMap((one, i) =>
        endOfGrid(METHODS[i]!, one, scale)
      ),
    ],
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
      errorFigure(runs, {
        title: "Test error of a residual network",
        names: [
          ...METHODS.map((method) => best(arms, method, scale).name),
          LOSSGRAD,
        ],
      }),
    ];
  },
};
