/**
 * LOSSGRAD, figure 4: a residual network on CIFAR-10, accuracy and step size.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { bandSeries, epochCurve } from "../charts.ts";
import { byArm } from "../comparisons.ts";
import { controlledPlans, type RunPlan } from "../plan.ts";
import type { Scale } from "../catalogue.ts";
import { judge } from "../statistics.ts";
import { type StudyItem, tested } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { LOSSGRAD, lossgradSpec } from "./arms.ts";
import { initialSpike } from "./courses.ts";
import { errorFigure, rateFigure } from "./pictures.ts";
import { settings } from "./settings.ts";

/** The least factor that would be "a spike". */
const SMALLEST_EFFECT = Math.log(2);

/** LOSSGRAD on the residual network. */
export function residualPlans(scale: Scale, seeds: number): RunPlan[] {
  return controlledPlans(
    settings[scale].resnet,
    { [LOSSGRAD]: lossgradSpec() },
    seeds,
  );
}

/** The course of the step size on a residual network. */
export const fig4: StudyItem = {
  item: "fig4",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => residualPlans(scale, seeds),
  judge: judgedAt((runs) => {
    const arm = byArm(runs).get(LOSSGRAD)!;
    const finished = [...arm.values()].filter(({ status }) =>
      status === "done"
    );
    if (finished.length < 2) {
      return {
        measured: { value: null, interval: null },
        verdict: "inconclusive",
        reason: "fewer than two runs that did not diverge",
        notes: [],
      };
    }
    return tested(
      judge(finished.map(initialSpike), SMALLEST_EFFECT),
      "log ratio",
      "ln of the largest step size of the first quarter of the training over the median of the second half; a spike is at least a factor of 2",
    );
  }),
  figures(runs) {
    const arm = byArm(runs).get(LOSSGRAD)!;
    const caption =
      "Means over each epoch's batches. Line: mean over seeds; band: 95 % t interval.";
    return [
      errorFigure(runs, {
        title: "Test error of a residual network",
        names: [LOSSGRAD],
      }),
      {
        caption,
        figure: lineFigure({
          title: "Averaged step size of a residual network",
          caption,
          x: { title: "epoch" },
          y: { title: "step size", scale: "log" },
          series: [bandSeries(LOSSGRAD, epochCurve(arm, "learningRate"))],
        }),
      },
      rateFigure(runs, {
        title: "Step sizes of the first 800 batches",
        names: [LOSSGRAD],
      }),
    ];
  },
};
