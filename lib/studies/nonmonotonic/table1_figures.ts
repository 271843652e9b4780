/**
 * Nonmonotonic schedules, table 1: its pictures.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import type { Scale } from "../catalogue.ts";
import type { CaptionedFigure, Run } from "../study.ts";
import {
  cell,
  curve,
  type Method,
  METHODS,
  networksOf,
} from "./ensemble_runs.ts";

/** The paper's errors in percent, of 1 to 5 networks. */
const PAPER: Readonly<Record<Method, readonly number[]>> = {
  step: [18.79, 17.49, 17.13, 17.09, 16.75],
  Gaussian: [16.91, 15.98, 15.37, 14.88, 14.89],
};

const CAPTION =
  "Mean test error of all ensembles of that many of the networks, which average their class probabilities; intervals: 95 %, by the jackknife over seeds. Each schedule at the rate that suits it on the validation split.";

/** Errors by the number of networks, drawn and beside the paper's. */
export function ensembleFigures(
  runs: readonly Run[],
  scale: Scale,
): CaptionedFigure[] {
  const curves = METHODS.map((method) =>
    [method, curve(networksOf(runs, method, scale))] as const
  );
  return [{
    caption: CAPTION,
    figure: lineFigure({
      title: "Test error of ensembles",
      caption: CAPTION,
      x: { title: "networks" },
      y: { title: "test error", unit: "%" },
      series: curves.map(([name, points]) => ({
        name,
        x: points.map(({ size }) => size),
        y: points.map(({ mean }) => mean),
        low: points.map(({ low }) => low),
        high: points.map(({ high }) => high),
        markers: true,
      })),
    }),
  }, {
    caption: CAPTION,
    figure: tableFigure({
      title: "Test error of ensembles in %, beside the paper's",
      caption: CAPTION,
      columns: [
        { title: "networks", align: "right" },
        ...METHODS.flatMap((method) => [
          { title: method, align: "right" as const },
          { title: `${method}, the paper`, align: "right" as const },
        ]),
      ],
      rows: curves[0]![1].map(({ size }, i) => [
        `${size}`,
        ...curves.flatMap(([method, points]) => [
          cell(points[i]!),
          `${PAPER[method][i]}`,
        ]),
      ]),
    }),
  }];
}
