/**
 * Loss and error on a grid of points, which may be continued after a stop.
 *
 * @module
 */
import type { Chart } from "./chart.ts";
import { checkCount } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import { gridKey, readGrid, writeGrid } from "./grid_file.ts";
import type { LossSurface } from "./loss_surface.ts";

/** What was measured on one data set, at the points in row-major order. */
export interface GridValues {
  /** The mean losses; null where not computed or not finite. */
  readonly loss: (number | null)[];
  /** The mean errors. */
  readonly error: (number | null)[];
}

/** Values over a line or a plane. */
export interface Grid {
  /** The coordinates along each of one or two axes; the last one varies fastest. */
  readonly axes: readonly (readonly number[])[];
  /** By the name of the data set. */
  readonly values: Readonly<Record<string, GridValues>>;
}

/** What {@linkcode evaluateGrid} takes. */
export interface GridOptions extends ProbeControl {
  /** The line, plane or curve. */
  readonly chart: Chart;
  /** The coordinates along each axis of the chart. */
  readonly axes: readonly (readonly number[])[];
  /** Surfaces by name, such as `train` and `validation`. */
  readonly surfaces: Readonly<Record<string, LossSurface>>;
  /**
   * Where results are kept as they come. If the file is there, only what is missing
   * is computed.
   */
  readonly file?: string;
  /** How many points are evaluated in one call. @default {4} */
  readonly together?: number;
}

/** Every how many milliseconds the file is written. */
const WRITE_INTERVAL = 2000;

function emptyGrid({ axes, surfaces }: GridOptions): Grid {
  const count = axes.reduce((product, axis) => product * axis.length, 1);
  const missing = () => Array<number | null>(count).fill(null);
  return {
    axes,
    values: Object.fromEntries(
      Object.keys(surfaces).map((name) => [
        name,
        { loss: missing(), error: missing() },
      ]),
    ),
  };
}

/** The coordinates of a point by its number in row-major order. */
function coordinatesOf(
  axes: readonly (readonly number[])[],
  index: number,
): number[] {
  const [first, second] = axes;
  return second === undefined ? [first![index]!] : [
    first![Math.floor(index / second.length)]!,
    second[index % second.length]!,
  ];
}

/**
 * Evenly spaced coordinates, ends included.
 *
 * @example
 * ```ts
 * import { evenly } from "./grid.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(evenly(-1, 1, 5), [-1, -0.5, 0, 0.5, 1]);
 * ```
 */
export function evenly(from: number, to: number, count: number): number[] {
  checkCount("count", count, 2);
  return Array.from(
    { length: count },
    (_, i) => from + (to - from) * i / (count - 1),
  );
}

/**
 * Evaluates surfaces at all points of a grid.
 *
 * With a file, results are kept every two seconds, at the end and when it is
 * stopped; called again with the same file it computes only what is missing, and
 * refuses the file of other weights, directions, axes or data. A loss that is not
 * finite counts as computed and is null.
 *
 * @throws {TypeError} If the axes do not fit the chart.
 * @throws {RangeError} If the file holds another grid.
 * @throws {SyntaxError} If the file holds no grid.
 *
 * @example ½ (w − 1)² along w
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { linearChart } from "./chart.ts";
 * import { evaluateGrid } from "./grid.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[1]]), labels: tf.tensor1d([1]) };
 * const train = lossSurface({ objective, data, weights: [[0], [0]] });
 * const { values } = await evaluateGrid({
 *   chart: linearChart(train.weights, [Float64Array.of(1, 0)]),
 *   axes: [[-1, 0, 1]],
 *   surfaces: { train },
 * });
 * deepStrictEqual(values.train!.loss, [2, 0.5, 0]);
 * train.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: H. Li et al., 2018, arXiv 1712.09913, section 3.
 */
export async function evaluateGrid(options: GridOptions): Promise<Grid> {
  const { chart, axes, surfaces, file, together = 4 } = options;
  checkCount("together", together);
  if (axes.length !== chart.dimensions) {
    throw new TypeError(
      `axes must be ${chart.dimensions}, as the chart has, got ${axes.length}`,
    );
  }
  if (!axes.every((axis) => axis.length > 0 && axis.every(Number.isFinite))) {
    throw new RangeError("axes must be lists of finite coordinates");
  }
  const empty = emptyGrid(options);
  const key = file === undefined ? "" : await gridKey(options);
  const { grid, done } = file === undefined
    ? { grid: empty, done: {} as Record<string, number[]> }
    : await readGrid(file, key, empty);
  const work = Object.entries(surfaces).flatMap(([name, surface]) => {
    const { loss } = grid.values[name]!;
    const computed = new Set(done[name]);
    const missing = loss.flatMap((_, i) => computed.has(i) ? [] : [i]);
    const parts: { name: string; surface: LossSurface; points: number[] }[] =
      [];
    for (let i = 0; i < missing.length; i += together) {
      const points = missing.slice(i, i + together);
      parts.push({ name, surface, points });
    }
    return parts;
  });
  const finite = (value: number) => Number.isFinite(value) ? value : null;
  const save = async () => {
    if (file !== undefined) await writeGrid(file, key, grid, done);
  };
  let written = performance.now();
  try {
    await repeat(work.length, "surface", options, async (i) => {
      const { name, surface, points } = work[i]!;
      const found = await surface.evaluateAll(
        points.map((index) => chart.at(coordinatesOf(axes, index))),
        quietly(options),
      );
      const { loss, error } = grid.values[name]!;
      found.forEach((value, k) => {
        loss[points[k]!] = finite(value.loss);
        error[points[k]!] = finite(value.error);
      });
      done[name] = [...done[name] ?? [], ...points];
      if (performance.now() - written < WRITE_INTERVAL) return;
      await save();
      written = performance.now();
    });
  } finally {
    if (work.length > 0) await save();
  }
  return grid;
}
