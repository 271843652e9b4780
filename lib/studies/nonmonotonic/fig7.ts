/**
 * Nonmonotonic schedules, figure 7: how the test error depends on the peak rate and
 * the length of training, and what tells it beforehand: the cost or the gradient.
 *
 * @module
 */
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import {
  type Arm,
  armMean,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { intervalText, meanText } from "../interval_text.ts";
import { pairedPlans, type RunPlan } from "../plan.ts";
import { judge, together } from "../statistics.ts";
import { type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  baseline,
  best,
  controlArm,
  gaussianArm,
  type Setting,
  settingsOf,
  stepArm,
} from "./fig7_arms.ts";
import { errorAgainstPeak, errorAgainstPredictors } from "./fig7_figures.ts";
import { advantages } from "./predictors.ts";
import { schedules, settings } from "./settings.ts";

/** The least difference that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

/** The least difference of rank correlations that would matter. */
const SMALLEST_CORRELATION = 0.1;

function plans(scale: Scale, seeds = settings[scale].seeds): RunPlan[] {
  const { small, rates } = settings[scale];
  const named = (
    name: (rate: number) => string,
    spec: (rate: number) => ScheduleSpec,
  ) => Object.fromEntries(rates.map((rate) => [name(rate), spec(rate)]));
  const step = (rate: number) => schedules.step(small, rate);
  return [
    ...settingsOf(scale).flatMap((setting) => {
      const training = { ...small, epochs: setting.epochs };
      const spec = schedules.Gaussian(training, setting.peak);
      return pairedPlans(training, { [gaussianArm(setting)]: spec }, seeds);
    }),
    ...pairedPlans(small, named(stepArm, step), seeds),
    ...pairedPlans(
      small,
      named(controlArm, (rate) => ({
        kind: "equalArea",
        inner: step(rate),
        to: schedules.Gaussian(small, rate),
      })),
      seeds,
    ),
    ...linearPlans(small, seeds),
  ];
}

/** The setting with the largest mean test error, of those not shorter than the baseline. */
function worst(arms: ReadonlyMap<string, Arm>, scale: Scale): Setting {
  const { epochs } = settings[scale].small;
  const error = (setting: Setting) =>
    armMean(arms.get(gaussianArm(setting))!, finalError("test"));
  return settingsOf(scale).filter((setting) => setting.epochs >= epochs)
    .reduce((a, b) => error(b) > error(a) ? b : a);
}

/** Test error over peak rates and lengths. */
export const fig7: StudyItem = {
  item: "fig7",
  headline: true,
  plans,
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const step = baseline(arms, scale);
    const difference = (other: Arm) =>
      pairedDifferences(step, other, finalError("test"));
    const setting = worst(arms, scale);
    const robust = judge(
      difference(arms.get(gaussianArm(setting))!),
      SMALLEST_EFFECT,
    );
    const { gradient, cost, advantage } = advantages(arms, scale);
    const predicts = judge(advantage, SMALLEST_CORRELATION);
    const { rates, small } = settings[scale];
    const gaussian = best(
      arms,
      (peak) => gaussianArm({ peak, epochs: small.epochs }),
      rates,
    );
    const control = best(arms, controlArm, rates);
    return tested(
      {
        verdict: together([robust.verdict, predicts.verdict]),
        interval: robust.interval,
        p: Math.max(robust.p, predicts.p),
      },
      "points",
      "test error of the step schedule, at the rate that suits it, minus that of the worst Gaussian; the claim has two parts",
      [
        `The worst Gaussian (γmax ${setting.peak}, ${setting.epochs} epochs) against the step schedule: ${robust.verdict}, ${
          intervalText(robust.interval)
        } points`,
        `‖g‖ predicts better than the cost: ${predicts.verdict}; |rank correlation| with the test error over settings: ‖g‖ ${
          meanText(gradient)
        }, cost ${meanText(cost)}, difference ${
          intervalText(predicts.interval)
        }`,
        `Step minus Gaussian, each at the best of the same rates, ${small.epochs} epochs: ${
          meanText(difference(gaussian))
        } points; step scaled to the Gaussian's learning rate in all minus Gaussian: ${
          meanText(pairedDifferences(control, gaussian, finalError("test")))
        } points`,
      ],
    );
  }),
  figures(runs, scale) {
    const arms = byArm(runs);
    return [
      errorAgainstPredictors(arms, scale),
      errorAgainstPeak(arms, scale),
    ];
  },
};
