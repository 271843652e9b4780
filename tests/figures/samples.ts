/** One tiny figure of each kind. */
import {
  comparisonFigure,
  type Figure,
  heatMapFigure,
  lineFigure,
  panelFigure,
  scatterFigure,
  tableFigure,
} from "../../lib/figures/mod.ts";

const epochs = [1, 2, 3, 4, 5];

const line = lineFigure({
  title: "Test error over training",
  caption: "Mean of five seeds; band: 95 % interval.",
  x: { title: "epoch" },
  y: { title: "test error", unit: "%" },
  series: [
    {
      name: "step",
      x: epochs,
      y: [60, 40, 31, 25, 22],
      low: [55, 37, 29, 24, 21],
      high: [65, 43, 33, 26, 23],
    },
    { name: "γ₀/(1 + λt)", x: epochs, y: [55, 42, 35, NaN, 28] },
  ],
});

const logLine = lineFigure({
  title: "Learning rate under k-decay",
  x: { title: "step t" },
  y: { title: "η", scale: "log", range: [1e-4, 1] },
  ordered: true,
  series: [1, 1.5, 3].map((k) => ({
    name: `k = ${k}`,
    x: epochs,
    y: epochs.map((t) => 0.1 - 0.0999 * (t / 5) ** k),
    markers: true,
  })),
});

const scatter = scatterFigure({
  title: "Loss at t = 1",
  x: { title: "step schedule" },
  y: { title: "Gaussian schedule" },
  diagonal: true,
  series: [{
    name: "first layer",
    x: [1, 2, 3],
    y: [0.5, 1.4, 2.2],
    xLow: [0.8, 1.7, 2.6],
    xHigh: [1.2, 2.3, 3.4],
    yLow: [0.3, 1.1, 1.9],
    yHigh: [0.8, 1.9, 2.5],
  }, { name: "all layers", x: [1.5, 2.5], y: [1, 2] }],
});

const comparison = comparisonFigure({
  title: "Test error by schedule",
  value: { title: "test error", unit: "%" },
  categories: ["step", "Gaussian with a peak of three times the usual rate"],
  series: [
    { name: "paper", values: [18.79, 18.15], hollow: true },
    {
      name: "here",
      values: [21.2, 20.7],
      low: [20.8, 20.2],
      high: [21.6, 21.2],
    },
  ],
});

const heatMap = heatMapFigure({
  title: "Loss around the minimum",
  x: { title: "α", values: [-1, 0, 1] },
  y: { title: "β", values: [-1, 1] },
  z: { title: "loss", scale: "log", values: [[10, 1, null], [1000, 10, 100]] },
});

const diverging = heatMapFigure({
  title: "Gain over the baseline",
  x: { title: "γ max", scale: "log", values: [0.01, 0.1, 1] },
  y: { title: "epochs", values: [10, 20] },
  z: { title: "gain", unit: "%", middle: 0, values: [[1, 2, -1], [0, 1, -3]] },
});

const table = tableFigure({
  title: "A network",
  columns: [{ title: "layer" }, { title: "parameters", align: "right" }],
  rows: [["convolution", "456"], ["output <i>", "850"], ["total", "1,306"]],
  total: true,
});

/** The figures by name. */
export const samples: Readonly<Record<string, Figure>> = {
  line,
  logLine,
  scatter,
  comparison,
  heatMap,
  diverging,
  table,
  panels: panelFigure({
    title: "Error and learning rate of a model that is trained at two rates",
    panels: [line, logLine, line],
  }),
  heatMapPanels: panelFigure({
    title: "Two surfaces",
    panels: [heatMap, diverging],
  }),
};
