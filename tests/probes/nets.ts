/** Small networks and data for the probes' tests. */
import * as tf from "@tensorflow/tfjs";
import { flatten, relu } from "../../lib/models/layers/activation.ts";
import { batchNormalisation } from "../../lib/models/layers/batch_normalisation.ts";
import { convolution } from "../../lib/models/layers/convolution.ts";
import { dense } from "../../lib/models/layers/dense.ts";
import { dropout } from "../../lib/models/layers/dropout.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "../../lib/models/network.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import {
  classification,
  initialValues,
  type Objective,
} from "../../lib/training/objective.ts";
import type { ResidentSplit } from "../../lib/training/resident_data.ts";

export const tanh: LayerFactory = (shape) => ({
  outputShape: shape,
  parameters: [],
  apply: (_, input) => tf.tanh(input),
});

export const maxPool: LayerFactory = ([height, width, channels]) => ({
  outputShape: [height! / 2, width! / 2, channels!],
  parameters: [],
  apply: (_, input) => tf.maxPool(input as tf.Tensor4D, 2, 2, "valid"),
});

function layers(
  inputShape: number[],
  list: (readonly [string, LayerFactory])[],
): Network {
  return network("test", { kind: "test", inputShape }, sequence(list));
}

/** Dense 6–8–3 with an activation. */
export function denseNet(activation: LayerFactory = tanh): Network {
  return layers([6], [
    ["a", dense({ units: 8 })],
    ["", activation],
    ["b", dense({ units: 3 })],
  ]);
}

/** Convolution, activation, pooling, classes, on 6×6 images. */
export function convolutionNet(activation: LayerFactory = relu()): Network {
  return layers([6, 6, 1], [
    [
      "a",
      convolution({ filters: 4, size: 3, bias: (values) => values.fill(0) }),
    ],
    ["", activation],
    ["", maxPool],
    ["", flatten()],
    ["b", dense({ units: 3 })],
  ]);
}

/** Convolution, batch normalisation, dropout, classes, on 6×6 images. */
export function normalisedNet(): Network {
  return layers([6, 6, 1], [
    ["a", convolution({ filters: 4, size: 3 })],
    ["n", batchNormalisation()],
    ["", relu()],
    ["", dropout(0.5)],
    ["", flatten()],
    ["b", dense({ units: 3 })],
  ]);
}

/** A split of normal inputs and classes 0, 1, 2, which the caller disposes. */
export function classes(shape: readonly number[], count = 23): ResidentSplit {
  const size = shape.reduce((product, n) => product * n, 1);
  const random = randomStream(3, Purpose.generatedData);
  const labels = Int32Array.from({ length: count }, () => random.integer(3));
  const inputs = Float32Array.from(
    { length: count * size },
    (_, i) => random.normal() + 0.5 * labels[Math.floor(i / size)]!,
  );
  return {
    count,
    inputs: tf.tensor(inputs, [count, ...shape]),
    labels: tf.tensor1d(labels, "int32"),
  };
}

/** Frees a split. */
export function free({ inputs, labels }: ResidentSplit): void {
  tf.dispose([inputs, labels]);
}

/** An objective with its initial weights and data. */
export function example(net: Network, count?: number): {
  objective: Objective;
  weights: Float32Array[];
  data: ResidentSplit;
} {
  const objective = classification(net);
  const weights = initialValues(objective, 1);
  return { objective, weights, data: classes(net.inputShape, count) };
}
