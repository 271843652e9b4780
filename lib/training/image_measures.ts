/**
 * How alike images look: structural similarity, and the colours they have.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";

/** Side of the windows. */
const WINDOW = 7;

/** What keeps the quotients finite, for values in [0, 1]. */
const C1 = 0.01 ** 2, C2 = 0.03 ** 2;

/**
 * The structural similarity of pairs of images, the mean over all 7 × 7 windows and
 * all channels:
 *
 * ```math
 * \frac{(2 μ_x μ_y + C_1)(2 σ_{xy} + C_2)}
 *      {(μ_x^2 + μ_y^2 + C_1)(σ_x^2 + σ_y^2 + C_2)}
 * ```
 *
 * μ and σ are means, variances and covariance (of samples: divided by 48) within a
 * window of the images x and y, C₁ = 0.01², C₂ = 0.03².
 *
 * @param x `[batch, height, width, channels]`, values in [0, 1], 7 × 7 or larger.
 * @param y The same.
 * @returns float32 `[batch]` in [−1, 1]; 1 for equal images. The caller disposes it.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { structuralSimilarity } from "./image_measures.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const image = tf.randomUniform([1, 8, 8, 3], 0, 1, "float32", 1);
 * const same = structuralSimilarity(image, image);
 * ok(Math.abs(same.dataSync()[0]! - 1) < 1e-5);
 * tf.dispose([image, same]);
 * ```
 *
 * Reference: Z. Wang, A. Bovik, H. Sheikh, E. Simoncelli, IEEE Trans. Image
 * Processing 13, 2004, eq. 13; windows and divisor are scikit-image's defaults.
 */
export function structuralSimilarity(x: Tensor, y: Tensor): Tensor1D {
  return tf.tidy(() => {
    const mean = (t: Tensor) =>
      tf.avgPool(t as tf.Tensor4D, WINDOW, 1, "valid") as Tensor;
    // Variances are differences of squares: nearer to 0 they round less.
    const a = tf.sub(x, 0.5), b = tf.sub(y, 0.5);
    const meanA = mean(a), meanB = mean(b);
    const unbiased = WINDOW ** 2 / (WINDOW ** 2 - 1);
    const covariance = (s: Tensor, t: Tensor, meanS: Tensor, meanT: Tensor) =>
      tf.mul(tf.sub(mean(tf.mul(s, t)), tf.mul(meanS, meanT)), unbiased);
    const [muX, muY] = [tf.add(meanA, 0.5), tf.add(meanB, 0.5)];
    const light = tf.div(
      tf.add(tf.mul(tf.mul(muX, muY), 2), C1),
      tf.add(tf.add(tf.square(muX), tf.square(muY)), C1),
    );
    const structure = tf.div(
      tf.add(tf.mul(covariance(a, b, meanA, meanB), 2), C2),
      tf.add(
        tf.add(
          covariance(a, a, meanA, meanA),
          covariance(b, b, meanB, meanB),
        ),
        C2,
      ),
    );
    return tf.mean(tf.mul(light, structure), [1, 2, 3]) as Tensor1D;
  });
}

/** Levels of a channel that a histogram tells apart. */
const BINS = 32;

/**
 * How much the colours of pairs of images differ, wherever they are: with p and q
 * the histograms of a channel (32 levels, adding up to 1), 1 − Σ min(p, q), the mean
 * over the channels.
 *
 * @param x `[batch, height, width, channels]`, values in [0, 1].
 * @param y The same.
 * @returns float32 `[batch]` in [0, 1]; 0 where the histograms are equal. The caller
 * disposes it.
 *
 * @example Black and white differ as much as can be
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { histogramDistance } from "./image_measures.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const black = tf.zeros([1, 2, 2, 3]), white = tf.ones([1, 2, 2, 3]);
 * const distance = histogramDistance(black, white);
 * deepStrictEqual([...distance.dataSync()], [1]);
 * tf.dispose([black, white, distance]);
 * ```
 *
 * Reference: M. Swain, D. Ballard, IJCV 7, 1991: histogram intersection.
 */
export function histogramDistance(x: Tensor, y: Tensor): Tensor1D {
  return tf.tidy(() => {
    const [batch, height, width, channels] = x.shape as [
      number,
      number,
      number,
      number,
    ];
    const histogram = (images: Tensor) => {
      const level = tf.cast(
        tf.minimum(tf.floor(tf.mul(images, BINS)), BINS - 1),
        "int32",
      );
      const pixels = tf.reshape(level, [batch, height * width, channels]);
      return tf.mean(tf.cast(tf.oneHot(pixels, BINS), "float32"), 1);
    };
    const shared = tf.sum(tf.minimum(histogram(x), histogram(y)), 2);
    return tf.sub(1, tf.mean(shared, 1)) as Tensor1D;
  });
}
