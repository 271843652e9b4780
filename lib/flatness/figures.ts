/**
 * Figures of a report.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { lineFigure } from "../figures/line_figure.ts";
import { scatterFigure } from "../figures/scatter_figure.ts";
import { tableFigure } from "../figures/table_figure.ts";
import { formatInvariance, formatValue } from "./format.ts";
import { type MetricName, metrics } from "./measurement.ts";
import type { FlatnessReport, ModelReport } from "./report.ts";
import { directionsSentence, directionsTitle } from "./sentences.ts";

/** The numbers of a report, as a notebook shows them. */
export function measurementsFigure(report: FlatnessReport): Figure {
  const { measurements, comparison, data, settings, cautions } = report;
  const names = Object.keys(measurements) as MetricName[];
  return tableFigure({
    title: "Flatness",
    caption: [
      `${settings.loss} over ${data.examples} of ${data.of} examples. ` +
      "Values with one standard error.",
      ...cautions,
    ].join("\n"),
    columns: [
      { title: "measure", width: 34 },
      { title: report.model.path, width: 30 },
      ...comparison ? [{ title: comparison.model.path, width: 30 }] : [],
      { title: "invariant to", width: 20 },
    ],
    rows: names.map((name) => {
      const one = measurements[name]!;
      const other = comparison?.measurements[name];
      return [
        metrics[name].title,
        formatValue(one),
        ...comparison ? [other ? formatValue(other) : "—"] : [],
        formatInvariance(one),
      ];
    }),
  });
}

/** The models of a report, with a name each. */
function modelsOf(report: FlatnessReport): [string, ModelReport][] {
  const { comparison } = report;
  return comparison === undefined
    ? [[report.model.path, report]]
    : [[`this: ${report.model.path}`, report], [
      `other: ${comparison.model.path}`,
      comparison,
    ]];
}

function curveFigure(report: FlatnessReport): Figure[] {
  const series = modelsOf(report).flatMap(([name, { measurements }]) => {
    const curve = measurements.filterNormalizedCurve;
    if (!Array.isArray(curve?.value)) return [];
    const values = curve.value as number[], errors = curve.error as number[];
    return [{
      name,
      x: [...curve.at!],
      y: values,
      low: values.map((y, i) => y - errors[i]!),
      high: values.map((y, i) => y + errors[i]!),
    }];
  });
  if (series.length === 0) return [];
  return [lineFigure({
    title: "The loss along filter-normalised directions",
    caption:
      "The median rise of the loss over random directions d, each filter of which has the length of the weights' filter. Band: one standard error, of the directions.",
    x: { title: "α, of w + α·d" },
    y: { title: "L(w + α·d) − L(w)" },
    series,
  })];
}

function eigenvalueFigure(report: FlatnessReport): Figure[] {
  const series = modelsOf(report).flatMap(([name, { measurements }]) => {
    const top = measurements.hessianTopEigenvalues;
    if (!Array.isArray(top?.value)) return [];
    const values = top.value as number[];
    const errors = top.error as number[] | null;
    return [{
      name,
      x: values.map((_, i) => i + 1),
      y: values,
      ...errors === null ? {} : {
        yLow: values.map((y, i) => y - errors[i]!),
        yHigh: values.map((y, i) => y + errors[i]!),
      },
    }];
  });
  if (series.length === 0) return [];
  return [scatterFigure({
    title: "The largest eigenvalues of the Hessian",
    caption: "Bars: one standard error, of the examples and of the iteration.",
    x: { title: "rank" },
    y: { title: "eigenvalue" },
    series,
  })];
}

/** The figures of a report: curve, eigenvalues, and pairs of directions. */
export function reportFigures(report: FlatnessReport): Figure[] {
  const pairs = report.comparison?.directions ?? [];
  return [
    ...curveFigure(report),
    ...eigenvalueFigure(report),
    ...pairs.map((pair) =>
      scatterFigure({
        title: `Rises along ${directionsTitle(pair)}`,
        caption: `A dot a direction. ${directionsSentence(pair)}`,
        x: { title: "rise of this model's loss" },
        y: { title: "rise of the other's" },
        series: [{ name: "directions", x: pair.rises, y: pair.otherRises }],
        diagonal: true,
      })
    ),
  ];
}
