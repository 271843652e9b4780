/**
 * Products of matrices, normalisation and softmax.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { checkShape, countProducts, sizeOf } from "./limits.ts";
import {
  axisOf,
  broadcastShape,
  inOrder,
  shapeOf,
  tensorOf,
  type Value,
  valueOf,
} from "./value.ts";

/** A matrix that may be kept transposed: its tensor and whether it is. */
function matrixOf(value: Value, isTransposed: boolean) {
  const isTurned = value.order !== undefined && value.order.length === 2;
  const tensor = isTurned ? inOrder(value, value.order!) : tensorOf(value);
  return { tensor, transpose: isTurned !== isTransposed };
}

/**
 * A product of matrices, or of many at once.
 *
 * @param turned Which of both are transposed first.
 */
export function product(
  a: Value,
  b: Value,
  turned: readonly [boolean, boolean] = [false, false],
): Value {
  const [from, to] = [shapeOf(a), shapeOf(b)];
  if (from.length < 2 || to.length < 2) {
    throw new SyntaxError(`a product of [${from}] and [${to}] is not read`);
  }
  const sizes = (shape: number[], isTurned: boolean) => {
    const [rows, columns] = shape.slice(-2);
    return isTurned ? [columns!, rows!] : [rows!, columns!];
  };
  const [rows, inner] = sizes(from, turned[0]) as [number, number];
  const [outer, columns] = sizes(to, turned[1]) as [number, number];
  if (inner !== outer) {
    throw new SyntaxError(`matrices [${from}] and [${to}] do not fit together`);
  }
  const batch = broadcastShape(from.slice(0, -2), to.slice(0, -2));
  const shape = [...batch, rows, columns];
  checkShape(shape);
  countProducts(sizeOf(shape) * inner);
  const right = matrixOf(b, turned[1]);
  if (to.length === 2 && from.length > 2 && !turned[0]) {
    // One kernel for all: one product of all rows.
    const left = tf.reshape(tensorOf(a), [-1, inner]);
    const all = tf.matMul(left, right.tensor, false, right.transpose);
    return valueOf(tf.reshape(all, [...from.slice(0, -1), columns]));
  }
  const left = matrixOf(a, turned[0]);
  return valueOf(
    tf.matMul(left.tensor, right.tensor, left.transpose, right.transpose),
  );
}

/** Numbers a channel, in the shape in which they meet an image of some rank. */
function along(numbers: Tensor, axis: number, rank: number): Tensor {
  const shape = Array<number>(rank).fill(1);
  shape[axis] = numbers.size;
  return tf.reshape(numbers, shape);
}

/** What a batch normalisation knows of its channels. */
export interface ChannelNumbers {
  /** γ. */
  readonly scale: Value;
  /** β. */
  readonly offset: Value;
  /** Running means. */
  readonly mean: Value;
  /** Running variances. */
  readonly variance: Value;
}

/**
 * Batch normalisation by its running statistics: γ·(x − μ)/√(σ² + ε) + β.
 *
 * @param axis The graph's axis of channels.
 */
export function normalised(
  x: Value,
  { scale, offset, mean, variance }: ChannelNumbers,
  epsilon: number,
  axis: number,
): Value {
  const { length } = shapeOf(x);
  const channels = shapeOf(x)[axisOf(axis, length)]!;
  for (const numbers of [scale, offset, mean, variance]) {
    const shape = shapeOf(numbers);
    if (shape.length !== 1 || shape[0] !== channels) {
      throw new SyntaxError(
        `[${shape}] is not one number for each of ${channels} channels`,
      );
    }
  }
  const order = x.order ?? Array.from({ length }, (_, i) => i);
  const own = order[axisOf(axis, length)]!;
  const spread = (value: Value) => along(tensorOf(value), own, length);
  const deviation = tf.sqrt(tf.add(spread(variance), epsilon));
  const centred = tf.sub(inOrder(x, order), spread(mean));
  const whole = tf.mul(tf.div(centred, deviation), spread(scale));
  return valueOf(tf.add(whole, spread(offset)), order);
}

/** Layer normalisation: as above, by the numbers of each example from an axis on. */
export function layerNormalised(
  x: Value,
  scale: Value | undefined,
  offset: Value | undefined,
  epsilon: number,
  axis: number,
): Value {
  const tensor = tensorOf(x);
  const from = axisOf(axis, tensor.rank);
  const axes = Array.from({ length: tensor.rank - from }, (_, i) => from + i);
  const centred = tf.sub(tensor, tf.mean(tensor, axes, true));
  const variance = tf.mean(tf.square(centred), axes, true);
  let result = tf.div(centred, tf.sqrt(tf.add(variance, epsilon)));
  if (scale) result = tf.mul(result, tensorOf(scale));
  if (offset) result = tf.add(result, tensorOf(offset));
  return valueOf(result);
}

/** Softmax along an axis, or its logarithm. */
export function softmax(x: Value, axis: number, isLog = false): Value {
  const shape = shapeOf(x);
  const at = axisOf(axis, shape.length);
  const last = shape.length - 1;
  if (at === last) {
    const tensor = tensorOf(x);
    return valueOf(isLog ? tf.logSoftmax(tensor) : tf.softmax(tensor));
  }
  const axes = shape.map((_, i) => i === at ? last : i === last ? at : i);
  const turned = tf.transpose(tensorOf(x), axes);
  const result = isLog ? tf.logSoftmax(turned) : tf.softmax(turned);
  return valueOf(tf.transpose(result, axes));
}
