/**
 * The gradient noise scale: the batch size beyond which larger batches help little.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { Purpose, randomStream } from "../random/stream.ts";
import { compile } from "../runtime/compile.ts";
import { gather } from "../training/resident_data.ts";
import { checkCount } from "./check.ts";
import { type ProbeControl, repeat } from "./control.ts";
import type { BatchFunction } from "./over_batches.ts";
import {
  batchLoss,
  gradientVector,
  parametersIn,
  type ProbeOptions,
  problem,
  vectorTensor,
} from "./problem.ts";
import { statisticsOf } from "./statistics.ts";
import { type Estimate, estimate } from "./trace.ts";
import { add, dot } from "./vectors.ts";

/** Options of {@linkcode gradientNoiseScale}. */
export interface NoiseScaleOptions extends ProbeControl {
  /** Examples of a small batch, b ≥ 1. @default {64} */
  readonly small?: number;
  /** Examples of a large batch, B: a multiple of the small one's. @default {1024} */
  readonly large?: number;
  /** How many large batches are drawn, ≥ 3. @default {20} */
  readonly draws?: number;
  /** Of the draws. @default {0} */
  readonly seed?: number;
}

/** What {@linkcode gradientNoiseScale} finds. */
export interface NoiseScale {
  /**
   * tr Σ/‖g‖², in examples; null where the estimate of ‖g‖² is not above 0: the draws
   * do not tell the gradient from noise.
   */
  readonly value: number | null;
  /** Its standard error, by leaving out one draw at a time; null where the value is. */
  readonly standardError: number | null;
  /** tr Σ: the mean of ‖gᵢ − g‖² over the examples. */
  readonly covarianceTrace: Estimate;
  /** ‖g‖² of the whole data set; the estimate may be below 0. */
  readonly gradientSquared: Estimate;
}

/** tr Σ and ‖g‖² from one draw. */
interface Pair {
  readonly covariance: number;
  readonly squared: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** The ratio of means, and its error by the jackknife. */
function ratio(
  pairs: readonly Pair[],
): Pick<NoiseScale, "value" | "standardError"> {
  const of = (some: readonly Pair[]): number | null => {
    const squared = mean(some.map((pair) => pair.squared));
    return squared > 0
      ? mean(some.map((pair) => pair.covariance)) / squared
      : null;
  };
  const value = of(pairs);
  const without = pairs.map((_, i) => of(pairs.filter((_, j) => j !== i)));
  if (value === null || !without.every((x) => x !== null)) {
    return { value: null, standardError: null };
  }
  const middle = mean(without);
  const squares = without.reduce((sum, x) => sum + (x - middle) ** 2, 0);
  const n = pairs.length;
  return { value, standardError: Math.sqrt((n - 1) / n * squares) };
}

/**
 * The simple noise scale B = tr Σ/‖g‖², where g is the gradient of the mean loss over
 * the data and Σ the covariance of the examples' gradients gᵢ: the batch size at which
 * noise and gradient are equally large. Well below it twice the batch is as good as
 * twice the steps; well above it, nearly useless.
 *
 * A batch of b examples, drawn independently, has E‖g_b‖² = ‖g‖² + tr Σ/b. From batches
 * of two sizes b < B follow estimates without bias:
 *
 * ‖g‖² ≈ (B·‖g_B‖² − b·‖g_b‖²)/(B − b),  tr Σ ≈ (‖g_b‖² − ‖g_B‖²)/(1/b − 1/B).
 *
 * The small batches are the parts of the large one, and ‖g_b‖² their mean, so a draw
 * costs no more than the gradient of B examples. Both are averaged over the draws
 * before they are divided; the ratio's bias is of the order of its squared error.
 *
 * It does not change when the loss is multiplied by a number; it does when layers are
 * rescaled.
 *
 * @param options What is probed.
 * @returns The noise scale, its parts, and their errors.
 * @throws {RangeError} If an option is out of range.
 *
 * @example ½ (w − y)² at w = 0, labels 1 and 3: gradients −1 and −3
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { gradientNoiseScale } from "./noise_scale.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const inputs = tf.zeros([2, 1]), labels = tf.tensor1d([1, 3]);
 * const data = { count: 2, inputs, labels };
 * const { value, standardError } = await gradientNoiseScale(
 *   { objective, data, weights: [[0], [0]] },
 *   { small: 2, large: 32, draws: 30 },
 * );
 * // g = −2, Σ = 1.
 * ok(Math.abs(value! - 1 / 4) < 3 * standardError!);
 * tf.dispose([inputs, labels]);
 * ```
 *
 * Reference: S. McCandlish, J. Kaplan, D. Amodei et al., 2018, arXiv 1812.06162,
 * equation 2.9 and appendix A.1.
 */
export async function gradientNoiseScale(
  options: ProbeOptions,
  {
    small = 64,
    large = 1024,
    draws = 20,
    seed = 0,
    signal,
    onProgress,
  }: NoiseScaleOptions = {},
): Promise<NoiseScale> {
  checkCount("small", small);
  checkCount("draws", draws, 3);
  checkCount("large", large, 2 * small);
  if (large % small !== 0) {
    throw new RangeError(
      `large must be a multiple of small, ${small}, got ${large}`,
    );
  }
  const given = problem(options);
  const { layout, precision, data: { count, inputs, labels } } = given;
  const compiled = compile<BatchFunction>(
    ({ inputs, labels }, indices, point) => {
      const batch = gather(inputs, labels, indices);
      const { loss, trained } = batchLoss(
        given,
        parametersIn(layout, point!),
        batch,
      );
      return gradientVector(layout, tf.valueAndGrads(loss)(trained).grads);
    },
    { precision },
  );
  const statistics = statisticsOf(given);
  const parts = large / small;
  const pairs: Pair[] = [];
  try {
    const at = await statistics.at(given.weights, { signal });
    const point = vectorTensor(at, precision);
    try {
      await repeat(draws, "noise scale", { signal, onProgress }, (draw) => {
        const random = randomStream(seed, Purpose.probes, 8, draw);
        const sum = new Float64Array(layout.size);
        let ofSmall = 0;
        for (let part = 0; part < parts; part++) {
          signal?.throwIfAborted();
          const chosen = Int32Array.from(
            { length: small },
            () => random.integer(count),
          );
          const indices = tf.tensor1d(chosen, "int32");
          const result = compiled({ inputs, labels }, indices, point);
          const gradient = Float64Array.from(result.dataSync());
          tf.dispose([indices, result]);
          ofSmall += dot(gradient, gradient) / parts;
          add(sum, 1 / parts, gradient);
        }
        const ofLarge = dot(sum, sum);
        pairs.push({
          covariance: (ofSmall - ofLarge) / (1 / small - 1 / large),
          squared: (large * ofLarge - small * ofSmall) / (large - small),
        });
      });
    } finally {
      point.dispose();
    }
  } finally {
    compiled.dispose();
    statistics.dispose();
  }
  return {
    ...ratio(pairs),
    covarianceTrace: estimate(pairs.map(({ covariance }) => covariance)),
    gradientSquared: estimate(pairs.map(({ squared }) => squared)),
  };
}
