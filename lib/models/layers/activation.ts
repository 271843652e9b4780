/**
 * Layers without parameters that work value by value, and reshaping.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { LayerFactory } from "../network.ts";

function elementwise(f: (x: tf.Tensor) => tf.Tensor): LayerFactory {
  return (inputShape) => ({
    outputShape: inputShape,
    parameters: [],
    apply: (_, input) => f(input),
  });
}

/** The rectifier max(x, 0). */
export function relu(): LayerFactory {
  return elementwise((x) => tf.relu(x));
}

/** One vector an example. */
export function flatten(): LayerFactory {
  return (inputShape) => {
    const size = inputShape.reduce((product, n) => product * n, 1);
    return {
      outputShape: [size],
      parameters: [],
      apply: (_, input) => tf.reshape(input, [input.shape[0]!, size]),
    };
  };
}
