/**
 * Makes samples of a trained network.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../datasets/dataset.ts";
import { encodePng } from "../figures/encode_png.ts";
import { labelColours } from "../figures/label_colours.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Objective } from "../training/objective.ts";
import type { ResidentData } from "../training/resident_data.ts";
import { testExamples } from "./build.ts";
import type { RunPlan } from "./plan.ts";
import type { Samples } from "./samples.ts";

/** How many test examples are shown. */
const COUNT = 6;

/** The seed whose runs have samples: pictures take space. */
const SEED = 0;

/** What samples are made of. */
export interface SampleOptions {
  /** What was trained. */
  objective: Objective;
  /** Its parameters; none of a run that had ended before. */
  parameters: readonly Tensor[];
  /** The data set, as it is read. */
  dataset: Dataset;
  /** What the network is given of it. */
  data: ResidentData;
}

/** Samples of a run that has just been trained; undefined where it has none. */
export function makeSamples(
  { seed, training }: RunPlan,
  { objective, parameters, dataset, data }: SampleOptions,
): Samples | undefined {
  const test = data.evaluation.test;
  if (
    seed !== SEED || parameters.length === 0 || test === undefined ||
    objective.predict === undefined
  ) return undefined;
  const count = Math.min(COUNT, test.count);
  const shown = tf.tidy(() => {
    const some = tf.slice(test.inputs, 0, count);
    return objective.predict!(parameters, some);
  });
  const output = shown.dataSync();
  shown.dispose();
  const { inputs, labels } = testExamples(training.data, dataset);
  const { shape, labelShape } = dataset;
  const pictures = (values: ArrayLike<number>, size: number, isMap: boolean) =>
    Array.from({ length: count }, (_, i) => {
      const own = Array.prototype.slice.call(values, i * size, (i + 1) * size);
      return png(isMap ? labelColours(own) : own, shape[1]!);
    });
  const isMap = dataset.kind === "segmentation";
  // What has no image for a label is to be made again.
  const truth = labelShape
    ? pictures(labels, sizeOf(labelShape), isMap)
    : pictures(inputs, sizeOf(shape), false);
  return {
    input: pictures(inputs, sizeOf(shape), false),
    truth,
    output: pictures(output, output.length / count, isMap),
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Red, green and blue in [0, 1] as a PNG file in base64. */
function png(colours: ArrayLike<number>, width: number): string {
  const pixels = new Uint8Array(colours.length / 3 * 4).fill(255);
  for (let i = 0; i < colours.length; i++) {
    const value = Math.min(Math.max(colours[i]!, 0), 1);
    pixels[4 * Math.floor(i / 3) + i % 3] = Math.round(255 * value);
  }
  return encodePng(pixels, width).toBase64();
}
