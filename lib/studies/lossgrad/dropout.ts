/**
 * LOSSGRAD and dropout, of which the paper's text says that it harms stability.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import {
  type Arm,
  byArm,
  chosenOnValidation,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { controlledPlans, type RunPlan, type TrainingPlan } from "../plan.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { LOSSGRAD, lossgradSpec, methodArm, methodPlans } from "./arms.ts";
import { rateSpread, unsteadiness } from "./courses.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { settings } from "./settings.ts";

/** The least growth of the unsteadiness that would be "harm", as in table 1. */
const SMALLEST_EFFECT = 0.05;

/** The share of hidden units that is dropped. */
const RATE = 0.5;

const WITHOUT = `${LOSSGRAD}, no dropout`;
const SAME_MASK = `${LOSSGRAD}, dropout, same mask`;
const FRESH_MASKS = `${LOSSGRAD}, dropout, two masks`;
const NAMES = [WITHOUT, SAME_MASK, FRESH_MASKS];

const dropped = (name: string) => `${name}, dropout`;

function withDropout(training: TrainingPlan): TrainingPlan {
  return { ...training, model: { ...training.model, dropoutRate: RATE } };
}

function dropoutPlans(scale: Scale, seeds: number): RunPlan[] {
  const { cnn, cnnRates } = settings[scale];
  const noisy = withDropout(cnn);
  const spec = lossgradSpec();
  return [
    ...controlledPlans(cnn, { [WITHOUT]: spec }, seeds),
    ...controlledPlans(noisy, { [SAME_MASK]: spec }, seeds),
    ...controlledPlans(
      { ...noisy, freshMasks: true },
      { [FRESH_MASKS]: spec },
      seeds,
    ),
    ...methodPlans(cnn, ["SGD"], cnnRates, seeds),
    ...methodPlans(noisy, ["SGD"], cnnRates, seeds).map((plan) => ({
      ...plan,
      arm: dropped(plan.arm),
    })),
    ...linearPlans(cnn, seeds),
  ];
}

function text(values: readonly number[], digits = 3): string {
  const { mean, low, high } = tInterval(values);
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}, ${
    high.toFixed(digits)
  }]`;
}

/** SGD without and with dropout, each at its own rate. */
function bestSgd(arms: ReadonlyMap<string, Arm>, scale: Scale): [Arm, Arm] {
  const names = settings[scale].cnnRates.map((rate) => methodArm("SGD", rate));
  return [names, names.map(dropped)].map((of) =>
    arms.get(chosenOnValidation(arms, of))!
  ) as [Arm, Arm];
}

function judgeHarm(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const without = arms.get(WITHOUT)!;
  const [plain, noisy] = bestSgd(arms, scale);
  const change = (arm: Arm, base: Arm, quantity: (run: Run) => number) =>
    pairedDifferences(arm, base, quantity).filter(Number.isFinite);
  const fresh = arms.get(FRESH_MASKS)!;
  const same = arms.get(SAME_MASK)!;
  const changes = change(fresh, without, unsteadiness);
  if (changes.length < 2) {
    return {
      measured: { value: null, interval: null },
      verdict: "inconclusive",
      reason: "fewer than two pairs of runs that did not diverge",
      notes: [],
    };
  }
  const error = finalError("test");
  return tested(
    judge(changes, SMALLEST_EFFECT),
    "nats an epoch",
    "how much the test loss changes from an epoch to the next (second half), with dropout minus without; with dropout each of the two losses of a step has a mask of its own, as in the released program",
    [
      ...change(same, without, unsteadiness).length > 1
        ? [
          `The same with one mask for both losses: ${
            text(change(same, without, unsteadiness))
          }`,
        ]
        : [],
      `SGD, each at its rate: ${text(change(noisy, plain, unsteadiness))}`,
      ...[[FRESH_MASKS, fresh], [SAME_MASK, same]].flatMap(([name, arm]) => [
        `${name} minus none: standard deviation of ln η ${
          text(change(arm as Arm, without, rateSpread))
        }, last test error ${
          text(change(arm as Arm, without, error), 2)
        } points`,
      ]),
      `SGD with dropout minus without: last test error ${
        text(change(noisy, plain, error), 2)
      } points`,
    ],
  );
}

/** LOSSGRAD with and without dropout, beside SGD. */
export const dropout: StudyItem = {
  item: "dropout",
  headline: false,
  plans: (scale, seeds = settings[scale].seeds) => dropoutPlans(scale, seeds),
  judge: judgedAt(judgeHarm),
  figures: (runs) => [
    resultTable(runs, {
      title: "Dropout",
      extra: { "change an epoch": unsteadiness },
    }),
    lossFigure(runs, { title: "Test loss with dropout", names: NAMES }),
    rateFigure(runs, {
      title: "Step sizes with dropout",
      names: NAMES,
      batches: Infinity,
    }),
  ],
};
