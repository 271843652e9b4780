/**
 * Slope's networks as TensorFlow.js layers models, for programs that read those.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Network, NetworkSpec } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { LayersModel } from "../training/layers_model.ts";

type Layer = tf.layers.Layer;

/** Dense layers with ReLU between them; the last gives logits. */
function dense(
  hidden: readonly number[],
  outputs: number,
  dropoutRate: number,
): Layer[] {
  return [
    ...hidden.flatMap((units) => [
      tf.layers.dense({ units, activation: "relu" }),
      ...dropoutRate > 0 ? [tf.layers.dropout({ rate: dropoutRate })] : [],
    ]),
    tf.layers.dense({ units: outputs }),
  ];
}

/** A convolution without padding, and the largest of each 2×2. */
function convolution(filters: number): Layer[] {
  return [
    tf.layers.conv2d({ filters, kernelSize: 5, activation: "relu" }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
  ];
}

const kinds: ReadonlyMap<string, (spec: NetworkSpec) => Layer[]> = new Map([
  ["mlp", (spec: NetworkSpec) => {
    const { hidden = [], outputs } = spec as unknown as {
      hidden?: number[];
      outputs: number;
    };
    const { length } = spec.inputShape;
    return [
      ...length > 1 ? [tf.layers.flatten()] : [],
      ...dense(hidden, outputs, 0),
    ];
  }],
  ["lenet", (spec: NetworkSpec) => {
    const { classes, dropoutRate } = spec as unknown as {
      classes: number;
      dropoutRate: number;
    };
    return [
      ...convolution(6),
      ...convolution(16),
      tf.layers.flatten(),
      ...dense([120, 84], classes, dropoutRate),
    ];
  }],
]);

/** Whether a kind of network can be a layers model. */
export function hasLayersModel(kind: unknown): boolean {
  return typeof kind === "string" && kinds.has(kind);
}

/**
 * A network as a layers model with the same outputs. Only `mlp` and `lenet` are made
 * of nothing but stock layers.
 *
 * @param network The network.
 * @param parameters Its parameters, in order; they stay the caller's.
 * @returns The model, which belongs to the caller.
 * @throws {RangeError} If there is no layers model of that kind.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { layersModelOf } from "./layers_model_of.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const network = mlp({ inputShape: [1], outputs: 1 });
 * const parameters = [tf.tensor2d([[2]]), tf.tensor1d([1])];
 * const model = layersModelOf(network, parameters);
 * const x = tf.tensor2d([[3]]), y = model.predict(x) as tf.Tensor;
 * strictEqual(y.dataSync()[0], 7);
 * tf.dispose([parameters, x, y]);
 * model.dispose();
 * ```
 */
export function layersModelOf(
  network: Network,
  parameters: readonly Tensor[],
): LayersModel {
  const layersOf = kinds.get(network.spec.kind);
  if (layersOf === undefined) {
    throw new RangeError(
      `${network.name} is no layers model: save it as .safetensors`,
    );
  }
  const model = tf.sequential({ name: network.spec.kind });
  model.add(tf.layers.inputLayer({ inputShape: [...network.inputShape] }));
  for (const layer of layersOf(network.spec)) model.add(layer);
  // Kernels and biases are in the same order in both.
  model.setWeights([...parameters]);
  return model;
}
