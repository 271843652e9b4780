/**
 * ONNX's operations on each number apart.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { numberAt, textAt } from "../graph/attributes.ts";
import {
  clipped,
  functions,
  gelu,
  geluByTanh,
  nary,
  together,
  unary,
} from "../graph/elementwise.ts";
import type { Operation } from "../graph/operation.ts";
import { numbersOf, tensorOf, type Value, valueOf } from "../graph/value.ts";

/** Numbers of types that are float; the others are whole. */
const floats = new Set([1, 10, 11, 16]);

/** A bound of `Clip`: an input, or an attribute of older versions. */
function bound(value: Value | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  const [number = byDefault] = numbersOf(value, "a bound");
  return number;
}

const hardSigmoid = (x: tf.Tensor, alpha: number, beta: number) =>
  clipped(tf.add(tf.mul(x, alpha), beta), 0, 1);

/** They, by their names. */
export const elementwiseOperations: Readonly<Record<string, Operation>> = {
  Abs: functions.abs,
  Add: functions.add,
  Cast({ x, node }) {
    const to = numberAt(node, "to");
    if (to === 9) return valueOf(tf.cast(tensorOf(x), "bool"));
    const isFloat = floats.has(to);
    if (x.known) {
      const values = isFloat
        ? Float32Array.from(x.known.values)
        : Float64Array.from(x.known.values, Math.trunc);
      return { known: { ...x.known, values, isInteger: !isFloat } };
    }
    const tensor = tf.cast(x.tensor!, isFloat ? "float32" : "int32");
    return valueOf(tensor, x.order);
  },
  Clip(call) {
    const { inputs: [, min, max], node } = call;
    const least = bound(min, numberAt(node, "min", -3.4028234663852886e38));
    const most = bound(max, numberAt(node, "max", 3.4028234663852886e38));
    const open = (limit: number) =>
      Math.abs(limit) > 3e38 ? Math.sign(limit) * Infinity : limit;
    return unary((x) => clipped(x, open(least), open(most)))(call);
  },
  Div: functions.div,
  Elu: unary((x, node) => {
    const alpha = numberAt(node, "alpha", 1);
    if (alpha === 1) return tf.elu(x);
    return tf.add(
      tf.relu(x),
      tf.mul(alpha, tf.elu(tf.neg(tf.relu(tf.neg(x))))),
    );
  }),
  Erf: functions.erf,
  Exp: functions.exp,
  Gelu: unary((x, node) =>
    textAt(node, "approximate", "none") === "tanh" ? geluByTanh(x) : gelu(x)
  ),
  HardSigmoid: unary((x, node) =>
    hardSigmoid(x, numberAt(node, "alpha", 0.2), numberAt(node, "beta", 0.5))
  ),
  HardSwish: unary((x) => tf.mul(x, hardSigmoid(x, 1 / 6, 0.5))),
  LeakyRelu: unary((x, node) => tf.leakyRelu(x, numberAt(node, "alpha", 0.01))),
  Log: functions.log,
  Max: nary((a, b) => tf.maximum(a, b)),
  Mean: nary((a, b) => tf.add(a, b), (sum, count) => tf.div(sum, count)),
  Min: nary((a, b) => tf.minimum(a, b)),
  Mish: unary((x) => tf.mul(x, tf.tanh(tf.softplus(x)))),
  Mul: functions.mul,
  Neg: functions.neg,
  PRelu({ x, inputs }) {
    const { tensors, order } = together(x, inputs[1]!);
    return valueOf(tf.prelu(...tensors), order);
  },
  Pow: functions.pow,
  Reciprocal: functions.reciprocal,
  Relu: functions.relu,
  Selu: unary((x, node) => {
    const alpha = numberAt(node, "alpha", 1.6732631921768188);
    const gamma = numberAt(node, "gamma", 1.0507010221481323);
    const below = tf.mul(alpha, tf.elu(tf.neg(tf.relu(tf.neg(x)))));
    return tf.mul(gamma, tf.add(tf.relu(x), below));
  }),
  Sigmoid: functions.sigmoid,
  Softplus: functions.softplus,
  Softsign: functions.softsign,
  Sqrt: functions.sqrt,
  Sub: functions.sub,
  Sum: nary((a, b) => tf.add(a, b)),
  Swish: unary((x, node) =>
    tf.mul(x, tf.sigmoid(tf.mul(x, numberAt(node, "alpha", 1))))
  ),
  Tanh: functions.tanh,
};
