/**
 * The slope from a minimum up to a level of the loss.
 *
 * @module
 */
import { show } from "../text/show.ts";
import { checkCount, checkPositive } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import type { LossSurface } from "./loss_surface.ts";
import { norm, plus } from "./vectors.ts";

/** Options of {@linkcode flatnessSlope}. */
export interface FlatnessSlopeOptions extends ProbeControl {
  /** A direction, a vector of all parameters; its length does not matter. */
  readonly direction: Float64Array;
  /** The level c of the loss, above that of the weights. */
  readonly level: number;
  /** How far is looked, as a length in weight space, > 0. */
  readonly distance: number;
  /** How many points are tried on the way, equally far apart. @default {20} */
  readonly points?: number;
}

/** How steeply the loss rises to a level. */
export interface FlatnessSlope {
  /** (c − L(w*))/distance; null if the level is not reached. */
  readonly slope: number | null;
  /** How far off the level is first reached; null if it is not. */
  readonly distance: number | null;
  /** The loss at the weights, ε in the paper. */
  readonly loss: number;
}

/**
 * The flatness slope (c − ε)/‖w₀ − w*‖: w* are the weights, ε their loss, and w₀ is the
 * first point along a direction where the loss is c.
 *
 * The first of the tried points that is above the level ends the search; between it
 * and the one before, the crossing is found by false position to 1e-9 of the interval.
 * A narrower bump is not seen.
 *
 * @throws {RangeError} If an option is out of range, or the level not above the loss.
 * @throws {TypeError} If the direction does not fit.
 *
 * @example ½ b² is 2 at b = 2: slope (2 − 0)/2
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { flatnessSlope } from "./flatness_slope.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[0]]), labels: tf.tensor1d([0]) };
 * const surface = lossSurface({ objective, data, weights: [[1], [0]] });
 * const direction = Float64Array.of(0, 1);
 * const { slope } = await flatnessSlope(surface, { direction, level: 2, distance: 5 });
 * ok(Math.abs(slope! - 1) < 1e-6);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: S. Seong et al., section 6.3.
 */
export async function flatnessSlope(
  surface: LossSurface,
  options: FlatnessSlopeOptions,
): Promise<FlatnessSlope> {
  const { direction, level, distance, points = 20 } = options;
  checkPositive("distance", distance);
  checkCount("points", points);
  const length = norm(direction);
  checkPositive("the length of direction", length);
  const control = quietly(options);
  const { weights } = surface;
  const above = async (at: number): Promise<number> => {
    const point = plus(weights, at / length, direction);
    const value = (await surface.evaluate(point, control)).loss - level;
    return Number.isNaN(value) ? Infinity : value;
  };
  const start = await above(0);
  const loss = start + level;
  if (!(start < 0)) {
    throw new RangeError(
      `level must be above the loss of the weights, ${loss}, got ${
        show(level)
      }`,
    );
  }
  let low = { at: 0, value: start };
  let high: typeof low | undefined;
  await repeat(points, "slope", options, async (i) => {
    if (high !== undefined) return;
    const at = distance * (i + 1) / points;
    const value = await above(at);
    if (value >= 0) high = { at, value };
    else low = { at, value };
  });
  if (high === undefined) return { slope: null, distance: null, loss };
  const at = await crossing(above, low, high);
  return { slope: (level - loss) / at, distance: at, loss };
}

interface End {
  at: number;
  value: number;
}

/** Where a function crosses 0 between two ends, by the Illinois method. */
async function crossing(
  f: (at: number) => Promise<number>,
  low: End,
  high: End,
): Promise<number> {
  const width = high.at - low.at;
  let side = 0;
  for (let i = 0; i < 60 && high.at - low.at > 1e-9 * width; i++) {
    const share = low.value / (low.value - high.value);
    const isUsable = Number.isFinite(high.value) && share > 0 && share < 1;
    const at = low.at + (high.at - low.at) * (isUsable ? share : 0.5);
    const value = await f(at);
    if (value === 0) return at;
    if (value > 0) {
      high = { at, value };
      if (side === 1) low = { ...low, value: low.value / 2 };
      side = 1;
    } else {
      low = { at, value };
      if (side === -1) high = { ...high, value: high.value / 2 };
      side = -1;
    }
    // A step this small means that the crossing is here.
    if (Math.abs(value) <= 1e-14) return at;
  }
  return high.at;
}
