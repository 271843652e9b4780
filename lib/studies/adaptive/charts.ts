/**
 * Adaptive rates: the papers' panels, against epochs and against cost.
 *
 * @module
 */
import { lineFigure, type LineSeries } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import { bandSeries, type Curve, epochCurve, errorCurve } from "../charts.ts";
import { type Arm, byArm } from "../comparisons.ts";
import { COST_AXIS, costCurve } from "../costs.ts";
import type { CaptionedFigure, Run } from "../study.ts";

const BANDS = "Means over seeds; bands: 95 % t intervals.";

/** One line an arm. */
function series(
  runs: readonly Run[],
  names: readonly string[],
  curve: (arm: Arm) => Curve,
): LineSeries[] {
  const arms = byArm(runs);
  return names.filter((name) => arms.has(name)).map((name) =>
    bandSeries(name, curve(arms.get(name)!))
  );
}

/** Training loss and test error against epochs, and test error against cost. */
export function courseFigure(
  runs: readonly Run[],
  { title, names }: { title: string; names: readonly string[] },
): CaptionedFigure {
  const caption =
    `${BANDS} Cost in forward-pass equivalents: a backward pass is two.`;
  const error = { title: "test error", unit: "%" };
  return {
    caption,
    figure: panelFigure({
      title,
      caption,
      panels: [
        lineFigure({
          title: "training loss",
          x: { title: "epoch" },
          y: { title: "mean loss of the batches" },
          series: series(runs, names, (arm) => epochCurve(arm, "loss")),
        }),
        lineFigure({
          title: "test error",
          x: { title: "epoch" },
          y: error,
          series: series(runs, names, errorCurve),
        }),
        lineFigure({
          title: "test error at equal cost",
          x: { title: COST_AXIS },
          y: error,
          series: series(runs, names, costCurve),
        }),
      ],
    }),
  };
}

/** η against epochs. */
export function rateFigure(
  runs: readonly Run[],
  { title, names }: { title: string; names: readonly string[] },
): CaptionedFigure {
  const caption = `Mean learning rate of each epoch. ${BANDS}`;
  return {
    caption,
    figure: lineFigure({
      title,
      caption,
      x: { title: "epoch" },
      y: { title: "learning rate", scale: "log" },
      series: series(runs, names, (arm) => epochCurve(arm, "learningRate")),
    }),
  };
}
