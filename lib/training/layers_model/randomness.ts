/**
 * What layers of a TensorFlow.js layers model draw at random, from a seed.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { seedOfPlace } from "../../models/layers/dropout.ts";
import { dropout } from "../../runtime/random_uniform.ts";
import type { Tensor, Tensor1D } from "../../runtime/tensor.ts";
import { leafLayers } from "./leaf_layers.ts";

/** What `tf.layers.dropout` and `tf.layers.spatialDropout1d` make. */
interface DropoutLayer {
  name: string;
  rate: number;
  getNoiseShape(input: Tensor): number[] | null | undefined;
  call(inputs: Tensor | Tensor[], settings: { training?: boolean }): Tensor;
}

/** What recurrent cells may have. */
interface Cell {
  dropout?: number;
  recurrentDropout?: number;
  stateful?: boolean;
}

const dropouts = ["Dropout", "SpatialDropout1D"];
const otherNoise = [
  "GaussianNoise",
  "GaussianDropout",
  "AlphaDropout",
  "RandomWidth",
  "RandomHeight",
];

/** The dropout layers of a model that do something. */
export function dropoutLayers(model: tf.LayersModel): DropoutLayer[] {
  return leafLayers(model)
    .filter((layer) => dropouts.includes(layer.getClassName()))
    .map((layer) => layer as unknown as DropoutLayer)
    .filter(({ rate }) => rate > 0 && rate < 1);
}

/** Layers of a model that draw random numbers in ways that no seed decides. */
export function unseededLayers(model: tf.LayersModel): string[] {
  return leafLayers(model).filter((layer) => {
    const { dropout = 0, recurrentDropout = 0 } = layer as Cell;
    return otherNoise.includes(layer.getClassName()) || dropout > 0 ||
      recurrentDropout > 0;
  }).map((layer) => `${layer.name} (${layer.getClassName()})`);
}

/** Does something while dropout layers drop nothing. */
export function withoutDropout<T>(
  layers: readonly DropoutLayer[],
  work: () => T,
): T {
  for (const layer of layers) {
    layer.call = (inputs) => tf.clone([inputs].flat()[0] as Tensor);
  }
  try {
    return work();
  } finally {
    // What the class defines shows again.
    for (const layer of layers) Reflect.deleteProperty(layer, "call");
  }
}

/** Does something while dropout layers draw their masks from a seed. */
export function withSeed<T>(
  layers: readonly DropoutLayer[],
  seed: Tensor1D,
  work: () => T,
): T {
  let place = 0;
  for (const layer of layers) {
    const upstream = layer.call;
    layer.call = function (inputs, settings): Tensor {
      if (!settings?.training) return upstream.call(this, inputs, settings);
      return tf.tidy(() => {
        const [input] = [inputs].flat() as [Tensor];
        const own = seedOfPlace(seed, place++);
        const shape = layer.getNoiseShape(input);
        return shape === null || shape === undefined
          ? dropout(input, layer.rate, own)
          : tf.mul(input, dropout(tf.ones(shape), layer.rate, own));
      });
    };
  }
  try {
    return work();
  } finally {
    // What the class defines shows again.
    for (const layer of layers) Reflect.deleteProperty(layer, "call");
  }
}
