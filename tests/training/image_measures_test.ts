/** Measures of images against scikit-image, numpy and scikit-learn. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { meanIntersectionOverUnion } from "../../lib/training/confusion.ts";
import {
  histogramDistance,
  structuralSimilarity,
} from "../../lib/training/image_measures.ts";
import golden from "../golden/image_measures.json" with { type: "json" };
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const { side, pairs, segmentation } = golden;

/** All first or all second images of the pairs. */
function images(which: "x" | "y"): tf.Tensor {
  const values = pairs.flatMap((pair) => [
    ...Float32Array.from(Uint8Array.fromHex(pair[which]), (b) => b / 255),
  ]);
  return tf.tensor4d(values, [pairs.length, side, side, 3]);
}

/** Asserts what a measure makes of the pairs. */
function assertMeasure(
  measure: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  expected: number[],
  tolerance: number,
) {
  const before = tf.memory().numTensors;
  const x = images("x"), y = images("y");
  for (const [a, b] of [[x, y], [y, x]] as const) {
    const result = measure(a, b);
    const values = [...result.dataSync()];
    result.dispose();
    values.forEach((value, i) =>
      ok(
        Math.abs(value - expected[i]!) < tolerance,
        `pair ${i}: ${value}, not ${expected[i]}`,
      )
    );
  }
  tf.dispose([x, y]);
  strictEqual(tf.memory().numTensors, before);
}

tensorflowTest("structuralSimilarity: as scikit-image's", () => {
  assertMeasure(
    structuralSimilarity,
    pairs.map(({ similarity }) => similarity),
    5e-5, // in windows of one colour, variances are rounding
  );
});

tensorflowTest("histogramDistance: as by numpy's histograms", () => {
  assertMeasure(histogramDistance, pairs.map(({ distance }) => distance), 1e-6);
});

tensorflowTest("image measures: equal images", () => {
  const x = images("x");
  const [same, distance] = [
    structuralSimilarity(x, x),
    histogramDistance(x, x),
  ];
  ok(same.dataSync().every((value) => Math.abs(value - 1) < 1e-5));
  ok(distance.dataSync().every((value) => Math.abs(value) < 1e-6));
  tf.dispose([x, same, distance]);
});

Deno.test("meanIntersectionOverUnion: as scikit-learn's", () => {
  const { classes } = segmentation;
  const truth = Uint8Array.fromHex(segmentation.truth);
  const found = Uint8Array.fromHex(segmentation.found);
  const confusion = new Float64Array(classes * classes);
  truth.forEach((label, i) => {
    if (label !== 255) confusion[label * classes + found[i]!]!++;
  });
  deepStrictEqual([...confusion], JSON.parse(segmentation.confusion));
  const mean = meanIntersectionOverUnion(confusion, classes);
  ok(Math.abs(mean - segmentation.meanIntersectionOverUnion) < 1e-12);
});

Deno.test("meanIntersectionOverUnion: nothing, all right, all wrong", () => {
  strictEqual(meanIntersectionOverUnion([0, 0, 0, 0], 2), NaN);
  strictEqual(meanIntersectionOverUnion([5, 0, 0, 7], 2), 1);
  strictEqual(meanIntersectionOverUnion([0, 5, 7, 0], 2), 0);
});
