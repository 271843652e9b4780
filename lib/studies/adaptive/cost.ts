/**
 * Adaptive rates, section 6.3: what a step costs. The paper leaves the table empty.
 *
 * @module
 */
import { tableFigure } from "../../figures/table_figure.ts";
import { type Arm, armMean, byArm } from "../comparisons.ts";
import { stepsOf } from "../plan.ts";
import type { Finding, Run, StudyItem } from "../study.ts";
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
import { sound } from "./measures.ts";
import { settings } from "./settings.ts";

const NAMES = [BASIC, CONTROL, ADAPTIVE, RELATIVE, FLOAT64, RELEASED];

/** Forward-pass equivalents of a gradient. */
const GRADIENT = 3;

/** What is said where the rule has no runs to count. */
const lostFinding: Finding = {
  measured: { value: null, interval: null },
  verdict: "inconclusive",
  reason: "fewer than two runs of the rule that were not lost",
  notes: [],
};

/** The evaluations that the paper counts. */
const CLAIMED = 5;

/** Batches that a run took. */
function batches({ plan: { training }, control }: Run): number {
  const steps = control?.taken ?? stepsOf(training);
  return steps / (training.updatesPerBatch ?? 1);
}

/** Forward-pass equivalents of a batch. */
const perBatch = (run: Run): number => run.forwardPasses / batches(run);

/** The runs that were not lost: those that were took other steps, and ended early. */
const kept = (arm: Arm): Arm =>
  new Map(sound(arm).map((run) => [run.plan.seed, run]));

/** What one arm takes, as texts; nothing where all of its runs were lost. */
function row(name: string, all: Arm, allBasic: Arm): string[] {
  const [arm, basic] = [kept(all), kept(allBasic)];
  if (arm.size === 0) return [name, "–", "–", "–"];
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
    const adaptive = sound(armOf(arms, ADAPTIVE));
    if (adaptive.length < 2) return lostFinding;
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
        const lost = armOf(arms, name).size - kept(armOf(arms, name)).size;
        if (cost === "–") return `${name}: all runs were lost`;
        return `${name}: ${cost} forward-pass equivalents a batch, ${ratio} times the basic method's; in time ${time} times (trained side by side, evaluation included)${
          lost > 0 ? `; without ${lost} lost runs` : ""
        }`;
      }),
    );
    const { mean, low, high } = tInterval(evaluations);
    return {
      ...finding,
      reason:
        `${finding.reason}; the number follows from the rule: it is counted, not found`,
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
      "Forward-pass equivalents: a backward pass is two. The paper counts five back-propagations a step; five forward passes are enough, as the released program's five gradients are one and the same. Times of runs trained side by side, evaluations included. Runs that were lost are left out.";
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
