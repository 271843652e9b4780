/**
 * Values in a graph that is computed: tensors whose axes may be kept in another order
 * than the graph thinks, and numbers that are known without any tensor.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Constant } from "./graph.ts";
import { checkShape } from "./limits.ts";

/** A value. */
export interface Value {
  /** The tensor as it is kept. */
  readonly tensor?: Tensor;
  /**
   * Where the graph's axes are among those that are kept: the graph's axis i is axis
   * `order[i]` of the tensor. @default {as they are}
   */
  readonly order?: readonly number[];
  /** Numbers that are known: constants, and sizes that were computed of shapes. */
  readonly known?: Constant;
}

/** Images of ONNX, channels first, kept with channels last. */
export const imageOrder: readonly number[] = [0, 3, 1, 2];

/** Whether axes are where they seem to be. */
function isPlain(order: readonly number[] | undefined): boolean {
  return order === undefined || order.every((axis, i) => axis === i);
}

/** What undoes an order. */
export function inverse(order: readonly number[]): number[] {
  return order.map((_, i) => order.indexOf(i));
}

/** A tensor as a value. */
export function valueOf(tensor: Tensor, order?: readonly number[]): Value {
  return isPlain(order) ? { tensor } : { tensor, order: order! };
}

/** Integers as a value that needs no tensor. */
export function integers(
  values: readonly number[],
  shape: readonly number[] = [values.length],
): Value {
  return {
    known: { shape, values: Float64Array.from(values), isInteger: true },
  };
}

/** The tensor of numbers that are known, as they are kept. */
function kept({ tensor, known }: Value): Tensor {
  if (tensor !== undefined) return tensor;
  const { shape, values, isInteger } = known!;
  return isInteger
    ? tf.tensor(Int32Array.from(values), [...shape], "int32")
    : tf.tensor(Float32Array.from(values), [...shape], "float32");
}

/** A value's shape, as the graph sees it. */
export function shapeOf({ tensor, order, known }: Value): number[] {
  const shape = tensor?.shape ?? known!.shape;
  return order ? order.map((axis) => shape[axis]!) : [...shape];
}

/** A value as a tensor, as the graph sees it. */
export function tensorOf(value: Value): Tensor {
  const tensor = kept(value);
  return isPlain(value.order)
    ? tensor
    : tf.transpose(tensor, [...value.order!]);
}

/** A value as a tensor whose axes are kept in an order. */
export function inOrder(value: Value, order: readonly number[]): Tensor {
  const own = value.order ?? order.map((_, i) => i);
  if (order.every((axis, i) => axis === own[i])) return kept(value);
  const from = inverse(order).map((axis) => own[axis]!);
  return tf.transpose(kept(value), from);
}

/** Reorders axes: the result's axis i is the value's axis `axes[i]`. */
export function transposed(value: Value, axes: readonly number[]): Value {
  const rank = shapeOf(value).length;
  const isOrder = axes.length === rank &&
    axes.every((axis) => Number.isInteger(axis) && axis >= 0 && axis < rank) &&
    new Set(axes).size === rank;
  if (!isOrder) {
    throw new SyntaxError(`the axes [${axes}] are no order of ${rank} axes`);
  }
  const order = axes.map((axis) => value.order?.[axis] ?? axis);
  return valueOf(kept(value), order);
}

/**
 * Numbers that must be known, such as a shape.
 *
 * @throws {SyntaxError} If they depend on examples.
 */
export function numbersOf(value: Value | undefined, what: string): number[] {
  if (value?.known) return Array.from(value.known.values);
  throw new SyntaxError(
    value
      ? `${what} depends on the values of examples, which is not read`
      : `${what} is missing`,
  );
}

/** An axis that may be counted from the end. */
export function axisOf(axis: number, rank: number): number {
  const found = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(found) && found >= 0 && found < rank) return found;
  throw new SyntaxError(`axis ${axis} is not there: there are ${rank}`);
}

/** The shape that two shapes broadcast to. */
export function broadcastShape(
  a: readonly number[],
  b: readonly number[],
): number[] {
  const rank = Math.max(a.length, b.length);
  const result = Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1, y = b[i - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new SyntaxError(`shapes [${a}] and [${b}] do not fit together`);
  });
  checkShape(result);
  return result;
}
