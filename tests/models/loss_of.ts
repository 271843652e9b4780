/** A loss for any network. */
import * as tf from "@tensorflow/tfjs";
import type { Network } from "../../lib/models/mod.ts";
import {
  classification,
  type Objective,
} from "../../lib/training/objective.ts";

/** The cross-entropy of classes, or what is as good for images: the mean square. */
export function lossOf(network: Network) {
  if (network.outputShape.length === 1) return classification(network).loss;
  return (
    ...[parameters, { inputs }, mode]: Parameters<Objective["loss"]>
  ) => {
    const { output } = network.apply(parameters, inputs, mode);
    return { loss: tf.mean(tf.square(output)) };
  };
}
