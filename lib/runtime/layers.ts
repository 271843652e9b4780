/**
 * Lets stock TensorFlow.js layers profit from TensorFlow's fused operations.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { batchNormalisation } from "./batch_normalisation.ts";
import { currentTensorFlowBackend } from "./state.ts";

interface Weight {
  read(): tf.Tensor;
  write(value: tf.Tensor): void;
}

/** What `tf.layers.batchNormalization` makes. */
interface BatchNormalization {
  axis: number;
  momentum: number;
  epsilon: number;
  gamma?: Weight;
  beta?: Weight;
  movingMean: Weight;
  movingVariance: Weight;
  call(
    inputs: tf.Tensor | tf.Tensor[],
    settings: { training?: boolean },
  ): tf.Tensor;
}

/** moving − (1 − momentum) · (moving − value), as TensorFlow.js writes it. */
function move(weight: Weight, value: tf.Tensor, momentum: number): void {
  const moving = weight.read();
  const step = tf.mul(tf.sub(moving, value), 1 - momentum);
  weight.write(tf.sub(moving, step));
}

let accelerated = false;

/**
 * Makes `tf.layers.batchNormalization` in training use
 * {@linkcode batchNormalisation} on the tensorflow backend, with the results that
 * it had: they agree to 1e-5, moving averages included. Layers on other axes than
 * the last, of other ranks than 2 to 4, or without scale or offset are left as
 * they are. Calling it again does nothing.
 */
export function accelerateLayers(): void {
  if (accelerated) return;
  accelerated = true;
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const layer = classNameMap["BatchNormalization"]![0]
    .prototype as unknown as BatchNormalization;
  const upstream = layer.call;
  layer.call = function (inputs, settings): tf.Tensor {
    const { axis, gamma, beta, epsilon, momentum } = this;
    const [x] = [inputs].flat() as [tf.Tensor];
    const applies = settings?.training && currentTensorFlowBackend() &&
      gamma && beta && x.rank >= 2 && x.rank <= 4 &&
      (axis === -1 || axis === x.rank - 1);
    if (!applies) return upstream.call(this, inputs, settings);
    return tf.tidy(() => {
      const { output, mean, variance } = batchNormalisation(
        x,
        gamma.read() as tf.Tensor1D,
        beta.read() as tf.Tensor1D,
        epsilon,
      );
      move(this.movingMean, mean, momentum);
      move(this.movingVariance, variance, momentum);
      return output;
    });
  };
}
