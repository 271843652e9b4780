/**
 * Operations that few models have; TensorFlow.js has no gradient of some.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { binary, unary } from "./elementwise.ts";
import type { Operation } from "./operation.ts";
import { checkShape, sizeOf } from "./limits.ts";
import {
  axisOf,
  broadcastShape,
  shapeOf,
  tensorOf,
  type Value,
  valueOf,
} from "./value.ts";

/** A function that truth values decide: the second or third of its inputs. */
export const choice: Operation = ({ x, inputs: [, a, b] }) => {
  if (!a || !b) throw new SyntaxError("an input is missing");
  const isA = tf.cast(tensorOf(x), "bool");
  broadcastShape(isA.shape, broadcastShape(shapeOf(a), shapeOf(b)));
  return valueOf(tf.where(isA, tensorOf(a), tensorOf(b)));
};

/** A value that is repeated along its axes. */
export function tiled(value: Value, times: readonly number[]): Value {
  const shape = shapeOf(value);
  if (times.length !== shape.length || times.some((n) => !(n >= 0))) {
    throw new SyntaxError(`[${shape}] cannot be repeated [${times}] times`);
  }
  checkShape(shape.map((n, axis) => n * times[axis]!));
  return valueOf(tf.tile(tensorOf(value), [...times]));
}

/** The most letters of an equation of {@linkcode einsum}. */
const LONGEST_EQUATION = 60;

/** A sum of products, by its equation. */
export function einsum(
  equation: string,
  values: readonly (Value | undefined)[],
): Value {
  const tensors = values.map((value) => tensorOf(value!));
  const [taken = "", given] = equation.replaceAll(" ", "").split("->");
  if (
    given === undefined || equation.length > LONGEST_EQUATION ||
    !/^[a-zA-Z]+(,[a-zA-Z]+)?$/.test(taken) || !/^[a-zA-Z]*$/.test(given)
  ) {
    throw new SyntaxError("its equation is not read");
  }
  const sizes = new Map<string, number>();
  taken.split(",").forEach((letters, i) => {
    [...letters].forEach((letter, axis) =>
      sizes.set(letter, tensors[i]?.shape[axis] ?? 0)
    );
  });
  // What is multiplied out on the way is no larger than all axes together.
  checkShape([...sizes.values()]);
  return valueOf(tf.einsum(`${taken}->${given}`, ...tensors));
}

/**
 * Local response normalisation: x / (k + α·Σ x²)^β over neighbouring channels.
 *
 * @param axis The channels' axis.
 * @param around How many neighbours before and after.
 */
export function respondingLocally(
  value: Value,
  axis: number,
  around: readonly [number, number],
  { alpha, beta, bias }: { alpha: number; beta: number; bias: number },
): Value {
  const x = tensorOf(value);
  const own = axisOf(axis, x.rank);
  const [before, after] = around;
  if (!(before >= 0 && after >= 0 && before + after < 100)) {
    throw new SyntaxError(`a window of [${around}] channels is not read`);
  }
  const padding = x.shape.map((_, i): [number, number] =>
    i === own ? [before, after] : [0, 0]
  );
  const squares = tf.pad(tf.square(x), padding);
  const parts = Array.from({ length: before + after + 1 }, (_, i) => {
    const begin = x.shape.map((_, a) => a === own ? i : 0);
    return tf.slice(squares, begin, x.shape);
  });
  const sum = tf.mul(tf.addN(parts), alpha);
  return valueOf(tf.div(x, tf.pow(tf.add(sum, bias), beta)));
}

/** The index of the largest number along an axis. */
export function argMax(value: Value, axis: number, keep: boolean): Value {
  const x = tensorOf(value);
  const own = axisOf(axis, x.rank);
  const index = tf.argMax(x, own);
  return valueOf(keep ? tf.expandDims(index, own) : index);
}

/** Numbers in the reverse order along axes. */
export function reversed(value: Value, axes: readonly number[]): Value {
  const x = tensorOf(value);
  return valueOf(tf.reverse(x, axes.map((axis) => axisOf(axis, x.rank))));
}

/** Sums of the numbers so far along an axis. */
export function cumulated(
  value: Value,
  axis: number,
  isExclusive: boolean,
  isReverse: boolean,
): Value {
  const x = tensorOf(value);
  return valueOf(
    tf.cumsum(x, axisOf(axis, x.rank), isExclusive, isReverse),
  );
}

const truth = (x: Tensor) => tf.cast(x, "bool");

/** Comparisons and functions with steps, by names of this table. */
export const steps = {
  ceil: unary((x) => tf.ceil(x)),
  cos: unary((x) => tf.cos(x)),
  equal: binary((a, b) => tf.equal(a, b)),
  floor: unary((x) => tf.floor(x)),
  greater: binary((a, b) => tf.greater(a, b)),
  greaterEqual: binary((a, b) => tf.greaterEqual(a, b)),
  less: binary((a, b) => tf.less(a, b)),
  lessEqual: binary((a, b) => tf.lessEqual(a, b)),
  and: binary((a, b) => tf.logicalAnd(truth(a), truth(b))),
  not: unary((x) => tf.logicalNot(truth(x))),
  notEqual: binary((a, b) => tf.notEqual(a, b)),
  or: binary((a, b) => tf.logicalOr(truth(a), truth(b))),
  round: unary((x) => tf.round(x)),
  sign: unary((x) => tf.sign(x)),
  sin: unary((x) => tf.sin(x)),
} satisfies Record<string, Operation>;

/** Zeros or ones in the shape of a value. */
export function filledLike(number: number): Operation {
  return ({ x }) => {
    const shape = shapeOf(x);
    const isInteger = x.known?.isInteger ?? x.tensor?.dtype === "int32";
    const values = new Float64Array(sizeOf(shape)).fill(number);
    return { known: { shape, values, isInteger } };
  };
}

/** A reflection around an image, or a table; see `tf.mirrorPad`. */
export function mirrored(
  value: Value,
  around: readonly (readonly [number, number])[],
  mode: "reflect" | "symmetric",
): Value {
  const x: Tensor = tensorOf(value);
  const most = (n: number) => mode === "reflect" ? n - 1 : n;
  const fits = around.length === x.rank &&
    around.every(([a, b], axis) =>
      a >= 0 && b >= 0 && Math.max(a, b) <= most(x.shape[axis]!)
    );
  if (!fits) throw new SyntaxError(`padding of [${around}] is not read`);
  const padding = around.map(([a, b]): [number, number] => [a, b]);
  return valueOf(tf.mirrorPad(x, padding, mode));
}
