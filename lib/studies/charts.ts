/**
 * Figures that several studies draw, from runs.
 *
 * @module
 */
import { lineFigure } from "../figures/line_figure.ts";
import { seedBand } from "../figures/seed_band.ts";
import { type Arm, byArm, finalError } from "./comparisons.ts";
import type { CaptionedFigure, Run } from "./study.ts";
import { tInterval } from "../statistics/t_interval.ts";

/** What the bands of all figures here are. */
const BAND = "Lines: means over seeds; bands: 95 % t intervals.";

/** A quantity that runs have at several epochs. */
export interface Curve {
  /** The epochs. */
  x: readonly number[];
  /** One list a run. */
  runs: number[][];
}

/** A line with its band. */
export function bandSeries(name: string, { x, runs }: Curve) {
  const { y, low, high } = seedBand(runs);
  const banded = runs.length > 1 ? { low, high } : {};
  return { name, x: [...x], y, ...banded };
}

/** Lists of one length: a run that diverged has nothing where others have values. */
function padded(runs: readonly (readonly number[])[]): number[][] {
  const length = Math.max(...runs.map((values) => values.length));
  return runs.map((values) =>
    Array.from({ length }, (_, i) => values[i] ?? NaN)
  );
}

/** The mean over each epoch of something that telemetry measured. */
export function measuredCurve(arm: Arm, quantity: string): Curve {
  const runs = [...arm.values()].map((run) => run.measured?.[quantity] ?? []);
  return { x: longest(runs).map((_, i) => i + 1), runs: padded(runs) };
}

/** The longest of lists. */
function longest<Value>(
  lists: readonly (readonly Value[])[],
): readonly Value[] {
  return lists.reduce((a, b) => b.length > a.length ? b : a);
}

/** The test error over training, in percent. */
export function errorCurve(arm: Arm, split = "test"): Curve {
  const runs = [...arm.values()];
  return {
    x: longest(runs.map((run) => run.evaluatedEpochs)),
    runs: padded(
      runs.map((run) => run.evaluation[split]!.error.map((e) => 100 * e)),
    ),
  };
}

/** A mean over each epoch's steps. */
export function epochCurve(arm: Arm, quantity: keyof Run["epochMeans"]): Curve {
  const runs = [...arm.values()].map((run) => run.epochMeans[quantity]);
  return { x: longest(runs).map((_, i) => i + 1), runs: padded(runs) };
}

/** Test error over training, a line an arm. */
export function errorCurves(
  runs: readonly Run[],
  { title, names, ordered = true }: {
    title: string;
    names: readonly string[];
    /** Whether the arms are a family of increasing numbers. @default {true} */
    ordered?: boolean;
  },
): CaptionedFigure {
  const arms = byArm(runs);
  return {
    caption: BAND,
    figure: lineFigure({
      title,
      caption: BAND,
      x: { title: "epoch" },
      y: { title: "test error", unit: "%" },
      ordered,
      series: names.filter((name) => arms.has(name)).map((name) =>
        bandSeries(name, errorCurve(arms.get(name)!))
      ),
    }),
  };
}

/** The last error of arms that stand for numbers, against those numbers. */
export function finalErrorSeries(
  name: string,
  points: readonly (readonly [x: number, arm: Arm])[],
  split = "test",
) {
  const values = points.map(([, arm]) =>
    [...arm.values()].map(finalError(split))
  );
  const y = values.map((errors) =>
    errors.reduce((sum, e) => sum + e, 0) / errors.length
  );
  const series = { name, x: points.map(([x]) => x), y, markers: true };
  if (values.some((errors) => errors.length < 2)) return series;
  const intervals = values.map(tInterval);
  return {
    ...series,
    low: intervals.map(({ low }) => low),
    high: intervals.map(({ high }) => high),
  };
}
