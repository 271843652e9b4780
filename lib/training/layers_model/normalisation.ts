/**
 * The running statistics of a TensorFlow.js layers model.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { leafLayers } from "./leaf_layers.ts";

/** What `tf.layers.batchNormalization` makes. */
interface NormalisationLayer {
  momentum: number;
}

/** The layers of a model that keep running statistics. */
export function normalisationLayers(
  model: tf.LayersModel,
): NormalisationLayer[] {
  return leafLayers(model)
    .filter((layer) => layer.getClassName() === "BatchNormalization")
    .map((layer) => layer as unknown as NormalisationLayer);
}

/** Does something while layers keep a share of their running statistics. */
export function withMomentum<T>(
  layers: readonly NormalisationLayer[],
  momentum: number,
  work: () => T,
): T {
  const before = layers.map((layer) => layer.momentum);
  for (const layer of layers) layer.momentum = momentum;
  try {
    return work();
  } finally {
    layers.forEach((layer, i) => layer.momentum = before[i]!);
  }
}
