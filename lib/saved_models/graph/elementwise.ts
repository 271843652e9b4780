/**
 * Operations on each number apart.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Constant, GraphNode } from "./graph.ts";
import type { Call, Operation } from "./operation.ts";
import { sizeOf } from "./limits.ts";
import {
  broadcastShape,
  inOrder,
  shapeOf,
  tensorOf,
  type Value,
  valueOf,
} from "./value.ts";

/** A function of one tensor. */
export function unary(
  f: (x: Tensor, node: GraphNode) => Tensor,
): Operation {
  return ({ x, node }) => {
    const plain = x.tensor ? x : { tensor: tensorOf(x) };
    return valueOf(f(plain.tensor!, node), plain.order);
  };
}

/** A tensor of more axes, in an order. */
function lifted(value: Value, order: readonly number[]): Tensor {
  const shape = shapeOf(value);
  if (shape.length === order.length) return inOrder(value, order);
  // A single number fits wherever it is.
  if (sizeOf(shape) === 1) return tf.reshape(tensorOf(value), []);
  const missing = Array(order.length - shape.length).fill(1);
  const whole = tf.reshape(tensorOf(value), [...missing, ...shape]);
  return inOrder({ tensor: whole }, order);
}

/** What integers that are known give, so that shapes stay known. */
function onIntegers(
  f: (a: number, b: number) => number,
  a: Constant,
  b: Constant,
): Value | undefined {
  if (a.shape.length > 1 || b.shape.length > 1) return undefined;
  const shape = broadcastShape(a.shape, b.shape);
  const at = ({ values }: Constant, i: number) =>
    values[values.length === 1 ? 0 : i]!;
  const values = Float64Array.from(
    { length: sizeOf(shape) },
    (_, i) => Math.trunc(f(at(a, i), at(b, i))),
  );
  return { known: { shape, values, isInteger: true } };
}

/** Two values in the same order of axes, for operations that broadcast. */
export function together(a: Value, b: Value): {
  tensors: [Tensor, Tensor];
  order: readonly number[];
} {
  const [from, to] = [shapeOf(a), shapeOf(b)];
  const { length } = broadcastShape(from, to);
  const order = (from.length === length && a.order) ||
    (to.length === length && b.order) ||
    Array.from({ length }, (_, i) => i);
  const tensors: [Tensor, Tensor] = [lifted(a, order), lifted(b, order)];
  return { tensors, order };
}

/** A function of two tensors, and what it does with integers. */
export function binary(
  f: (a: Tensor, b: Tensor) => Tensor,
  integers?: (a: number, b: number) => number,
): Operation {
  return (call) => {
    const [a, b] = pair(call);
    if (integers && a.known?.isInteger && b.known?.isInteger) {
      const known = onIntegers(integers, a.known, b.known);
      if (known) return known;
    }
    const { tensors, order } = together(a, b);
    return valueOf(f(...tensors), order);
  };
}

/** A function of any number of tensors. */
export function nary(
  f: (a: Tensor, b: Tensor) => Tensor,
  finish: (sum: Tensor, count: number) => Tensor = (x) => x,
): Operation {
  return ({ inputs }) => {
    let all = inputs[0]!;
    for (const next of inputs.slice(1)) {
      const { tensors, order } = together(all, next!);
      all = valueOf(f(...tensors), order);
    }
    return valueOf(
      finish(all.tensor ?? tensorOf(all), inputs.length),
      all.order,
    );
  };
}

/** Both inputs. */
export function pair({ x, inputs }: Call): [Value, Value] {
  const [, b] = inputs;
  if (b === undefined) throw new SyntaxError("its second input is missing");
  return [x, b];
}

/** The error function's normal distribution: x·Φ(x). */
export function gelu(x: Tensor): Tensor {
  return tf.mul(
    tf.mul(x, 0.5),
    tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1),
  );
}

/** The approximation of {@linkcode gelu} by tanh. */
export function geluByTanh(x: Tensor): Tensor {
  const cubic = tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715));
  const inner = tf.tanh(tf.mul(cubic, Math.sqrt(2 / Math.PI)));
  return tf.mul(tf.mul(x, 0.5), tf.add(inner, 1));
}

/** x where it lies between two numbers, as rectifiers, whose kinks can be frozen. */
export function clipped(x: Tensor, least: number, most: number): Tensor {
  if (least === 0 && most === 6) return tf.relu6(x);
  if (most === Infinity && least === -Infinity) return x;
  if (most === Infinity) {
    return least === 0 ? tf.relu(x) : tf.add(tf.relu(tf.sub(x, least)), least);
  }
  if (least === -Infinity) return tf.sub(most, tf.relu(tf.sub(most, x)));
  const above = tf.add(tf.relu(tf.sub(x, least)), least);
  return tf.sub(most, tf.relu(tf.sub(most, above)));
}

/** Functions that both frameworks have, by names of this table. */
export const functions = {
  abs: unary((x) => tf.abs(x)),
  elu: unary((x) => tf.elu(x)),
  erf: unary((x) => tf.erf(x)),
  exp: unary((x) => tf.exp(x)),
  log: unary((x) => tf.log(x)),
  neg: unary((x) => tf.neg(x)),
  reciprocal: unary((x) => tf.reciprocal(x)),
  relu: unary((x) => tf.relu(x)),
  selu: unary((x) => tf.selu(x)),
  sigmoid: unary((x) => tf.sigmoid(x)),
  softplus: unary((x) => tf.softplus(x)),
  softsign: unary((x) => tf.div(x, tf.add(tf.abs(x), 1))),
  sqrt: unary((x) => tf.sqrt(x)),
  tanh: unary((x) => tf.tanh(x)),
  add: binary((a, b) => tf.add(a, b), (a, b) => a + b),
  sub: binary((a, b) => tf.sub(a, b), (a, b) => a - b),
  mul: binary((a, b) => tf.mul(a, b), (a, b) => a * b),
  div: binary((a, b) => tf.div(a, b), (a, b) => a / b),
  pow: binary((a, b) => tf.pow(a, b)),
  maximum: binary((a, b) => tf.maximum(a, b), Math.max),
  minimum: binary((a, b) => tf.minimum(a, b), Math.min),
} satisfies Record<string, Operation>;
