/**
 * Networks as layers models, to be saved in the formats of TensorFlow.js and Keras.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Network } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { LayersModel } from "../training/layers_model.ts";

/**
 * A network as a layers model of the same outputs (logits); it is not compiled.
 *
 * In training it is not the same: it drops other values than the network does, and its
 * layers are initialised as TensorFlow.js does.
 *
 * @param network One whose layers TensorFlow.js has.
 * @param parameters Its parameters, in order; they are copied.
 * @returns The model; `dispose` frees it.
 * @throws {RangeError} If TensorFlow.js has not all of its layers.
 *
 * @example
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { layersModelOf } from "./layers_model_of.ts";
 * import * as tf from "@tensorflow/tfjs";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const network = mlp({ inputShape: [1], outputs: 1 });
 * const parameters = [tf.tensor2d([[2]]), tf.tensor1d([1])];
 * const model = layersModelOf(network, parameters);
 * const output = model.predict(tf.tensor2d([[3]])) as tf.Tensor;
 * strictEqual(output.dataSync()[0], 7);
 * model.dispose();
 * ```
 */
export function layersModelOf(
  network: Network,
  parameters: readonly Tensor[],
): LayersModel {
  const { name, inputShape, toLayers } = network;
  if (toLayers === undefined) {
    throw new RangeError(
      `${name} has layers that TensorFlow.js has not: save it as .safetensors`,
    );
  }
  const weights: [tf.layers.Layer, readonly Tensor[]][] = [];
  let next = 0;
  const inputs = tf.input({ shape: [...inputShape] });
  const outputs = toLayers(inputs, (layer, input, count = 0) => {
    weights.push([layer, parameters.slice(next, next += count)]);
    return layer.apply(input) as tf.SymbolicTensor;
  });
  const model = tf.model({ inputs, outputs, name: network.spec.kind });
  for (const [layer, own] of weights) layer.setWeights([...own]);
  return model;
}
