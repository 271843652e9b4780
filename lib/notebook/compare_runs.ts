/**
 * What several runs look like side by side.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { lineFigure, type LineSeries } from "../figures/line_figure.ts";
import { panelFigure } from "../figures/panel_figure.ts";
import { seedBand } from "../figures/seed_band.ts";
import type { StepQuantity } from "../training/records.ts";
import {
  errorName,
  isClassification,
  mainSplit,
  numberText,
  runName,
  type ShownRun,
} from "./run_text.ts";
import { settingNames } from "./setting_names.ts";

/** What {@linkcode compareRuns} takes besides the runs. */
export interface CompareRunsOptions {
  /** The title. @default {what was trained on what} */
  title?: string;
  /** The most points of a line; each is a mean over its stretch. @default {200} */
  points?: number;
}

/** Runs that differ in nothing but their seeds. */
interface Group {
  name: string;
  runs: readonly ShownRun[];
}

/** A quantity of a run at epochs. */
type Curve = { epoch: number; value: number }[];

/** What values a quantity can have. */
type Range = readonly [least: number, most: number];

/**
 * Runs side by side over the epochs: loss, accuracy (or mean squared error),
 * learning rate and relative size of the updates. Runs that differ in nothing but
 * their seeds are one line, their mean, with its 95 % t interval as a band. In a
 * notebook it shows itself.
 *
 * @param runs Runs, each named by the settings that others do not have; or lists of
 * runs by name.
 * @throws {RangeError} If there are no runs.
 *
 * @example
 * ```ts
 * import { compareRuns } from "./compare_runs.ts";
 * import { strictEqual } from "node:assert";
 *
 * const run = (value: number, seed: number) => ({
 *   settings: { learningRate: { kind: "constant", value }, seed },
 *   status: "done" as const,
 *   records: [{ step: 0, epoch: 0, loss: 3 + seed, learningRate: value, cost: 3 }],
 * });
 * const figure = compareRuns([run(0.1, 0), run(0.1, 1), run(0.2, 0)]);
 * strictEqual(figure.data.at(-1)?.name, "learningRate = 0.2");
 * ```
 */
export function compareRuns(
  runs: readonly ShownRun[] | Readonly<Record<string, readonly ShownRun[]>>,
  options: CompareRunsOptions = {},
): Figure {
  const groups = Array.isArray(runs)
    ? grouped(runs)
    : Object.entries(runs).map(([name, runs]) => ({ name, runs }));
  const all = groups.flatMap((group) => group.runs);
  if (all.length === 0) throw new RangeError("runs must not be empty");
  const { title = titleOf(all), points = 200 } = options;

  const split = all.map(({ records }) => mainSplit(records)).find(Boolean);
  const isShare = all.every(isClassification);
  const quality = isShare ? "accuracy" : errorName(all[0]!);
  const quantity = (name: StepQuantity) => (run: ShownRun): Curve =>
    run.records.flatMap((record) => {
      const value = "loss" in record ? record[name] : undefined;
      return value === undefined ? [] : [{ epoch: record.epoch, value }];
    });
  const evaluated = (run: ShownRun): Curve =>
    run.records.flatMap((record) => {
      const own = "evaluation" in record && record.evaluation[split ?? ""];
      if (!own) return [];
      const value = isShare ? 100 * (1 - own.error) : own.error;
      return [{ epoch: record.epoch, value }];
    });
  const panel = (
    { title, unit, scale, within = [0, Infinity] }: {
      title: string;
      unit?: string;
      scale?: "linear" | "log";
      within?: Range;
    },
    curve: (run: ShownRun) => Curve,
  ) =>
    lineFigure({
      title: title[0]!.toUpperCase() + title.slice(1),
      x: { title: "epoch" },
      y: {
        title,
        ...unit === undefined ? {} : { unit },
        ...scale === undefined ? {} : { scale },
      },
      series: groups.map((group) => line(group, curve, points, within)),
    });
  return panelFigure({
    title,
    caption: captionOf(groups, split),
    panels: [
      panel(
        {
          title: `${split ?? ""} ${quality}`.trim(),
          ...isShare && { unit: "%", within: [0, 100] as const },
        },
        evaluated,
      ),
      panel({ title: "loss of a batch" }, quantity("loss")),
      panel(
        { title: "learning rate", within: [-Infinity, Infinity] },
        quantity("learningRate"),
      ),
      panel(
        { title: "update ‖Δθ‖ / ‖θ‖", scale: "log" },
        quantity("updateRatio"),
      ),
    ],
    sharedX: true,
    panelHeight: 190,
  });
}

/** Runs that differ in nothing but their seeds together, named by what differs. */
function grouped(runs: readonly ShownRun[]): Group[] {
  const settings = ({ settings }: ShownRun) => {
    const { seed: _, ...rest } = settings;
    return rest;
  };
  const groups = [
    ...Map.groupBy(runs, (run) => JSON.stringify(settings(run))).values(),
  ];
  const names = settingNames(groups.map(([first]) => settings(first!)));
  return groups.map((runs, i) => ({
    name: groups.length === 1 ? runName(runs[0]!) : names[i]!,
    runs,
  }));
}

function titleOf(runs: readonly ShownRun[]): string {
  const names = [...new Set(runs.map(runName))];
  return `${
    names.length > 2 ? `${names.length} trainings` : names.join(", ")
  }: ${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
}

/** The mean of a quantity over runs in each stretch of epochs, with its band. */
function line(
  { name, runs }: Group,
  curve: (run: ShownRun) => Curve,
  points: number,
  within: Range,
): LineSeries {
  const curves = runs.map(curve);
  const epochs = [...new Set(curves.flat().map(({ epoch }) => epoch))]
    .sort((a, b) => a - b);
  const stretch = Math.max(1, Math.ceil(epochs.length / points));
  const x: number[] = [];
  const values: number[][] = curves.map(() => []);
  const byEpoch = curves.map((own) =>
    new Map(own.map(({ epoch, value }) => [epoch, value]))
  );
  for (let start = 0; start < epochs.length; start += stretch) {
    const own = epochs.slice(start, start + stretch);
    x.push(mean(own));
    byEpoch.forEach((known, i) =>
      values[i]!.push(mean(own.flatMap((epoch) => known.get(epoch) ?? [])))
    );
  }
  if (runs.length === 1) return { name, x, y: values[0]! };
  const { y, low, high } = seedBand(values, { within });
  return { name, x, y, low, high };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What lines and bands are, and each line's last value. */
function captionOf(
  groups: readonly Group[],
  split: string | undefined,
): string {
  const lines = groups.map(({ name, runs }) => {
    const last = split === undefined
      ? []
      : runs.flatMap(({ records }) =>
        records.findLast((record) => "evaluation" in record)
          ?.evaluation[split]?.error ?? []
      );
    const ends = runs.filter(({ status }) => status !== "done")
      .map(({ status }) => status);
    const result = last.length === 0
      ? ""
      : isClassification(runs[0]!)
      ? `, ${split} accuracy ${(100 * (1 - mean(last))).toFixed(1)} %`
      : `, ${split} ${errorName(runs[0]!)} ${numberText(mean(last))}`;
    const others = ends.length > 0
      ? ` (${ends.length} ${[...new Set(ends)].join(" or ")})`
      : "";
    return `${name}: ${runs.length} ${
      runs.length === 1 ? "run" : "runs"
    }${others}${result}.`;
  });
  return [
    ...groups.some(({ runs }) => runs.length > 1)
      ? ["Lines: means over seeds; bands: 95 % t intervals."]
      : [],
    ...lines,
  ].join("\n");
}
