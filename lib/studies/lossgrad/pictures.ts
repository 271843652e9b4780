/**
 * LOSSGRAD: the figures and tables that several rows have.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import type { Figure } from "../../figures/figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import { bandSeries, type Curve, errorCurve } from "../charts.ts";
import { COST_AXIS, costCurve, costs } from "../costs.ts";
import { type Arm, armMean, byArm, finalError } from "../comparisons.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import type { CaptionedFigure, Run } from "../study.ts";
import { LINEAR_ARM } from "../validity.ts";
import { costPerStep, finalLoss, SHOWN_BATCHES } from "./courses.ts";

const BAND = "Lines: means over seeds; bands: 95 % t intervals.";

/** A curve of runs, those that diverged ending early. */
function curve(
  arm: Arm,
  of: (run: Run) => { x: readonly number[]; y: readonly number[] },
): Curve {
  const runs = [...arm.values()].map(of);
  const { x } = runs.reduce((a, b) => b.x.length > a.x.length ? b : a);
  return { x, runs: runs.map(({ y }) => x.map((_, i) => y[i] ?? NaN)) };
}

/** Which arms a figure shows, in what order. */
interface Shown {
  title: string;
  names: readonly string[];
  ordered?: boolean;
}

/** A line an arm, of something positive. */
function logFigure(
  runs: readonly Run[],
  { title, names, ordered = false }: Shown,
  axes: { x: string; y: string },
  of: Parameters<typeof curve>[1],
): CaptionedFigure {
  const arms = byArm(runs);
  return {
    caption: BAND,
    figure: lineFigure({
      title,
      caption: BAND,
      x: { title: axes.x },
      y: { title: axes.y, scale: "log" },
      ordered,
      series: names.map((name) => bandSeries(name, curve(arms.get(name)!, of))),
    }),
  };
}

/** A picture over epochs beside the same at equal cost. */
function bothAxes(
  title: string,
  overEpochs: Figure,
  overCost: Figure,
): CaptionedFigure {
  const caption =
    `${BAND} Cost in forward-pass equivalents: a backward pass is two.`;
  const panels = [overEpochs, overCost];
  return { caption, figure: panelFigure({ title, caption, panels }) };
}

/** Test losses over training, and at equal cost. */
export function lossFigure(
  runs: readonly Run[],
  shown: Shown,
): CaptionedFigure {
  const along = (title: string, x: string, of: (run: Run) => number[]) =>
    logFigure(runs, { ...shown, title }, { x, y: "test loss" }, (run) => ({
      x: of(run),
      y: run.evaluation.test!.loss,
    })).figure;
  return bothAxes(
    shown.title,
    along("over training", "epoch", ({ evaluatedEpochs }) => evaluatedEpochs),
    along("at equal cost", COST_AXIS, costs),
  );
}

/** Test errors over training, and at equal cost. */
export function errorFigure(
  runs: readonly Run[],
  { title, names }: Shown,
): CaptionedFigure {
  const arms = byArm(runs);
  const along = (title: string, x: string, of: (arm: Arm) => Curve) =>
    lineFigure({
      title,
      x: { title: x },
      y: { title: "test error", unit: "%" },
      series: names.map((name) => bandSeries(name, of(arms.get(name)!))),
    });
  return bothAxes(
    title,
    along("over training", "epoch", errorCurve),
    along("at equal cost", COST_AXIS, costCurve),
  );
}

/** Step sizes over the first batches. */
export function rateFigure(
  runs: readonly Run[],
  { batches = SHOWN_BATCHES, ...shown }: Shown & { batches?: number },
): CaptionedFigure {
  const axes = { x: "batch", y: "step size" };
  return logFigure(runs, shown, axes, ({ control }) => ({
    x: control!.steps.filter((step) => step < batches),
    y: control!.rates,
  }));
}

function mean(arm: Arm, quantity: (run: Run) => number): string {
  const values = [...arm.values()].map(quantity);
  const short = (value: number) => Number(value.toPrecision(3)).toString();
  if (values.length < 2) return short(armMean(arm, quantity));
  const interval = tInterval(values);
  return `${short(interval.mean)} [${short(interval.low)}, ${
    short(interval.high)
  }]`;
}

/** A row of a table of results as the paper has them: every arm's last losses. */
export function resultTable(
  runs: readonly Run[],
  { title, errors = true, extra = {} }: {
    title: string;
    /** Whether runs have errors beside their losses. @default {true} */
    errors?: boolean;
    /** Further columns. */
    extra?: Readonly<Record<string, (run: Run) => number>>;
  },
): CaptionedFigure {
  const caption =
    "After the last epoch, means over seeds with 95 % t intervals. A run that diverged counts with its loss before the first step. Cost: forward-pass equivalents a step.";
  const columns: Record<string, (run: Run) => number> = {
    "training loss": finalLoss("train"),
    "test loss": finalLoss("test"),
    ...errors ? { "test error, %": finalError("test") } : {},
    ...extra,
  };
  const arms = [...byArm(runs)].filter(([name]) => name !== LINEAR_ARM);
  return {
    caption,
    figure: tableFigure({
      title,
      caption,
      columns: [
        { title: "method" },
        ...[...Object.keys(columns), "cost", "diverged"].map((title) => ({
          title,
          align: "right" as const,
        })),
      ],
      rows: arms.map(([name, arm]) => [
        name,
        ...Object.values(columns).map((quantity) => mean(arm, quantity)),
        armMean(arm, costPerStep).toFixed(1),
        `${
          [...arm.values()].filter(({ status }) => status === "diverged").length
        } of ${arm.size}`,
      ]),
    }),
  };
}
