/**
 * Fully connected layers.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkSize } from "../check.ts";
import { constant, fanInUniform, type Initialiser } from "../initialisers.ts";
import type { LayerFactory } from "../network.ts";

/** Options of {@linkcode dense}. */
export interface DenseOptions {
  /** Number of outputs. */
  units: number;
  /** Initial kernel, by default uniform in ±1/√inputs. */
  kernel?: Initialiser;
  /** Initial bias, by default zero; null for none. */
  bias?: Initialiser | null;
}

/**
 * x · kernel + bias, with a kernel of shape `[inputs, units]`.
 *
 * @throws {RangeError} If units are out of range.
 */
export function dense(options: DenseOptions): LayerFactory {
  const { units, bias = constant(0) } = options;
  checkSize("units", units);
  return (inputShape) => {
    const inputs = inputShape[0]!;
    const kernel = options.kernel ?? fanInUniform(inputs);
    return {
      outputShape: [units],
      parameters: [
        {
          name: "kernel",
          shape: [inputs, units],
          role: "kernel",
          filterAxis: 1,
          initialise: kernel,
        },
        ...bias === null ? [] : [{
          name: "bias",
          shape: [units],
          role: "bias" as const,
          filterAxis: 0,
          initialise: bias,
        }],
      ],
      apply([weights, offset], input) {
        const product = tf.matMul(input as tf.Tensor2D, weights as tf.Tensor2D);
        return offset === undefined ? product : tf.add(product, offset);
      },
      toLayers: (input, place) =>
        place(
          tf.layers.dense({ units, useBias: bias !== null }),
          input,
          bias === null ? 1 : 2,
        ),
    };
  };
}
