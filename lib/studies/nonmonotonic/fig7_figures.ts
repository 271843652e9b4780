/**
 * Nonmonotonic schedules, figure 7: its pictures.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import { scatterFigure } from "../../figures/scatter_figure.ts";
import type { Scale } from "../catalogue.ts";
import { finalErrorSeries } from "../charts.ts";
import { type Arm, finalError } from "../comparisons.ts";
import type { CaptionedFigure, Run } from "../study.ts";
import { baseline, gaussianArm, settingsOf } from "./fig7_arms.ts";
import { finalCost, finalGradient } from "./predictors.ts";
import { settings } from "./settings.ts";

type Arms = ReadonlyMap<string, Arm>;

/** The runs of one length, with what each point is called. */
function runsOf(arms: Arms, scale: Scale, epochs: number) {
  return settingsOf(scale).filter((setting) => setting.epochs === epochs)
    .flatMap((setting) =>
      [...arms.get(gaussianArm(setting))!.values()].map((run) => ({
        run,
        label: `γmax ${setting.peak}, seed ${run.plan.seed}`,
      }))
    );
}

/** Test error against the cost and against the gradient norm, a point a run. */
export function errorAgainstPredictors(
  arms: Arms,
  scale: Scale,
): CaptionedFigure {
  const caption =
    "A point is a run with the Gaussian: a peak rate, a length of training and a seed. Cost: the training loss at the end; ‖g‖: the mean over the recorded batches of the last epoch.";
  const y = { title: "test error", unit: "%" };
  const panel = (title: string, quantity: (run: Run) => number) =>
    scatterFigure({
      title: `test error against ${title}`,
      x: { title },
      y,
      series: settings[scale].lengths.map((epochs) => {
        const points = runsOf(arms, scale, epochs);
        return {
          name: `${epochs} epochs`,
          x: points.map(({ run }) => quantity(run)),
          y: points.map(({ run }) => finalError("test")(run)),
          labels: points.map(({ label }) => label),
        };
      }),
    });
  return {
    caption,
    figure: panelFigure({
      title: "Test error against cost and gradient norm",
      caption,
      panels: [panel("training cost", finalCost), panel("‖g‖", finalGradient)],
    }),
  };
}

/** Test error against the peak rate, a line a length; the step schedule level. */
export function errorAgainstPeak(arms: Arms, scale: Scale): CaptionedFigure {
  const { peaks, lengths } = settings[scale];
  const caption =
    "Last test error. The step schedule, whose rates are others, at the rate that suits it on the validation split: a level line. Lines: means over seeds; bands: 95 % t intervals.";
  const step = baseline(arms, scale);
  return {
    caption,
    figure: lineFigure({
      title: "Test error of the Gaussian against its peak rate",
      caption,
      x: { title: "γmax", scale: "log" },
      y: { title: "test error", unit: "%" },
      series: [
        ...lengths.map((epochs) =>
          finalErrorSeries(
            `Gaussian, ${epochs} epochs`,
            peaks.map((peak) =>
              [peak, arms.get(gaussianArm({ peak, epochs }))!] as const
            ),
          )
        ),
        finalErrorSeries(
          `step, ${settings[scale].small.epochs} epochs`,
          [peaks[0]!, peaks.at(-1)!].map((peak) => [peak, step] as const),
        ),
      ],
    }),
  };
}
