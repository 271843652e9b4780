/** Linear models of texts: sums of weights that are known. */
import { deepStrictEqual, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  bilstm,
  linearText,
  type ModelSpec,
  namedNetwork,
  parseNetwork,
} from "../../lib/models/mod.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const inputShape = [3];

/** The logits of texts where the weight of row r is r for class 0, −r for class 1. */
function logits(bag: boolean, texts: number[][]): number[] {
  const network = linearText({ inputShape, vocabulary: 5, bag });
  return tf.tidy(() => {
    const [rows = 0] = network.parameters[0]!.shape;
    const kernel = tf.tensor2d(
      Array.from({ length: rows }, (_, r) => [r, -r]),
    );
    const { output } = network.apply(
      [kernel, tf.tensor1d([0.5, 0])],
      tf.tensor2d(texts),
      { training: true },
    );
    return [...output.dataSync()];
  });
}

tensorflowTest(
  "linearText: a weight a word and place, or a weight a word",
  () => {
    const before = tf.memory().numTensors;
    // At places 0, 1 and 2 word w is row w, 5 + w and 10 + w; padding is none, 9 is word 1.
    deepStrictEqual(logits(false, [[0, 3, 4], [4, 9, 2]]), [
      ...[8 + 14 + 0.5, -22],
      ...[4 + 6 + 12 + 0.5, -22],
    ]);
    deepStrictEqual(logits(true, [[0, 3, 4], [4, 9, 2]]), [7.5, -7, 7.5, -7]);
    deepStrictEqual(logits(true, [[4, 3, 0]]), logits(true, [[0, 3, 4]]));
    strictEqual(tf.memory().numTensors, before, "tensors left behind");
  },
);

Deno.test("networks for texts by their specs", () => {
  const data = { inputShape: [6], classes: 3 };
  for (
    const network of [
      linearText({ ...data, vocabulary: 9, bag: true }),
      bilstm({
        ...data,
        vocabulary: 9,
        embedding: 2,
        units: 2,
        deviation: 0.5,
      }),
    ]
  ) {
    const { inputShape: _, classes: __, ...options } = network.spec;
    const parsed = parseNetwork(options as unknown as ModelSpec, data);
    deepStrictEqual([parsed.name, parsed.spec], [network.name, network.spec]);
    strictEqual(namedNetwork(network.spec).name, network.name);
  }
  throws(() => linearText({ inputShape: [4, 4, 1] }), /sequences \[length\]/);
  throws(() => linearText({ inputShape, vocabulary: 0 }), /vocabulary must be/);
});
