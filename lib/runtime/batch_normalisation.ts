/**
 * Batch normalisation with the statistics of the batch, for training.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { currentTensorFlowBackend } from "./state.ts";
import type { Tensor, Tensor1D } from "./tensor.ts";
import type { TensorFlowBackend } from "./tensorflow/backend.ts";
import type { Attribute } from "./tensorflow/attributes.ts";

/** What {@linkcode batchNormalisation} gives. */
export interface BatchNormalised {
  /** The normalised tensor, of the shape of the input. */
  output: Tensor;
  /** The mean of each channel, `[channels]`. No gradient flows through it. */
  mean: Tensor1D;
  /** The biased variance of each channel, `[channels]`; no gradient either. */
  variance: Tensor1D;
}

type Normalise = (
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
) => BatchNormalised;

const AXES = [0, 1, 2];

/** `tf.customGrad` for functions of x, scale and offset. */
const customGradient = tf.customGrad as unknown as (
  f: (
    x: tf.Tensor,
    scale: tf.Tensor,
    offset: tf.Tensor,
    save: tf.GradSaveFunc,
  ) => {
    value: tf.Tensor;
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor[];
  },
) => (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => tf.Tensor;

/** The same values; no gradient passes. */
const stopGradient = tf.customGrad((x) => ({
  value: tf.clone(x as tf.Tensor),
  gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
}));

/** From TensorFlow.js operations: any backend, any precision. */
const composed: Normalise = (x, scale, offset, epsilon) => {
  const { mean, variance } = tf.moments(x, AXES);
  const count = x.size / scale.size;
  const normalise = customGradient((x, scale, offset, save) => {
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normalised = tf.mul(tf.sub(x, mean), inverse);
    const factor = tf.mul(inverse, scale);
    save([normalised, factor]);
    return {
      value: tf.add(tf.mul(normalised, scale), offset),
      gradFunc(dy, saved) {
        const [normalised, factor] = saved as [tf.Tensor, tf.Tensor];
        const toOffset = tf.sum(dy, AXES);
        const toScale = tf.sum(tf.mul(dy, normalised), AXES);
        const common = tf.add(toOffset, tf.mul(normalised, toScale));
        const toX = tf.mul(factor, tf.sub(dy, tf.div(common, count)));
        return [toX, toScale, toOffset];
      },
    };
  });
  return {
    output: normalise(x, scale, offset),
    mean: stopGradient(mean) as tf.Tensor1D,
    variance: stopGradient(variance) as tf.Tensor1D,
  };
};

function attributes(epsilon: number): Attribute[] {
  return [
    { name: "T", type: 4, value: 1 },
    { name: "U", type: 4, value: 1 },
    { name: "epsilon", type: 2, value: epsilon },
    { name: "data_format", type: 0, value: "NHWC" },
    { name: "is_training", type: 3, value: true },
  ];
}

/** By TensorFlow's own operations, which exist for float32 only. */
function fused(backend: TensorFlowBackend): Normalise {
  return (x, scale, offset, epsilon) => {
    const none = tf.zeros([0]);
    const [output, mean, unbiased, ...reserved] = backend
      .executeMultipleOutputs(
        "FusedBatchNormV3",
        attributes(epsilon),
        [x, scale, offset, none, none],
        6,
      );
    const normalise = customGradient((x, scale, _offset, save) => {
      save([x, scale, ...reserved]);
      return {
        value: output!,
        gradFunc: (dy, saved) =>
          backend.executeMultipleOutputs(
            "FusedBatchNormGradV3",
            attributes(epsilon),
            [dy, ...saved],
            5,
          ).slice(0, 3),
      };
    });
    const count = x.size / scale.size;
    return {
      output: normalise(x, scale, offset),
      mean: mean as tf.Tensor1D,
      variance: stopGradient(
        tf.mul(unbiased!, (count - 1) / count),
      ) as tf.Tensor1D,
    };
  };
}

/**
 * Normalises each channel by the mean and variance of the batch:
 * y = scale · (x − mean) / √(variance + ε) + offset.
 *
 * The statistics are over all axes but the last, the variance is the biased one
 * (divided by the count). On the tensorflow backend in float32 TensorFlow's fused
 * operations do it, several times faster than their parts; elsewhere, and in a
 * float64 function, it is composed. First derivatives only, in x, scale and
 * offset. The caller disposes the results.
 *
 * @param x Any shape of rank 2 or more whose last axis is the channels.
 * @param scale `[channels]`; γ in the paper.
 * @param offset `[channels]`; β in the paper.
 * @param epsilon Added to the variance, > 0.
 * @throws {TypeError} If a shape does not fit.
 * @throws {RangeError} If epsilon is not > 0.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { batchNormalisation } from "./batch_normalisation.ts";
 * import { initialize } from "./initialize.ts";
 * import { deepStrictEqual, ok } from "node:assert";
 *
 * await initialize();
 * const { output, mean, variance } = batchNormalisation(
 *   tf.tensor2d([[1, 10], [3, 30]]),
 *   tf.tensor1d([1, 2]),
 *   tf.tensor1d([0, 5]),
 * );
 * deepStrictEqual([...mean.dataSync()], [2, 20]);
 * deepStrictEqual([...variance.dataSync()].map(Math.round), [1, 100]);
 * const [a, b, c, d] = output.dataSync();
 * ok(Math.abs(a! + 1) < 1e-5 && Math.abs(b! - 3) < 1e-5);
 * ok(Math.abs(c! - 1) < 1e-5 && Math.abs(d! - 7) < 1e-5);
 * ```
 *
 * Reference: S. Ioffe, C. Szegedy, 2015, arXiv 1502.03167, algorithm 1.
 */
export function batchNormalisation(
  x: Tensor,
  scale: Tensor1D,
  offset: Tensor1D,
  epsilon: number = 1e-5,
): BatchNormalised {
  const channels = x.shape[x.rank - 1] ?? 0;
  if (x.rank < 2) {
    throw new TypeError(`x must have rank 2 or more, got shape [${x.shape}]`);
  }
  for (const [name, { shape }] of Object.entries({ scale, offset })) {
    if (shape.length !== 1 || shape[0] !== channels) {
      throw new TypeError(
        `${name} must have shape [${channels}], one number a channel, got [${shape}]`,
      );
    }
  }
  if (!(epsilon > 0)) {
    throw new RangeError(`epsilon must be > 0, got ${epsilon}`);
  }
  const backend = currentTensorFlowBackend()?.backend;
  const isFused = backend !== undefined && x.size > channels &&
    backend.recording?.precision !== "float64";
  const normalise = isFused ? fused(backend) : composed;
  const { shape } = x;
  return tf.tidy(() => {
    const images = x.rank === 4
      ? x as tf.Tensor4D
      : tf.reshape<tf.Rank.R4>(x, [-1, 1, 1, channels]);
    const results = normalise(images, scale, offset, epsilon);
    const output = x.rank === 4
      ? results.output
      : tf.reshape(results.output, shape);
    return { ...results, output };
  });
}
