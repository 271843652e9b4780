/**
 * The weights of a TensorFlow.js layers model as parameters.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec, Role } from "../../models/network.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { leafLayers } from "./leaf_layers.ts";

/** Roles of weights, by the names that layers give them; others are kernels. */
const roles: Readonly<Record<string, Role>> = {
  bias: "bias",
  gamma: "scale",
  beta: "offset",
  moving_mean: "statistic",
  moving_variance: "statistic",
};

/** Which axis of a kernel counts filters. */
function kernelFilterAxis(
  layer: string,
  weight: string,
  shape: readonly number[],
): number | null {
  const rank = shape.length;
  if (weight === "alpha" || rank < 2) return null;
  if (/^Conv[23]DTranspose$/.test(layer)) return rank - 2;
  // A depthwise kernel is [height, width, channels, multiplier].
  if (weight === "depthwise_kernel") return shape[3] === 1 ? 2 : null;
  if (weight === "embeddings") return 0; // a row a word
  return rank - 1;
}

/** A weight of a model: what it is, and where it is kept. */
export interface Weight {
  /** What it is as a parameter of an objective. */
  readonly parameter: ParameterSpec;
  /** Where the model keeps it. */
  readonly variable: tf.LayerVariable;
}

/** The weights of a model, in the order of `model.weights`. */
export function weightsOf(model: tf.LayersModel): Weight[] {
  const layers = new Map(
    leafLayers(model).flatMap((layer) =>
      layer.weights.map(({ id }) => [id, layer.getClassName()])
    ),
  );
  const trained = new Set(model.trainableWeights.map(({ id }) => id));
  const names = new Map<string, number>();
  const variables = new Map(model.weights.map((weight) => [weight.id, weight]));
  return [...variables.values()].map((variable) => {
    const { id, originalName } = variable;
    const shape = variable.shape as number[];
    const count = (names.get(originalName) ?? 0) + 1;
    names.set(originalName, count);
    const kind = originalName.slice(originalName.lastIndexOf("/") + 1);
    const role = trained.has(id) ? roles[kind] ?? "kernel" : "statistic";
    return {
      variable,
      parameter: {
        name: count === 1 ? originalName : `${originalName}:${count}`,
        shape,
        role,
        filterAxis: kind in roles
          ? shape.length === 1 ? 0 : null
          : kernelFilterAxis(layers.get(id) ?? "", kind, shape),
        initialise: (values) => values.set(variable.read().dataSync()),
      },
    };
  });
}

/**
 * Does something while a model has other weights.
 *
 * @param values In the order of the weights.
 * @param work What is done. It is given a function that returns the statistics so
 * far, those that the model wrote or else the given ones, as new tensors.
 */
export function withValues<T>(
  weights: readonly Weight[],
  values: readonly Tensor[],
  work: (statistics: () => Tensor[]) => T,
): T {
  const written = new Map<number, Tensor>();
  weights.forEach(({ variable }, i) => {
    variable.read = () => written.get(i) ?? values[i]!;
    variable.write = (value) => {
      const kept = tf.keep(tf.clone(value)); // it outlives the layer's scope
      written.get(i)?.dispose();
      written.set(i, kept);
      return variable;
    };
  });
  const statistics = () =>
    weights.flatMap(({ variable, parameter: { role } }) =>
      role === "statistic" ? tf.clone(variable.read()) : []
    );
  try {
    return work(statistics);
  } finally {
    for (const value of written.values()) value.dispose();
    for (const { variable } of weights) {
      // What the class defines shows again.
      Reflect.deleteProperty(variable, "read");
      Reflect.deleteProperty(variable, "write");
    }
  }
}
