/**
 * Nonmonotonic schedules, tables 2 to 4: their pictures.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import { bandSeries, errorCurve } from "../charts.ts";
import type { Arm } from "../comparisons.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import type { CaptionedFigure } from "../study.ts";
import type { TableNetwork } from "./networks.ts";
import { type Compared, errorOf } from "./table_runs.ts";

/** Mean and half the width of its interval. */
function cell(arm: Arm, network: TableNetwork): string {
  const errors = [...arm.values()].map(errorOf(network));
  if (errors.length < 2) return errors[0]!.toFixed(2);
  const { mean, high } = tInterval(errors);
  return `${mean.toFixed(2)} ± ${(high - mean).toFixed(2)}`;
}

const CHOSEN =
  "Each schedule at the rate that suits it on the validation split.";

/** The table itself. */
export function errorTable(all: readonly Compared[]): CaptionedFigure {
  const { top } = all[0]!.network.training;
  const counted = top === undefined
    ? ""
    : ` (classes that are not among the ${top} highest outputs)`;
  const caption =
    `Last test error in %${counted}, mean over seeds ± half of the 95 % t interval. ${CHOSEN} The paper's errors are without → with the Gaussian.`;
  return {
    caption,
    figure: tableFigure({
      title: "Test error without and with the Gaussian",
      caption,
      columns: [
        { title: "network", width: 26 },
        { title: "at this scale", width: 30 },
        { title: "steps", align: "right" },
        { title: "Gaussian", align: "right" },
        { title: "the paper", align: "right" },
      ],
      rows: all.map(({ network, step, gaussian }) => [
        network.name + (network.standIn ? ` (${network.standIn})` : ""),
        Object.values(network.training.model).flat().join(" "),
        cell(step.arm, network),
        cell(gaussian.arm, network),
        network.paper.join(" → "),
      ]),
    }),
  };
}

/** Test error over training, a panel a network. */
export function errorsOverTraining(
  all: readonly Compared[],
): CaptionedFigure {
  const caption =
    `${CHOSEN} Errors are of the highest output. Lines: means over seeds; bands: 95 % t intervals.`;
  return {
    caption,
    figure: panelFigure({
      title: "Test error over training",
      caption,
      panels: all.map(({ network, step, gaussian }) =>
        lineFigure({
          title: network.name,
          x: { title: "epoch" },
          y: { title: "test error", unit: "%" },
          series: [
            bandSeries("steps", errorCurve(step.arm)),
            bandSeries("Gaussian", errorCurve(gaussian.arm)),
          ],
        })
      ),
    }),
  };
}
