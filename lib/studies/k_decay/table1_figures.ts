/**
 * k-decay, table 1: its pictures.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import { finalErrorSeries } from "../charts.ts";
import { type Arm, finalError } from "../comparisons.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import type { CaptionedFigure } from "../study.ts";
import { isStandIn, kName } from "./networks.ts";
import { BASELINES, type Compared } from "./table1_runs.ts";

/** Mean and half the width of its interval. */
function cell(arm: Arm): string {
  const errors = [...arm.values()].map(finalError("test"));
  if (errors.length < 2) return errors[0]!.toFixed(1);
  const { mean, high } = tInterval(errors);
  return `${mean.toFixed(1)} ± ${(high - mean).toFixed(1)}`;
}

/** The table itself. */
export function errorTable(all: readonly Compared[]): CaptionedFigure {
  const caption =
    "Last test error in %, mean over seeds ± half of the 95 % t interval. The paper's errors are without k-decay → with the best k.";
  return {
    caption,
    figure: tableFigure({
      title: "Test error of table 1's networks",
      caption,
      columns: [
        { title: "network" },
        { title: "at this scale" },
        { title: "best k", align: "right" },
        { title: "at it", align: "right" },
        ...BASELINES.map((title) => ({ title, align: "right" as const })),
        { title: "the paper", align: "right" },
      ],
      rows: all.map(({ network, arms, best }) => {
        const [before, after, k] = network.paper;
        return [
          network.name,
          Object.values(network.training.model).join(" "),
          best.replace("k = ", ""),
          cell(arms.get(best)!),
          ...BASELINES.map((name) => cell(arms.get(name)!)),
          `${before} → ${after} (${kName(k)})`,
        ];
      }),
    }),
  };
}

/** Error against k, a line a network whose data are the paper's. */
export function errorsAgainstK(all: readonly Compared[]): CaptionedFigure {
  const caption = "Points are means over seeds, bands 95 % t intervals.";
  return {
    caption,
    figure: lineFigure({
      title: "Last test error against k",
      caption,
      x: { title: "k" },
      y: { title: "test error", unit: "%" },
      series: all.filter(({ network }) => !isStandIn(network)).map((
        { network, arms },
      ) =>
        finalErrorSeries(
          network.name,
          network.ks.map((k) => [k, arms.get(kName(k))!] as const),
        )
      ),
    }),
  };
}
