/**
 * The loss over the plane through the initial, the peak's and the final weights.
 *
 * @module
 */
import { linearChart } from "../../probes/chart.ts";
import type { ProbeControl } from "../../probes/control.ts";
import { evaluateGrid, evenly } from "../../probes/grid.ts";
import type { LossSurface } from "../../probes/loss_surface.ts";
import { coordinates, planeThrough } from "../../probes/plane.ts";

/** The plane and what is drawn on it. */
export interface LossPlaneOptions {
  /** The first weights. */
  readonly initial: Float64Array;
  /** Those of the peak stage. */
  readonly peak: Float64Array;
  /** Weights along the training. */
  readonly course: readonly Float64Array[];
  /** Points a side. */
  readonly points: number;
}

/** How far the plane reaches beyond the weights, of what they span. */
const MARGIN = 0.2;

/**
 * Measures the plane; the final weights are its origin, the initial ones lie on its
 * first axis, and lengths are those of weight space.
 *
 * @returns `plane x` and `plane y`, the coordinates; `plane loss`, one after the other
 * for each x; `course x` and `course y`, the training projected onto the plane;
 * `peak x` and `peak y`.
 */
export async function lossPlane(
  train: LossSurface,
  { initial, peak, course, points }: LossPlaneOptions,
  control: ProbeControl,
): Promise<Record<string, number[]>> {
  const { origin, directions } = planeThrough(train.weights, initial, peak);
  const placesOf = (weights: readonly Float64Array[]) =>
    weights.map((w) => coordinates(origin, directions, w));
  const path = placesOf(course);
  const [top] = placesOf([peak]);
  const shown = [...path, ...placesOf([train.weights, initial]), top!];
  const axes = [0, 1].map((axis) => {
    const values = shown.map((place) => place[axis]!);
    const low = Math.min(...values), high = Math.max(...values);
    const margin = MARGIN * (high - low);
    return evenly(low - margin, high + margin, points);
  });
  const { values } = await evaluateGrid({
    chart: linearChart(origin, directions),
    axes,
    surfaces: { train },
    ...control,
  });
  return {
    "plane x": axes[0]!,
    "plane y": axes[1]!,
    "plane loss": values.train!.loss.map((loss) => loss ?? NaN),
    "course x": path.map(([x]) => x!),
    "course y": path.map(([, y]) => y!),
    "peak x": [top![0]!],
    "peak y": [top![1]!],
  };
}
