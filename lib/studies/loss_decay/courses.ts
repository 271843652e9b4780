/**
 * Loss decay: what is read off a run's course, and how it is told.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { parseGradientWeight } from "../../gradient_weights/parse.ts";
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import {
  type Arm,
  armMean,
  bestError,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { stepsOf, type TrainingPlan, unitsOf } from "../plan.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import type { CaptionedFigure, Run } from "../study.ts";

/** The share of a training in which the paper sees the jump: 10 of 100 epochs. */
export const LATE = 0.1;

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/**
 * "Death convergence" in points: by how much the mean test error of the last tenth of
 * the epochs is below that between 80 and 90 %. A run that diverged has none.
 *
 * Both are means because one evaluation at a fixed rate differs from the next by points.
 */
export function lateJump({ status, evaluation }: Run): number {
  if (status === "diverged") return 0;
  const { error } = evaluation.test!;
  const last = error.length - 1;
  const [from, to] = [1 - 2 * LATE, 1 - LATE].map((share) =>
    Math.floor(share * last)
  ) as [number, number];
  return 100 * (mean(error.slice(from, to + 1)) - mean(error.slice(to + 1)));
}

/**
 * Where the test error falls most within a tenth of the training, of its second
 * half: the share of the epochs at that tenth's end; of a run that diverged, the end.
 */
export function steepestTenth({ status, evaluation }: Run): number {
  if (status === "diverged") return 1;
  const { error } = evaluation.test!;
  const last = error.length - 1;
  const width = Math.max(1, Math.round(LATE * last));
  let steepest = last;
  for (let end = last; end - width >= last / 2; end--) {
    const fall = (at: number) => error[at - width]! - error[at]!;
    if (fall(end) > fall(steepest)) steepest = end;
  }
  return steepest / last;
}

/** A mean and its interval as text. */
export function intervalText(values: readonly number[]): string {
  const { mean, low, high } = tInterval(values);
  return `${mean.toFixed(2)} points [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** How two arms differ in test error, at the last epoch and at each run's best. */
export function difference(a: Arm, b: Arm, what: string): string {
  const text = (quantity: (run: Run) => number) =>
    intervalText(pairedDifferences(a, b, quantity));
  return `${what}: last epoch ${text(finalError("test"))}, best epoch ${
    text(bestError("test"))
  }`;
}

/** An arm's test errors: at the last epoch, and at each run's best. */
export function errorsOf(name: string, arm: Arm): string {
  const percent = (quantity: (run: Run) => number) =>
    `${armMean(arm, quantity).toFixed(2)} %`;
  return `${name}: test error ${
    percent(finalError("test"))
  } at the last epoch, ${percent(bestError("test"))} at the best`;
}

/** The weights over a training, in epochs. */
export function weightFigure(
  training: TrainingPlan,
  { title, weights }: {
    title: string;
    weights: Readonly<Record<string, ScheduleSpec>>;
  },
): CaptionedFigure {
  const caption =
    "The factor of the loss, and so of the gradient; the learning rate and the weight decay are left alone.";
  const points = 200;
  const x = Array.from(
    { length: points + 1 },
    (_, i) => training.epochs * i / points,
  );
  return {
    caption,
    figure: lineFigure({
      title,
      caption,
      x: { title: "epoch" },
      y: { title: "gradient weight" },
      series: Object.entries(weights).map(([name, spec]) => {
        const weight = parseGradientWeight(spec, name, unitsOf(training));
        const steps = stepsOf(training);
        return {
          name,
          x,
          y: x.map((epoch) => weight(epoch * steps / training.epochs)),
        };
      }),
    }),
  };
}
