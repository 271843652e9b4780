/**
 * Adaptive rates: softmax regression on MNIST, where the authors ran it, and on
 * Fashion-MNIST, where the paper says.
 *
 * @module
 */
import type { ControllerSpec } from "../../controllers/controller.ts";
import type { Scale } from "../catalogue.ts";
import { byArm, pairedDifferences } from "../comparisons.ts";
import { controlledPlans, type RunPlan, type TrainingPlan } from "../plan.ts";
import type { Run, StudyItem } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import {
  ADAPTIVE,
  BASIC,
  basicPlans,
  corrected,
  FLOAT64,
  RELATIVE,
  secondOrder,
} from "./arms.ts";
import { courseFigure, rateFigure } from "./charts.ts";
import {
  arithmeticNotes,
  armOf,
  equalCostNotes,
  judgedParts,
} from "./findings.ts";
import { mean, meanError, ofTraining } from "./measures.ts";
import { releasedNotes, releasedPlans } from "./released.ts";
import { settings } from "./settings.ts";

/** The basic method's rate, and where the first-order rule starts. */
export const RATE = 0.1;

/** Where the second-order rule starts. */
export const START = 0.01;

/** The basic method at the second-order rule's start. */
const SLOW = `basic, η = ${START}`;
const FIRST_ORDER = "first order";
const NAMES = [BASIC, SLOW, FIRST_ORDER, ADAPTIVE, FLOAT64, RELATIVE];

/** The least difference in mean test error over training that would matter, in points. */
const FASTER = 0.5;

/** The least share of what the loss falls that it would have to rise, to be unstable. */
const ROUGHER = 0.05;

/** By how much of its whole fall the training loss rises between epochs. */
function roughness({ epochMeans: { loss } }: Run): number {
  const rises = loss.slice(1).map((after, i) => Math.max(0, after - loss[i]!));
  const total = rises.reduce((sum, rise) => sum + rise, 0);
  return total / Math.max(1e-9, Math.max(...loss) - Math.min(...loss));
}

function plansOn(training: TrainingPlan, seeds: number): RunPlan[] {
  const rules: Record<string, ControllerSpec> = {
    [FIRST_ORDER]: { kind: "firstOrder", initial: RATE },
    [ADAPTIVE]: secondOrder(START),
    ...corrected(START),
  };
  return [
    ...basicPlans(training, RATE, seeds),
    ...basicPlans(training, START, seeds, SLOW),
    ...controlledPlans(training, rules, seeds),
  ];
}

/** Runs of each data set; those in the released program's setting are apart. */
function comparisons(runs: readonly Run[], scale: Scale) {
  return settings[scale].logistic.map((training) => ({
    dataset: training.data.dataset,
    runs: ofTraining(runs, training),
  }));
}

const judgeOne = judgedAt((runs) => {
  const arms = byArm(runs);
  const basic = armOf(arms, BASIC);
  return judgedParts(
    [
      {
        name:
          "mean test error over training, basic minus adaptive (float32), points",
        differences: pairedDifferences(
          basic,
          armOf(arms, ADAPTIVE),
          meanError,
        ),
        smallestEffect: FASTER,
      },
      {
        name:
          "rises of the training loss as a share of its fall, first order minus basic",
        differences: pairedDifferences(
          armOf(arms, FIRST_ORDER),
          basic,
          roughness,
        ),
        smallestEffect: ROUGHER,
      },
    ],
    "points",
    [
      `Mean test error over training: ${
        NAMES.map((name) =>
          `${name} ${
            mean([...armOf(arms, name).values()].map(meanError)).toFixed(2)
          } %`
        ).join(", ")
      }`,
      ...equalCostNotes(arms, [ADAPTIVE]),
      ...arithmeticNotes(arms),
    ],
  );
});

/** Softmax regression: first and second order against fixed rates. */
export const logistic: StudyItem = {
  item: "logistic",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    return [
      ...settings[scale].logistic.flatMap((training) =>
        plansOn(training, seeds)
      ),
      ...releasedPlans(scale, seeds),
    ];
  },
  judge(runs, scale) {
    const [first, ...others] = comparisons(runs, scale).map((
      { dataset, runs },
    ) => ({ dataset, finding: judgeOne(runs, scale) }));
    const { finding } = first!;
    return {
      ...finding,
      notes: [
        ...finding.notes,
        ...others.flatMap(({ dataset, finding }) => [
          `On ${dataset}: ${finding.verdict}`,
          ...finding.notes.map((note) => `On ${dataset}: ${note}`),
        ]),
        ...releasedNotes(runs, scale),
      ],
    };
  },
  figures: (runs, scale) =>
    comparisons(runs, scale).flatMap(({ dataset, runs }) => [
      courseFigure(runs, {
        title: `Softmax regression on ${dataset}`,
        names: NAMES,
      }),
      rateFigure(runs, {
        title: `Learning rates on ${dataset}`,
        names: NAMES.slice(2),
      }),
    ]),
};
