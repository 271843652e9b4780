/**
 * Adaptive rates, section 6.3: what a step costs. The paper leaves the table empty.
 *
 * @module
 */
import { tableFigure } from "../../figures/table_figure.ts";
import { type Arm, armMean, byArm } from "../comparisons.ts";
import { stepsOf } from "../plan.ts";
import type { Run, StudyItem } from "../study.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { judgedAt } from "../verdict.ts";
import {
  ADAPTIVE,
  BASIC,
  CONTROL,
  FLOAT64,
  RELATIVE,
  RELEASED,
} from "./arms.ts";
import { lenetPlans } from "./fig1.ts";
import { armOf, judgedParts } from "./findings.ts";
import { settings } from "./settings.ts";

const NAMES = [BASIC, CONTROL, ADAPTIVE, RELATIVE, FLOAT64, RELEASED];

/** Forward-pass equivalents of a gradient. */
const GRADIENT = 3;

/** The evaluations that the paper counts. */
const CLAIMED = 5;

/** Batches of a run. */
function batches({ plan: { training } }: Run): number {
  return stepsOf(training) / (training.updatesPerBatch ?? 1);
}

/** Forward-pass equivalents of a batch; of a run that was not cut short. */
const perBatch = (run: Run): number => run.forwardPasses / batches(run);

/** What one arm takes, as texts. */
function row(name: string, arm: Arm, basic: Arm): string[] {
  const cost = armMean(arm, perBatch);
  const seconds = (of: Arm) => armMean(of, (run) => run.seconds);
  return [
    name,
    cost.toFixed(2),
    (cost / armMean(basic, perBatch)).toFixed(2),
    (seconds(arm) / seconds(basic)).toFixed(2),
  ];
}

/** Forward-pass equivalents and time of a batch. */
export const section63: StudyItem = {
  item: "section6-3",
  headline: false,
  plans: (scale, seeds = settings[scale].seeds) => lenetPlans(scale, seeds),
  judge: judgedAt((runs) => {
    const arms = byArm(runs);
    const adaptive = [...armOf(arms, ADAPTIVE).values()];
    const basic = armOf(arms, BASIC);
    const evaluations = adaptive.map((run) => perBatch(run) - GRADIENT);
    const finding = judgedParts(
      [{
        name:
          `½ minus the distance of the evaluations a step, beside its gradient, from ${CLAIMED}`,
        differences: evaluations.map((count) =>
          0.5 - Math.abs(count - CLAIMED)
        ),
        smallestEffect: 0.5,
      }],
      "evaluations",
      NAMES.map((name) => {
        const [, cost, ratio, time] = row(name, armOf(arms, name), basic);
        return `${name}: ${cost} forward-pass equivalents a batch, ${ratio} times the basic method's; in time ${time} times (trained side by side, evaluation included)`;
      }),
    );
    const { mean, low, high } = tInterval(evaluations);
    return {
      ...finding,
      measured: {
        value: mean,
        interval: [low, high],
        unit: "evaluations a step",
      },
    };
  }),
  figures(runs) {
    const arms = byArm(runs);
    const basic = armOf(arms, BASIC);
    const caption =
      "Forward-pass equivalents: a backward pass is two. The paper counts five back-propagations a step; five forward passes are enough, as the released program's five gradients are one and the same. Times of runs trained side by side, evaluations included.";
    return [{
      caption,
      figure: tableFigure({
        title: "Cost of a batch",
        caption,
        columns: [
          { title: "method" },
          { title: "forward passes", align: "right" },
          { title: "times basic", align: "right" },
          { title: "time, times basic", align: "right" },
        ],
        rows: NAMES.map((name) => row(name, armOf(arms, name), basic)),
      }),
    }];
  },
};
