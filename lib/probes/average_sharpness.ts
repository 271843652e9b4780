/**
 * How much the loss rises under noise on the weights.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import { checkCount, checkPositive } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import type { LossSurface } from "./loss_surface.ts";
import { trainedMask } from "./problem.ts";
import type { Estimate } from "./trace.ts";

/** Options of {@linkcode averageSharpness}. */
export interface AverageSharpnessOptions extends ProbeControl {
  /** The standard deviation σ of the noise, > 0. @default {0.01} */
  readonly sigma?: number;
  /** Whether the noise of weight wᵢ is σ·|wᵢ|, not σ. @default {false} */
  readonly magnitudeAware?: boolean;
  /** How many draws of the noise. @default {20} */
  readonly draws?: number;
  /** Of the noise. @default {0} */
  readonly seed?: number;
}

/** Weights with noise of given standard deviations on those that are trained. */
function noisy(
  { weights, layout }: LossSurface,
  deviation: (weight: number) => number,
  seed: number,
  draw: number,
): Float64Array {
  const random = randomStream(seed, Purpose.probes, 6, draw);
  const isTrained = trainedMask(layout);
  return weights.map((w, i) =>
    isTrained[i] ? w + deviation(w) * random.normal() : w
  );
}

/**
 * The mean rise of the loss under normal noise on the weights,
 * E L(w + σ·z) − L(w), or with σ·|w|·z, which does not change when layers are rescaled
 * and the function stays the same.
 *
 * @returns The mean over draws and its standard error.
 * @throws {RangeError} If an option is out of range.
 *
 * @example ½ b² at its minimum: ½σ² on the average
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { averageSharpness } from "./average_sharpness.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[0]]), labels: tf.tensor1d([0]) };
 * const surface = lossSurface({ objective, data, weights: [[1], [0]] });
 * const { value, standardError } = await averageSharpness(surface, { sigma: 0.1 });
 * ok(Math.abs(value - 0.5 * 0.01) < 3 * standardError);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: Y. Jiang et al., 2020, arXiv 1912.02178, section 4.3.
 */
export async function averageSharpness(
  surface: LossSurface,
  options: AverageSharpnessOptions = {},
): Promise<Estimate> {
  const { sigma = 0.01, magnitudeAware = false, draws = 20, seed = 0 } =
    options;
  checkPositive("sigma", sigma);
  checkCount("draws", draws, 2);
  const deviation = (w: number) => magnitudeAware ? sigma * Math.abs(w) : sigma;
  const control = quietly(options);
  const { loss } = await surface.evaluate(surface.weights, control);
  let sum = 0, squares = 0;
  await repeat(draws, "average sharpness", options, async (draw) => {
    const point = noisy(surface, deviation, seed, draw);
    const rise = (await surface.evaluate(point, control)).loss - loss;
    sum += rise;
    squares += rise * rise;
  });
  const value = sum / draws;
  const variance = Math.max(0, squares / draws - value * value) /
    (draws - 1);
  return { value, standardError: Math.sqrt(variance) };
}

/** Options of {@linkcode pacBayesSigma}. */
export interface PacBayesOptions extends ProbeControl {
  /** How much the mean error may rise, > 0. @default {0.1} */
  readonly rise?: number;
  /**
   * Whether the noise of weight wᵢ has variance σ²wᵢ² + 1e-6, not σ².
   *
   * @default {false}
   */
  readonly magnitudeAware?: boolean;
  /** The largest σ that is tried, > 0. @default {2} */
  readonly largest?: number;
  /** How often the range is halved. @default {15} */
  readonly halvings?: number;
  /** How many draws of the noise; the same at each σ. @default {10} */
  readonly draws?: number;
  /** Of the noise. @default {0} */
  readonly seed?: number;
}

/** How much noise the weights stand. */
export interface PacBayesSigma {
  /** σ. */
  readonly sigma: number;
  /** 1/σ², which PAC-Bayes bounds contain: large where minima are sharp. */
  readonly inverseSquare: number;
  /** The half of the last interval: σ is no further off, for these draws. */
  readonly error: number;
  /** Whether the rise was reached; if not, σ is the largest tried. */
  readonly reached: boolean;
}

/** Added to |w| in quadrature under magnitude-aware noise, as the authors do. */
const FLOOR = 1e-3;

/**
 * The noise that the weights stand: the σ at which the mean error has risen by 0.1,
 * found by bisection.
 *
 * Of a classifier the error is the share of wrong classes. The draws are the same at
 * each σ, so that noise does not mislead the bisection.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example b² rises by 0.1 on the average where σ² is about 0.1
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { pacBayesSigma } from "./average_sharpness.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[0]]), labels: tf.tensor1d([0]) };
 * const surface = lossSurface({ objective, data, weights: [[1], [0]] });
 * const { sigma, reached } = await pacBayesSigma(surface, { draws: 200 });
 * ok(reached && Math.abs(sigma ** 2 - 0.1) < 0.03);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: Y. Jiang et al., 2020, arXiv 1912.02178, section 4.3 and appendix C.
 *
 * Differs from the paper, which merges batch normalisation into convolutions first.
 */
export async function pacBayesSigma(
  surface: LossSurface,
  options: PacBayesOptions = {},
): Promise<PacBayesSigma> {
  const { rise = 0.1, largest = 2, halvings = 15, draws = 10, seed = 0 } =
    options;
  for (const [name, value] of Object.entries({ rise, largest })) {
    checkPositive(name, value);
  }
  for (const [name, value] of Object.entries({ halvings, draws })) {
    checkCount(name, value);
  }
  const control = quietly(options);
  const { error } = await surface.evaluate(surface.weights, control);
  const isAbove = async (sigma: number): Promise<boolean> => {
    const deviation = (w: number) =>
      options.magnitudeAware ? Math.hypot(sigma * w, FLOOR) : sigma;
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      const point = noisy(surface, deviation, seed, draw);
      sum += (await surface.evaluate(point, control)).error;
    }
    return !(sum / draws - error <= rise); // a NaN is above
  };
  let low = 0, high = largest;
  let reached = false;
  await repeat(halvings + 1, "PAC-Bayes", options, async (i) => {
    if (i === 0) {
      reached = await isAbove(high);
      return;
    }
    if (!reached) return;
    const middle = (low + high) / 2;
    if (await isAbove(middle)) high = middle;
    else low = middle;
  });
  const sigma = reached ? (low + high) / 2 : largest;
  return {
    sigma,
    inverseSquare: 1 / sigma ** 2,
    error: reached ? (high - low) / 2 : 0,
    reached,
  };
}
