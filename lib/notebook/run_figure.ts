/**
 * What a run looks like.
 *
 * @module
 */
import type { Axis } from "../figures/axis.ts";
import type { Attributes, Figure } from "../figures/figure.ts";
import { lineFigure, type LineSeries } from "../figures/line_figure.ts";
import { palette } from "../figures/palette.ts";
import { panelFigure } from "../figures/panel_figure.ts";
import { thinned } from "../figures/thinned.ts";
import type { StepQuantity, StepRecord } from "../training/records.ts";
import {
  errorName,
  isClassification,
  lastEvaluation,
  runName,
  runSummary,
  type ShownRun,
  statusText,
} from "./run_text.ts";

/** What {@linkcode runFigure} takes besides the run. */
export interface RunFigureOptions {
  /** The title. @default {what was trained, and how it ended} */
  title?: string;
  /** The most points of a line; spikes stay. @default {1000} */
  points?: number;
}

/** The most events that are marked. */
const EVENTS = 200;

/**
 * A run: loss, accuracy (or mean squared error), learning rate and the size of
 * steps over the steps, with what happened marked. In a notebook it shows itself.
 *
 * @example
 * ```ts
 * import { figureTitle } from "../figures/figure.ts";
 * import { runFigure } from "./run_figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = runFigure({
 *   settings: { objective: { kind: "regression" }, data: "plane", epochs: 2 },
 *   status: "stopped",
 *   records: [
 *     { step: 0, epoch: 0, loss: 3, learningRate: 0.1, cost: 3 },
 *     { step: 5, epoch: 0.5, loss: 2, learningRate: 0.1, cost: 18 },
 *   ],
 * });
 * strictEqual(figureTitle(figure), "regression on plane: stopped at step 5 of 20");
 * ```
 */
export function runFigure(
  run: ShownRun,
  options: RunFigureOptions = {},
): Figure {
  const { title = `${runName(run)}: ${statusText(run)}`, points = 1000 } =
    options;
  const steps = run.records.filter((record) => "loss" in record);
  const line = (
    name: string,
    quantity: StepQuantity,
    colour: number,
    from = steps,
  ): LineSeries => {
    const known = from.filter((record) => record[quantity] !== undefined);
    const x = known.map(({ step }) => step);
    return {
      name,
      ...thinned(x, known.map((record) => record[quantity]!), points),
      colour,
      dash: "solid",
    };
  };
  const isShare = isClassification(run);
  const loss = [
    line("batch", "loss", 0),
    ...evaluated(run, ({ loss }) => loss, points),
  ];
  const quality = evaluated(
    run,
    ({ error }) => isShare ? 100 * (1 - error) : error,
    points,
  );
  const rate = [line("learning rate", "learningRate", 0)];
  const controlled = steps.some((record) => record.slope !== undefined);
  const minimiser = line("minimiser g·d / dᵀHd", "minimiser", 2);
  if (minimiser.x.length > 0) rate.push({ ...minimiser, markers: true });
  const ratePanel = panel({
    title: "learning rate",
    ...controlled ? scaleOf(rate) : fromZero(rate),
  }, rate);
  const weight = [line("gradient weight", "gradientWeight", 0)];
  const panels = [
    withEvents(panel({ title: "loss", ...scaleOf(loss) }, loss), run),
    isShare
      ? panel({ title: "accuracy", unit: "%" }, quality)
      : panel({ title: errorName(run), ...scaleOf(quality) }, quality),
    rate.length > 1 ? ratePanel : unlisted(ratePanel),
    panel({ title: "size of a step", scale: "log" }, [
      line("gradient ‖g‖", "gradientNorm", 4),
      { ...line("update ‖Δθ‖ / ‖θ‖", "updateRatio", 0), dash: "dash" },
    ]),
  ];
  if (controlled) {
    panels.push(panel({ title: "decrease of the loss in a step" }, [
      line("predicted", "predictedDecrease", 4),
      line("on the same batch", "actualDecrease", 0),
    ]));
  }
  if (steps.some((record) => record.gradientWeight !== undefined)) {
    panels.push(
      unlisted(
        panel({ title: "gradient weight", ...fromZero(weight) }, weight),
      ),
    );
  }
  return panelFigure({
    title,
    caption: runSummary(run),
    panels,
    sharedX: true,
    panelHeight: 190,
  });
}

/** One quantity of all evaluations, a line a split. */
function evaluated(
  { records }: ShownRun,
  quantity: (evaluation: { loss: number; error: number }) => number,
  points: number,
): LineSeries[] {
  const evaluations = records.filter((record) => "evaluation" in record);
  const splits = Object.keys(lastEvaluation(records)?.evaluation ?? {});
  return splits.map((split, i) => ({
    name: split,
    ...thinned(
      evaluations.map(({ step }) => step),
      evaluations.map(({ evaluation }) => {
        const own = evaluation[split];
        return own === undefined ? null : quantity(own);
      }),
      points,
    ),
    colour: i + 1,
    dash: "solid",
    markers: evaluations.length <= 40,
  }));
}

/** The values of lines that there are. */
function valuesOf(series: readonly LineSeries[]): number[] {
  return series.flatMap(({ y }) => Array.from(y))
    .filter((value) => value !== null);
}

/** A log scale where lines are positive and span more than a factor of 30. */
function scaleOf(series: readonly LineSeries[]): Pick<Axis, "scale"> {
  const values = valuesOf(series);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return low > 0 && high > 30 * low ? { scale: "log" } : {};
}

/** A range from zero, where nothing lies below. */
function fromZero(series: readonly LineSeries[]): Pick<Axis, "range"> {
  const values = valuesOf(series);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return high > 0 && values.every((value) => value >= 0)
    ? { range: [0, 1.06 * high] }
    : {};
}

function panel(y: Axis, series: LineSeries[]): Figure {
  const title = y.title[0]!.toUpperCase() + y.title.slice(1);
  return lineFigure({ title, x: { title: "step" }, y, series });
}

/** A panel whose only line needs no entry in the legend. */
function unlisted({ data, layout }: Figure): Figure {
  return {
    data: data.map((trace): Attributes => ({ ...trace, showlegend: false })),
    layout,
  };
}

/** The panel with marks at the last loss before each event. */
function withEvents(figure: Figure, { records }: ShownRun): Figure {
  const events = records.filter((record) => "event" in record);
  const kinds = Map.groupBy(events, ({ event }) => event);
  const known = records.filter((record) =>
    "loss" in record && Number.isFinite(record.loss)
  ) as StepRecord[];
  const marks = [...kinds].map(([event, own]): Attributes => {
    const shown = own.slice(0, EVENTS);
    return {
      type: "scatter",
      mode: "markers",
      name: own.length === 1 ? event : `${event} (${own.length}×)`,
      x: shown.map(({ step }) => step),
      y: shown.map(({ step }) =>
        known.findLast((record) => record.step <= step)?.loss ??
          known[0]?.loss ?? 1
      ),
      text: shown.map(({ detail }) => detail),
      marker: { symbol: "x", size: 9, color: palette[3]! },
      hovertemplate: "step %{x}: %{text}",
    };
  });
  return { data: [...figure.data, ...marks], layout: figure.layout };
}
