/**
 * Batch normalisation with running statistics.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { batchNormalisation as normalise } from "../../runtime/batch_normalisation.ts";
import { show } from "../../text/show.ts";
import { constant } from "../initialisers.ts";
import type { LayerFactory, ParameterSpec } from "../network.ts";

/** Options of {@linkcode batchNormalisation}. */
export interface BatchNormalisationOptions {
  /** Added to the variance. @default {1e-5} */
  epsilon?: number;
  /** How much of the running statistics a step keeps, in [0, 1). @default {0.9} */
  momentum?: number;
}

/**
 * (x − mean) / √(variance + ε) · scale + offset per channel: with the batch's
 * statistics in training, with running ones otherwise. A training step moves the
 * running statistics by running ← momentum · running + (1 − momentum) · batch.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * Reference: S. Ioffe, C. Szegedy, 2015, arXiv 1502.03167, algorithms 1 and 2.
 */
export function batchNormalisation(
  options: BatchNormalisationOptions = {},
): LayerFactory {
  const { epsilon = 1e-5, momentum = 0.9 } = options;
  if (!(epsilon > 0)) {
    throw new RangeError(`epsilon must be > 0, got ${show(epsilon)}`);
  }
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`momentum must be in [0, 1), got ${show(momentum)}`);
  }
  return (inputShape) => {
    const channels = inputShape[inputShape.length - 1]!;
    const parameter = (
      name: string,
      role: ParameterSpec["role"],
      value: number,
    ): ParameterSpec => ({
      name,
      shape: [channels],
      role,
      filterAxis: 0,
      initialise: constant(value),
    });
    return {
      outputShape: inputShape,
      parameters: [
        parameter("scale", "scale", 1),
        parameter("offset", "offset", 0),
        parameter("mean", "statistic", 0),
        parameter("variance", "statistic", 1),
      ],
      apply(parameters, input, context) {
        const [scale, offset, runningMean, runningVariance] =
          parameters as tf.Tensor1D[];
        if (!context.training) {
          return tf.batchNorm(
            input as tf.Tensor4D,
            runningMean!,
            runningVariance!,
            offset!,
            scale!,
            epsilon,
          );
        }
        const { output, mean, variance } = normalise(
          input,
          scale!,
          offset!,
          epsilon,
        );
        if (context.batchStatistics) {
          context.statistics.push(mean, variance);
          return output;
        }
        const moved = (running: tf.Tensor, batch: tf.Tensor) =>
          tf.add(tf.mul(running, momentum), tf.mul(batch, 1 - momentum));
        context.statistics.push(
          moved(runningMean!, mean),
          moved(runningVariance!, variance),
        );
        return output;
      },
      toLayers: (input, place) =>
        place(tf.layers.batchNormalization({ epsilon, momentum }), input, 4),
    };
  };
}
