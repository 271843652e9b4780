/**
 * What Keras saved and predicted; see tests/golden/keras/make.py.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gunzipSync } from "node:zlib";
import golden from "../../golden/keras/predictions.json" with { type: "json" };

const folder = new URL("../../golden/keras/", import.meta.url);

/** What Keras predicted. */
interface Prediction {
  shape: number[];
  inputs: number[];
  outputs: number[];
  parameters: number;
}

/** By the names of the files, without their endings. */
export const predictions: Record<string, Prediction> = golden.models;

/** The names of the files, without their endings. */
export const fixtureNames: string[] = Object.keys(predictions);

/** The bytes of a file, such as `images_keras3.h5`. */
export async function fixtureBytes(
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await Deno.readFile(new URL(`${file}.gz`, folder));
  return Uint8Array.from(gunzipSync(packed));
}

/** The largest difference of what a model predicts from what Keras did. */
export function largestDifference(
  name: string,
  model: { predict(inputs: tf.Tensor): tf.Tensor | tf.Tensor[] },
): number {
  const { shape, inputs, outputs } = predictions[name]!;
  return tf.tidy(() => {
    const actual = model.predict(tf.tensor(inputs, shape)) as tf.Tensor;
    return Math.max(
      ...[...actual.dataSync()].map((y, i) => Math.abs(y - outputs[i]!)),
    );
  });
}
