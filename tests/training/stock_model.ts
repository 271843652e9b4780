/** A stock model, and its weights as numbers. */
import * as tf from "@tensorflow/tfjs";
import { waves } from "../runtime/agreement.ts";

const { layers } = tf;
export const inputShape = [6, 5, 2];
let count = 0;

/** Values of a tensor, which is freed. */
export function numbers(tensor: tf.Tensor): number[] {
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
}

/** The model's own weights. */
export const weightsOf = (model: tf.LayersModel) =>
  model.weights.map((w) => w.read());

export const contents = (tensors: tf.Tensor[]) =>
  tensors.map((t) => [...t.dataSync()]);

/** Convolution, normalisation, classes; other weights each time. */
export function model(
  { dropout = 0, regulariser, units = 3, activation = "softmax" }: {
    dropout?: number;
    regulariser?: string;
    units?: number;
    activation?: "softmax" | "sigmoid" | "linear";
  } = {},
): tf.LayersModel {
  const phase = ++count;
  const made = tf.sequential({
    layers: [
      layers.conv2d({
        inputShape,
        filters: 3,
        kernelSize: 3,
        ...regulariser === undefined
          ? {}
          : { kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }) },
      }),
      layers.batchNormalization(),
      layers.activation({ activation: "relu" }),
      layers.dropout({ rate: dropout }),
      layers.flatten(),
      layers.dense({ units, activation }),
    ],
  });
  tf.tidy(() =>
    made.setWeights(made.weights.map(({ shape, originalName }, i) => {
      const wave = waves(shape as number[], phase + i);
      return originalName.endsWith("variance")
        ? tf.add(tf.abs(wave), 0.5)
        : wave;
    }))
  );
  return made;
}
