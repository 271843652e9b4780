/**
 * TensorFlow's operations on each number apart.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { numberAt, textAt } from "../graph/attributes.ts";
import {
  binary,
  functions,
  nary,
  together,
  unary,
} from "../graph/elementwise.ts";
import type { Operation } from "../graph/operation.ts";
import { tensorOf, valueOf } from "../graph/value.ts";
import { isWhole } from "./raw_graph.ts";

const same: Operation = ({ x }) => x;

/** They, by their names. */
export const elementwiseOperations: Readonly<Record<string, Operation>> = {
  Abs: functions.abs,
  Add: functions.add,
  AddN: nary((a, b) => tf.add(a, b)),
  AddV2: functions.add,
  Cast({ x, node }) {
    const to = textAt(node, "DstT");
    const isInteger = isWhole(to);
    if (to === "DT_BOOL") return valueOf(tf.cast(tensorOf(x), "bool"));
    if (x.known) {
      const values = isInteger
        ? Float64Array.from(x.known.values, Math.trunc)
        : Float32Array.from(x.known.values);
      return { known: { ...x.known, values, isInteger } };
    }
    return valueOf(tf.cast(x.tensor!, isInteger ? "int32" : "float32"));
  },
  Div: functions.div,
  DivNoNan: binary((a, b) => tf.divNoNan(a, b)),
  Elu: functions.elu,
  Erf: functions.erf,
  Exp: functions.exp,
  Expm1: unary((x) => tf.expm1(x)),
  Identity: same,
  IdentityN: ({ inputs }) => inputs.map((value) => value!),
  LeakyRelu: unary((x, node) => tf.leakyRelu(x, numberAt(node, "alpha", 0.2))),
  Log: functions.log,
  Log1p: unary((x) => tf.log1p(x)),
  Maximum: functions.maximum,
  Minimum: functions.minimum,
  Mul: functions.mul,
  Neg: functions.neg,
  Pow: functions.pow,
  Prelu({ x, inputs }) {
    const { tensors, order } = together(x, inputs[1]!);
    return valueOf(tf.prelu(...tensors), order);
  },
  PreventGradient: same,
  ReadVariableOp: same,
  RealDiv: functions.div,
  Reciprocal: functions.reciprocal,
  Relu: functions.relu,
  Relu6: unary((x) => tf.relu6(x)),
  Rsqrt: unary((x) => tf.rsqrt(x)),
  Selu: functions.selu,
  Sigmoid: functions.sigmoid,
  Softplus: functions.softplus,
  Softsign: functions.softsign,
  Sqrt: functions.sqrt,
  Square: unary((x) => tf.square(x)),
  SquaredDifference: binary((a, b) => tf.squaredDifference(a, b)),
  StopGradient: same,
  Sub: functions.sub,
  Tanh: functions.tanh,
};
