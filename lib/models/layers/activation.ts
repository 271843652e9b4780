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

/**
 * The leaky rectifier: x where x > 0, else slope·x.
 *
 * @param slope Below 0. @default {0.2}
 */
export function leakyRelu(slope = 0.2): LayerFactory {
  return elementwise((x) => tf.leakyRelu(x, slope));
}

/** The hyperbolic tangent. */
export function tanh(): LayerFactory {
  return elementwise((x) => tf.tanh(x));
}

/** The logistic function 1 / (1 + e⁻ˣ). */
export function sigmoid(): LayerFactory {
  return elementwise((x) => tf.sigmoid(x));
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
    };
  };
}
