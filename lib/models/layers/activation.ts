/**
 * Layers without parameters that work value by value, and reshaping.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { LayerFactory } from "../network.ts";

function elementwise(
  f: (x: tf.Tensor) => tf.Tensor,
  layer: () => tf.layers.Layer,
): LayerFactory {
  return (inputShape) => ({
    outputShape: inputShape,
    parameters: [],
    apply: (_, input) => f(input),
    toLayers: (input, place) => place(layer(), input),
  });
}

/** An activation that TensorFlow.js has under its name. */
const named = (activation: "relu" | "tanh" | "sigmoid") => () =>
  tf.layers.activation({ activation });

/** The rectifier max(x, 0). */
export function relu(): LayerFactory {
  return elementwise((x) => tf.relu(x), named("relu"));
}

/**
 * The leaky rectifier: x where x > 0, else slope·x.
 *
 * @param slope Below 0. @default {0.2}
 */
export function leakyRelu(slope = 0.2): LayerFactory {
  return elementwise(
    (x) => tf.leakyRelu(x, slope),
    () => tf.layers.leakyReLU({ alpha: slope }),
  );
}

/** The hyperbolic tangent. */
export function tanh(): LayerFactory {
  return elementwise((x) => tf.tanh(x), named("tanh"));
}

/** The logistic function 1 / (1 + e⁻ˣ). */
export function sigmoid(): LayerFactory {
  return elementwise((x) => tf.sigmoid(x), named("sigmoid"));
}

/** One vector an example. */
export function flatten(): LayerFactory {
  return (inputShape) => {
    const size = inputShape.reduce((product, n) => product * n, 1);
    return {
      outputShape: [size],
      parameters: [],
      apply: (_, input) => tf.reshape(input, [input.shape[0]!, size]),
      // TensorFlow.js refuses to flatten what is flat.
      toLayers: (input, place) =>
        inputShape.length > 1 ? place(tf.layers.flatten(), input) : input,
    };
  };
}

/**
 * Vectors as arrays of a shape.
 *
 * @throws {RangeError} The factory, if the input has another number of values.
 */
export function reshaped(shape: readonly number[]): LayerFactory {
  return (inputShape) => {
    const size = (of: readonly number[]) => of.reduce((a, b) => a * b, 1);
    if (size(inputShape) !== size(shape)) {
      throw new RangeError(
        `[${inputShape}] cannot be made [${shape}]: it has ${
          size(inputShape)
        } values, not ${size(shape)}`,
      );
    }
    return {
      outputShape: [...shape],
      parameters: [],
      apply: (_, input) => tf.reshape(input, [input.shape[0]!, ...shape]),
      toLayers: (input, place) =>
        place(tf.layers.reshape({ targetShape: [...shape] }), input),
    };
  };
}
