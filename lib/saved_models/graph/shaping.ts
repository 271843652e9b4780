/**
 * Operations that move numbers and do not change them. Integers that are known stay
 * known, so that shapes which are computed of shapes need no tensor.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Call } from "./operation.ts";
import { checkShape, sizeOf } from "./limits.ts";
import {
  axisOf,
  inOrder,
  integers,
  shapeOf,
  tensorOf,
  type Value,
  valueOf,
} from "./value.ts";

/** The values of a list or single number that is known, to compute with it. */
function listOf({ known }: Value): number[] | undefined {
  return known?.isInteger && known.shape.length <= 1
    ? Array.from(known.values)
    : undefined;
}

/**
 * A value in another shape.
 *
 * @param wanted The shape; −1 for what is left over.
 */
export function reshaped(value: Value, wanted: readonly number[]): Value {
  const size = sizeOf(shapeOf(value));
  const rest = sizeOf(wanted.filter((n) => n !== -1));
  const open = wanted.filter((n) => n === -1).length;
  const shape = wanted.map((n) => n === -1 ? size / (rest || 1) : n);
  if (
    open > 1 || !shape.every(Number.isSafeInteger) || sizeOf(shape) !== size
  ) {
    throw new SyntaxError(
      `[${shapeOf(value)}] does not fit into the shape [${wanted}]`,
    );
  }
  if (value.known) return { known: { ...value.known, shape } };
  return valueOf(tf.reshape(tensorOf(value), shape));
}

/**
 * The shape for a reshape where the number of examples was burnt in.
 *
 * An exporter that saw so many examples may have written their number into a shape;
 * that this was so is tried by comparing examples together with single ones.
 */
export function forExamples(
  { x, madeFor, count }: Call,
  shape: readonly number[],
): readonly number[] {
  const isBurntIn = madeFor !== null && madeFor !== count &&
    shape.length > 1 && shape[0] === madeFor && shapeOf(x)[0] === count;
  return isBurntIn ? [count, ...shape.slice(1)] : shape;
}

/** Removes axes of size 1: all, or those that are named. */
export function squeezed(value: Value, axes: readonly number[]): Value {
  const shape = shapeOf(value);
  const named = new Set(axes.map((axis) => axisOf(axis, shape.length)));
  const isKept = (n: number, axis: number) =>
    axes.length === 0 ? n !== 1 : !named.has(axis);
  return reshaped(value, shape.filter(isKept));
}

/** Adds axes of size 1, at places in the result. */
export function unsqueezed(value: Value, axes: readonly number[]): Value {
  const shape = shapeOf(value);
  const rank = shape.length + axes.length;
  const named = new Set(axes.map((axis) => axisOf(axis, rank)));
  const rest = shape[Symbol.iterator]();
  return reshaped(
    value,
    Array.from(
      { length: rank },
      (_, axis) => named.has(axis) ? 1 : rest.next().value ?? 1,
    ),
  );
}

/** Puts values together along an axis. */
export function concatenated(values: readonly Value[], axis: number): Value {
  const lists = values.map(listOf);
  if (lists.every((list) => list !== undefined)) return integers(lists.flat());
  const [first] = values as [Value, ...Value[]];
  const rank = shapeOf(first).length;
  const order = values.find((value) => value.order)?.order ??
    Array.from({ length: rank }, (_, i) => i);
  if (values.some((value) => shapeOf(value).length !== rank)) {
    throw new SyntaxError("its inputs have different numbers of axes");
  }
  const parts = values.map((value) => inOrder(value, order));
  const own = order[axisOf(axis, rank)]!;
  checkShape([
    sizeOf(parts[0]!.shape) / (parts[0]!.shape[own] || 1),
    parts.reduce((sum, { shape }) => sum + shape[own]!, 0),
  ]);
  return valueOf(tf.concat(parts, own), order);
}

/** Which part of an axis is taken: from, to (without it), and in which steps. */
export interface Part {
  /** The axis. */
  readonly axis: number;
  /** Where it begins; below 0 from the end. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** Every so many. @default {1} */
  readonly step?: number;
}

/** Parts of some axes, as Python's slices take them. */
export function sliced(value: Value, parts: readonly Part[]): Value {
  const shape = shapeOf(value);
  const bounds = shape.map((n) => ({ from: 0, to: n, step: 1 }));
  for (const { axis, from, to, step = 1 } of parts) {
    const at = axisOf(axis, shape.length), n = shape[at]!;
    if (!(step > 0)) throw new SyntaxError(`steps of ${step} are not read`);
    const inside = (i: number) => Math.min(n, Math.max(0, i < 0 ? i + n : i));
    bounds[at] = { from: inside(from), to: inside(to), step };
  }
  const list = listOf(value);
  const [only] = bounds;
  if (list && only) {
    const part = list.slice(only.from, only.to);
    return integers(part.filter((_, i) => i % only.step === 0));
  }
  const order = value.order ?? shape.map((_, i) => i);
  const stored = bounds.map((_, i) => bounds[order.indexOf(i)]!);
  // A strided slice has no gradient in TensorFlow.js; these have.
  let tensor = tf.slice(
    inOrder(value, order),
    stored.map(({ from }) => from),
    stored.map(({ from, to }) => Math.max(0, to - from)),
  );
  stored.forEach(({ step }, axis) => {
    if (step === 1) return;
    const indices = tf.range(0, tensor.shape[axis]!, step, "int32");
    tensor = tf.gather(tensor, indices, axis);
  });
  return valueOf(tensor, order);
}

/** What stands at indices of an axis. */
export function gathered(value: Value, indices: Value, axis: number): Value {
  const at = axisOf(axis, shapeOf(value).length);
  const list = listOf(value), wanted = listOf(indices);
  if (list && wanted && at === 0) {
    const found = wanted.map((i) => list[i < 0 ? i + list.length : i]);
    if (found.some((n) => n === undefined)) {
      throw new SyntaxError(`index [${wanted}] is not there`);
    }
    return integers(found as number[], indices.known!.shape);
  }
  const tensor = tensorOf(value);
  const size = tensor.shape[at]!;
  if (indices.known) {
    const isThere = indices.known.values.every((i) => i >= -size && i < size);
    if (!isThere) throw new SyntaxError(`an index is not in ${size} values`);
  }
  const whole = indices.known
    ? tf.tensor(
      Int32Array.from(indices.known.values, (i) => i < 0 ? i + size : i),
      [...indices.known.shape],
      "int32",
    )
    : tf.cast(tensorOf(indices), "int32");
  return valueOf(tf.gather(tensor, whole, at));
}

/** Divides an axis into parts of given sizes. */
export function divided(
  value: Value,
  sizes: readonly number[],
  axis: number,
): Value[] {
  const shape = shapeOf(value);
  const sum = sizes.reduce((a, b) => a + b, 0);
  const at = axisOf(axis, shape.length);
  if (sum !== shape[at] || sizes.some((n) => !(n >= 0))) {
    throw new SyntaxError(`parts of [${sizes}] do not make ${shape[at]}`);
  }
  let from = 0;
  return sizes.map((n) => sliced(value, [{ axis: at, from, to: from += n }]));
}

/** A tensor with a number added around it. */
export function paddedBy(
  value: Value,
  around: readonly (readonly [number, number])[],
  number: number,
): Value {
  const shape = shapeOf(value);
  if (
    around.length !== shape.length ||
    around.some(([a, b]) => !(a >= 0 && b >= 0))
  ) {
    throw new SyntaxError(`padding of [${around}] is not read`);
  }
  checkShape(shape.map((n, i) => n + around[i]![0] + around[i]![1]));
  const order = value.order ?? shape.map((_, i) => i);
  const stored = around.map((_, i): [number, number] => {
    const [before, after] = around[order.indexOf(i)]!;
    return [before, after];
  });
  return valueOf(tf.pad(inOrder(value, order), stored, number), order);
}

/** A value in a larger shape, whose axes of size 1 are repeated. */
export function expanded(value: Value, shape: readonly number[]): Value {
  checkShape(shape);
  return valueOf(tf.broadcastTo(tensorOf(value), [...shape]));
}

/** A function of values along some axes, such as their mean. */
export function reduced(
  f: (x: Tensor, axes: number[], keep: boolean) => Tensor,
  value: Value,
  axes: readonly number[],
  keep: boolean,
): Value {
  const { length } = shapeOf(value);
  const { order } = value;
  const own = axes.map((axis) => axisOf(axis, length));
  // With the axes kept, or only inner ones gone, the order need not be undone.
  if (order && keep) {
    const tensor = f(inOrder(value, order), own.map((a) => order[a]!), true);
    return valueOf(tensor, order);
  }
  if (order) {
    const left = order.filter((_, axis) => !own.includes(axis));
    const rank = left.toSorted((a, b) => a - b);
    const tensor = f(inOrder(value, order), own.map((a) => order[a]!), false);
    return valueOf(tensor, left.map((axis) => rank.indexOf(axis)));
  }
  return valueOf(f(tensorOf(value), own, keep));
}
