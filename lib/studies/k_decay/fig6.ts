/**
 * k-decay, figure 6: loss curves with k = 1 and k > 1, the ResNet panel.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { bandSeries, epochCurve } from "../charts.ts";
import { pairedDifferences } from "../comparisons.ts";
import { judge, together } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { lossCurveArms, plans } from "./fig2.ts";
import { settings } from "./settings.ts";

/** The least difference of training losses that would matter, relative to k = 1's. */
const SMALLEST_EFFECT = 0.01;

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** Mean log training loss between two shares of the epochs. */
function logLoss(from: number, to: number): (run: Run) => number {
  return ({ epochMeans: { loss } }) =>
    mean(
      loss.slice(Math.floor(from * loss.length), Math.ceil(to * loss.length))
        .map(Math.log),
    );
}

/** By how much the log loss falls over the last fifth. */
const lateFall = (run: Run) => logLoss(0.7, 0.8)(run) - logLoss(0.95, 1)(run);

/** Training loss: above k = 1 on the way, steeper at the end, and lower. */
export const fig6: StudyItem = {
  item: "fig6",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => plans(scale, seeds),
  judge: judgedAt((runs) => {
    const { one, above } = lossCurveArms(runs);
    const parts = {
      "above k = 1 from 20 % to 70 % of the epochs": pairedDifferences(
        above,
        one,
        logLoss(0.2, 0.7),
      ),
      "steeper over the last fifth": pairedDifferences(above, one, lateFall),
      "lower in the last epoch": pairedDifferences(
        one,
        above,
        logLoss(0.95, 1),
      ),
    };
    const judged = Object.entries(parts).map(([name, differences]) => ({
      name,
      ...judge(differences, SMALLEST_EFFECT),
    }));
    const last = judged.at(-1)!;
    return tested(
      {
        verdict: together(judged.map(({ verdict }) => verdict)),
        interval: last.interval,
        p: Math.max(...judged.map(({ p }) => p)),
      },
      "log loss",
      "last training loss of k = 1 minus that of k = 2 (logarithms); the claim has three parts",
      judged.map(({ name, verdict, interval }) =>
        `${name}: ${verdict}, ${interval.mean.toFixed(3)} [${
          interval.low.toFixed(3)
        }, ${interval.high.toFixed(3)}]`
      ),
    );
  }),
  figures(runs) {
    const { one, above } = lossCurveArms(runs);
    const caption =
      "Mean training loss of each epoch; bands: 95 % t intervals over seeds.";
    return [{
      caption,
      figure: lineFigure({
        title: "Training loss of a ResNet, k = 1 and k = 2",
        caption,
        x: { title: "epoch" },
        y: { title: "training loss", scale: "log" },
        series: [
          bandSeries("k = 1", epochCurve(one, "loss")),
          bandSeries("k = 2", epochCurve(above, "loss")),
        ],
      }),
    }];
  },
};
