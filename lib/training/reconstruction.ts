/**
 * The objective of autoencoders: to give what they were given.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Network } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Objective } from "./objective.ts";

/**
 * Reconstruction by least squares: loss = mean (output − input)² over examples and
 * values; the loss and the error of an example are its own mean. Labels are not used.
 *
 * @param network A network with as many outputs as inputs.
 * @throws {TypeError} If it has another number of outputs.
 *
 * @example An output of (1, 1) for an input of (1, 3)
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { reconstruction } from "./reconstruction.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = reconstruction(mlp({ inputShape: [2], outputs: 2 }));
 * const parameters = [tf.zeros([2, 2]), tf.ones([2])];
 * const batch = { inputs: tf.tensor2d([[1, 3]]), labels: tf.zeros([1]) };
 * const { loss } = objective.loss(parameters, batch, { training: true });
 * strictEqual(loss.dataSync()[0], 2);
 * tf.dispose([...parameters, batch.inputs, batch.labels, loss]);
 * ```
 */
export function reconstruction(network: Network): Objective {
  const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
  if (size(network.outputShape) !== size(network.inputShape)) {
    throw new TypeError(
      `to reconstruct [${network.inputShape}] a network needs as many outputs, got [${network.outputShape}]`,
    );
  }
  const squares = (output: Tensor, inputs: Tensor) =>
    tf.square(tf.sub(tf.reshape(output, inputs.shape), inputs));
  return {
    spec: { kind: "reconstruction", network: network.spec },
    parameters: network.parameters,
    loss(parameters, { inputs }, mode) {
      const { output, statistics } = network.apply(parameters, inputs, mode);
      return { loss: tf.mean(squares(output, inputs)), statistics };
    },
    evaluate(parameters, { inputs }) {
      const { output } = network.apply(parameters, inputs, { training: false });
      const flat = [inputs.shape[0]!, size(network.inputShape)];
      const losses = tf.mean(tf.reshape(squares(output, inputs), flat), 1);
      return { losses, errors: tf.clone(losses) };
    },
  };
}
