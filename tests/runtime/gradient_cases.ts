/**
 * The gradients that the models need.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { waves } from "./agreement.ts";

/** A function of one tensor to a scalar. */
export interface GradientCase {
  shape: number[];
  f: (x: tf.Tensor) => tf.Tensor;
}

type Images = tf.Tensor4D;

/** A sum that weighs every output differently. */
function weigh(y: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(y, waves(y.shape, 5)));
}

function convolution(
  stride: number,
  size: number,
  channels: [number, number],
): (x: tf.Tensor) => tf.Tensor {
  const filter = () => waves([size, size, ...channels], 1) as Images;
  return (x) => weigh(tf.conv2d(x as Images, filter(), stride, "same"));
}

function normalise(x: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
}

function crossEntropy(logits: tf.Tensor): tf.Tensor {
  const labels = tf.oneHot(tf.tensor1d([2, 0, 1, 2], "int32"), 3);
  return tf.losses.softmaxCrossEntropy(labels, logits);
}

/** A pre-activation residual block that halves the image and doubles the channels. */
function residualBlock(x: tf.Tensor): tf.Tensor {
  const active = tf.relu(normalise(x)) as Images;
  const first = tf.conv2d(active, waves([3, 3, 2, 4], 1) as Images, 2, "same");
  const second = tf.conv2d(
    tf.relu(normalise(first)) as Images,
    waves([3, 3, 4, 4], 2) as Images,
    1,
    "same",
  );
  const shortcut = tf.conv2d(
    active,
    waves([1, 1, 2, 4], 3) as Images,
    2,
    "same",
  );
  const pooled = tf.mean(tf.add(second, shortcut), [1, 2]);
  return crossEntropy(
    tf.matMul(pooled as tf.Tensor2D, waves([4, 3], 4) as tf.Tensor2D),
  );
}

const image = [4, 8, 8, 2];

/** What the models are made of, and what is done with them. */
export const gradientCases: Record<string, GradientCase> = {
  "convolution, stride 1": { shape: image, f: convolution(1, 3, [2, 3]) },
  "convolution, stride 2": { shape: image, f: convolution(2, 3, [2, 3]) },
  "convolution, 1×1, stride 2": { shape: image, f: convolution(2, 1, [2, 3]) },
  "convolution by its filter, stride 2": {
    shape: [3, 3, 2, 3],
    f: (w) => weigh(tf.conv2d(waves(image) as Images, w as Images, 2, "same")),
  },
  "transposed convolution": {
    shape: [2, 4, 4, 3],
    f: (x) =>
      weigh(tf.conv2dTranspose(
        x as Images,
        waves([3, 3, 2, 3], 1) as Images,
        [2, 8, 8, 2],
        2,
        "same",
      )),
  },
  "depthwise convolution": {
    shape: image,
    f: (x) =>
      weigh(tf.depthwiseConv2d(
        x as Images,
        waves([3, 3, 2, 2], 1) as Images,
        2,
        "same",
      )),
  },
  "batch normalisation from moments": {
    shape: image,
    f: (x) => weigh(normalise(x)),
  },
  "average pooling": {
    shape: image,
    f: (x) => weigh(tf.avgPool(x as Images, 2, 2, "same")),
  },
  "overlapping average pooling, 3×3, stride 2": {
    shape: image,
    f: (x) => weigh(tf.avgPool(x as Images, 3, 2, "same")),
  },
  "max pooling": {
    shape: image,
    f: (x) => weigh(tf.maxPool(x as Images, 2, 2, "valid")),
  },
  "overlapping max pooling, 3×3, stride 2": {
    shape: image,
    f: (x) => weigh(tf.maxPool(x as Images, 3, 2, "same")),
  },
  "global average pooling": {
    shape: image,
    f: (x) => weigh(tf.mean(x, [1, 2])),
  },
  "dense layer by its kernel": {
    shape: [6, 5],
    f: (w) => weigh(tf.matMul(waves([7, 6]) as tf.Tensor2D, w as tf.Tensor2D)),
  },
  "bias": {
    shape: [2],
    f: (b) => weigh(tf.tanh(tf.add(waves(image), b))),
  },
  "softmax cross-entropy": { shape: [4, 3], f: crossEntropy },
  "log-softmax": { shape: [4, 3], f: (x) => weigh(tf.logSoftmax(x)) },
  "cross-entropy by index": {
    shape: [4, 3],
    f: (x) => {
      const picked = tf.tensor1d([2, 3, 7, 11], "int32"); // classes 2, 0, 1, 2
      return tf.neg(
        tf.mean(tf.gather(tf.reshape(tf.logSoftmax(x), [12]), picked)),
      );
    },
  },
  "embedding": {
    shape: [5, 3],
    f: (x) => weigh(tf.gather(x, tf.tensor1d([4, 0, 4, 4, 2], "int32"))),
  },
  "dropout by a given mask": {
    shape: [4, 6],
    f: (x) =>
      weigh(tf.mul(x, tf.cast(tf.greater(waves([4, 6], 3), 0), "float32"))),
  },
  "tanh": { shape: [4, 6], f: (x) => weigh(tf.tanh(x)) },
  "sigmoid": { shape: [4, 6], f: (x) => weigh(tf.sigmoid(x)) },
  "relu": { shape: [4, 6], f: (x) => weigh(tf.relu(x)) },
  "leaky relu": { shape: [4, 6], f: (x) => weigh(tf.leakyRelu(x, 0.1)) },
  "elu": { shape: [4, 6], f: (x) => weigh(tf.elu(x)) },
  "selu": { shape: [4, 6], f: (x) => weigh(tf.selu(x)) },
  "softplus": { shape: [4, 6], f: (x) => weigh(tf.softplus(x)) },
  "clipping": { shape: [4, 6], f: (x) => weigh(tf.clipByValue(x, -0.5, 0.5)) },
  "padding and cropping": {
    shape: image,
    f: (x) =>
      weigh(tf.slice(
        tf.pad(x as Images, [[0, 0], [4, 4], [4, 4], [0, 0]]),
        [0, 2, 5, 0],
        [4, 8, 8, 2],
      )),
  },
  "flip": { shape: image, f: (x) => weigh(tf.reverse(x, 2)) },
  "concatenation": {
    shape: [3, 2],
    f: (x) => weigh(tf.concat([x, tf.mul(x, x)], 1)),
  },
  "weight decay": { shape: [4, 6], f: (x) => tf.sum(tf.square(x)) },
  "L1 and L2 norms": {
    shape: [4, 6],
    f: (x) => tf.add(tf.sum(tf.abs(x)), tf.norm(x)),
  },
  "pre-activation residual block": { shape: image, f: residualBlock },
};

/**
 * Multiples of 1 / size, each once, in mixed order, none 0: a small change takes
 * none of them across a kink or past another.
 */
export function distinct(shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const stride = 7919; // a prime, so that every place is reached
  const values = Float32Array.from(
    { length: size },
    (_, i) => (2 * ((i * stride) % size) + 1 - size) / size,
  );
  return tf.tensor(values, shape);
}
