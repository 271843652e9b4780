/**
 * LOSSGRAD and dropout, of which the paper's text says that it harms stability.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import {
  type Arm,
  armMean,
  byArm,
  chosenArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { meanText } from "../interval_text.ts";
import { controlledPlans, type RunPlan, type TrainingPlan } from "../plan.ts";
import { judge } from "../statistics.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { LINEAR_ARM, linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { LOSSGRAD, lossgradSpec, methodArm, methodPlans } from "./arms.ts";
import { rateSpread, UNSTABLE, unsteadier, unsteadiness } from "./courses.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { settings } from "./settings.ts";

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

/** SGD without and with dropout, each at its own rate. */
function bestSgd(arms: ReadonlyMap<string, Arm>, scale: Scale): [Arm, Arm] {
  const names = settings[scale].cnnRates.map((rate) => methodArm("SGD", rate));
  return [names, names.map(dropped)].map((of) => chosenArm(arms, of)) as [
    Arm,
    Arm,
  ];
}

/** What dropout does to LOSSGRAD beyond what it does to SGD, by seeds, as ln. */
function harm(noisy: Arm, base: Arm, [sgd, noisySgd]: [Arm, Arm]): number[] {
  return [...noisy].flatMap(([seed, run]) => {
    const [own, plain, other] = [base, sgd, noisySgd]
      .map((arm) => arm.get(seed));
    return own && plain && other
      ? [unsteadier(run, own) - unsteadier(other, plain)]
      : [];
  });
}

/** Differences of two arms in something that only runs that ended have. */
function changeText(
  arm: Arm,
  base: Arm,
  quantity: (run: Run) => number,
  digits: number,
): string {
  const changes = pairedDifferences(arm, base, quantity)
    .filter(Number.isFinite);
  return changes.length > 1
    ? meanText(changes, digits)
    : "too few runs that did not diverge";
}

function judgeHarm(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const without = arms.get(WITHOUT)!;
  const sgd = bestSgd(arms, scale);
  const [plain, noisy] = sgd;
  const fresh = arms.get(FRESH_MASKS)!;
  const same = arms.get(SAME_MASK)!;
  const error = finalError("test");
  const rate = (run: Run) => run.status === "diverged" ? NaN : rateSpread(run);
  const lost = (arm: Arm) =>
    [...arm.values()].filter(({ status }) => status === "diverged").length;
  const judged = judge(harm(fresh, without, sgd), UNSTABLE);
  // Divergence is counted; a run that stays where linear models are is not unsteady.
  const ended = new Map(
    [...fresh].filter(([, { status }]) => status === "done"),
  );
  const reached = ended.size > 0 ? armMean(ended, error) : 0;
  const floor = armMean(arms.get(LINEAR_ARM)!, error);
  const isOpen = judged.verdict === "contradicted" && reached >= floor;
  return tested(
    isOpen ? { ...judged, verdict: "inconclusive" } : judged,
    "log ratio",
    "ln of how much more the test loss of LOSSGRAD changes from an epoch to the next (second half) with dropout than without, minus the same of SGD at its best rates; with dropout each of the two losses of a step has a mask of its own, as in the released program; a run that diverged counts as ten times as unsteady",
    [
      ...!isOpen ? [] : [
        `With two masks LOSSGRAD ends at a test error of ${
          reached.toFixed(1)
        } %, a linear model at ${
          floor.toFixed(1)
        } %: a calm loss of what hardly learns is no sign of stability, and nothing is decided`,
      ],
      `The same with one mask for both losses: ${
        meanText(harm(same, without, sgd), 3)
      }`,
      ...[[FRESH_MASKS, fresh, without], [SAME_MASK, same, without], [
        "SGD with dropout",
        noisy,
        plain,
      ]].map(([name, arm, base]) =>
        `${name} minus without: change of the test loss from an epoch to the next ${
          changeText(arm as Arm, base as Arm, unsteadiness, 3)
        }, last test error ${
          changeText(arm as Arm, base as Arm, error, 2)
        } points; ${lost(arm as Arm)} of ${(arm as Arm).size} runs diverged`
      ),
      ...[[FRESH_MASKS, fresh], [SAME_MASK, same]].map(([name, arm]) =>
        `${name} minus without: standard deviation of ln η ${
          changeText(arm as Arm, without, rate, 3)
        }`
      ),
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
