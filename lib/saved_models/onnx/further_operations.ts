/**
 * ONNX's operations that few models have.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { flagAt, integerAt, numberAt, textAt } from "../graph/attributes.ts";
import { unary } from "../graph/elementwise.ts";
import {
  argMax,
  choice,
  cumulated,
  einsum,
  respondingLocally,
  steps,
  tiled,
} from "../graph/further.ts";
import type { Operation } from "../graph/operation.ts";
import { numbersOf } from "../graph/value.ts";

/** They, by their names. */
export const furtherOperations: Readonly<Record<string, Operation>> = {
  And: steps.and,
  ArgMax: ({ x, node }) =>
    argMax(x, integerAt(node, "axis", 0), flagAt(node, "keepdims", true)),
  Ceil: steps.ceil,
  Celu: unary((x, node) => {
    const alpha = numberAt(node, "alpha", 1);
    const below = tf.neg(tf.relu(tf.neg(x)));
    return tf.add(tf.relu(x), tf.mul(alpha, tf.elu(tf.div(below, alpha))));
  }),
  Cos: steps.cos,
  CumSum: ({ x, inputs, node }) =>
    cumulated(
      x,
      numbersOf(inputs[1], "its axis")[0] ?? 0,
      flagAt(node, "exclusive", false),
      flagAt(node, "reverse", false),
    ),
  Einsum: ({ inputs, node }) => einsum(textAt(node, "equation"), inputs),
  Equal: steps.equal,
  Floor: steps.floor,
  Greater: steps.greater,
  GreaterOrEqual: steps.greaterEqual,
  LRN({ x, node }) {
    const size = integerAt(node, "size");
    const before = Math.floor((size - 1) / 2);
    return respondingLocally(x, 1, [before, size - 1 - before], {
      alpha: numberAt(node, "alpha", 1e-4) / size,
      beta: numberAt(node, "beta", 0.75),
      bias: numberAt(node, "bias", 1),
    });
  },
  Less: steps.less,
  LessOrEqual: steps.lessEqual,
  Not: steps.not,
  Or: steps.or,
  Round: steps.round,
  Sign: steps.sign,
  Sin: steps.sin,
  ThresholdedRelu: unary((x, node) => {
    const isAbove = tf.greater(x, numberAt(node, "alpha", 1));
    return tf.mul(x, tf.cast(isAbove, "float32"));
  }),
  Tile: ({ x, inputs }) => tiled(x, numbersOf(inputs[1], "how often")),
  Where: choice,
};
