/**
 * A line with more points where the loss bends.
 *
 * @module
 */
import type { Chart } from "./chart.ts";
import { checkCount } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import type { LossSurface, SurfaceValue } from "./loss_surface.ts";

/** Options of {@linkcode refineLine}. */
export interface RefineLineOptions extends ProbeControl {
  /** The line or curve. */
  readonly chart: Chart;
  /** The loss. */
  readonly surface: LossSurface;
  /** The coordinates to begin with, ascending, at least three. */
  readonly from: readonly number[];
  /** How many points there are in the end. */
  readonly points: number;
}

/** A point of a line. */
export interface LinePoint extends SurfaceValue {
  /** Its coordinate. */
  readonly coordinate: number;
}

/**
 * How far the middle of the interval after point i may be from a straight line: an
 * eighth of the larger second difference beside it, times its length squared.
 */
function bend(points: readonly LinePoint[], i: number): number {
  const second = (k: number): number => {
    const [a, b, c] = [points[k - 1], points[k], points[k + 1]];
    if (!a || !b || !c) return 0;
    const left = (b.loss - a.loss) / (b.coordinate - a.coordinate);
    const right = (c.loss - b.loss) / (c.coordinate - b.coordinate);
    return Math.abs(2 * (right - left) / (c.coordinate - a.coordinate));
  };
  const length = points[i + 1]!.coordinate - points[i]!.coordinate;
  const size = Math.max(second(i), second(i + 1)) / 8 * length ** 2;
  return Number.isFinite(size) ? size : 0; // nothing to see where it diverged
}

/**
 * The loss along a line, refined: an interval whose middle may be furthest from the
 * straight line between its ends is halved, again and again.
 *
 * @returns The points, ascending.
 * @throws {RangeError} If the first coordinates are fewer than three, or do not
 * ascend, or more points are there than are wanted.
 *
 * @example A parabola bends alike everywhere: the longer interval is halved
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { linearChart } from "./chart.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { refineLine } from "./refine_line.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[1]]), labels: tf.tensor1d([2]) };
 * const surface = lossSurface({ objective, data, weights: [[0], [0]] });
 * const chart = linearChart(surface.weights, [Float64Array.of(1, 0)]);
 * const found = await refineLine({ chart, surface, from: [0, 1, 4], points: 4 });
 * deepStrictEqual(found.map(({ coordinate }) => coordinate), [0, 1, 2.5, 4]);
 * deepStrictEqual(found.map(({ loss }) => loss), [2, 0.5, 0.125, 2]);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 */
export async function refineLine(
  options: RefineLineOptions,
): Promise<LinePoint[]> {
  const { chart, surface, from, points: count } = options;
  checkCount("points", count, from.length);
  const ascends = from.every((x, i) => i === 0 || x > from[i - 1]!);
  if (from.length < 3 || !ascends) {
    throw new RangeError("from must be at least three ascending coordinates");
  }
  const found = await surface.evaluateAll(
    from.map((x) => chart.at([x])),
    quietly(options),
  );
  const points = found.map((value, i): LinePoint => ({
    coordinate: from[i]!,
    ...value,
  }));
  await repeat(count - from.length, "refining", options, async () => {
    let at = 0, most = -1;
    for (let i = 0; i < points.length - 1; i++) {
      const size = bend(points, i);
      if (size > most) [at, most] = [i, size];
    }
    const ends = [points[at]!.coordinate, points[at + 1]!.coordinate];
    const coordinate = (ends[0]! + ends[1]!) / 2;
    const value = await surface.evaluate(
      chart.at([coordinate]),
      quietly(options),
    );
    points.splice(at + 1, 0, { coordinate, ...value });
  });
  return points;
}
