import { deepStrictEqual, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { evaluator } from "../../lib/training/evaluate.ts";
import { regression } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const count = 7;
const split = {
  count,
  inputs: Float32Array.from({ length: count }, (_, i) => i),
  labels: new Float32Array(count),
};

tensorflowTest(
  "means over a split, in chunks that do not divide it",
  async () => {
    const data = residentData({
      name: "line",
      shape: [1],
      train: split,
      evaluation: { all: split },
    });
    const evaluation = evaluator(
      regression(mlp({ inputShape: [1], outputs: 1 })),
      3,
    );
    const parameters = [tf.tensor2d([[1]]), tf.tensor1d([0])];
    const doubled = [tf.tensor2d([[2]]), tf.tensor1d([0])];
    // The mean of i² over 0 … 6 is 13.
    deepStrictEqual(
      await evaluation.evaluateAll([parameters, doubled], data.evaluation),
      [{ all: { loss: 6.5, error: 13 } }, { all: { loss: 26, error: 52 } }],
    );
    let turns = 0;
    const controller = new AbortController();
    strictEqual(
      await evaluation.evaluateAll([parameters], data.evaluation, {
        signal: controller.signal,
        breathe() {
          if (++turns === 2) controller.abort();
          return Promise.resolve();
        },
      }),
      undefined,
    );
    strictEqual(turns, 2);
    tf.dispose([parameters, doubled]);
    evaluation.dispose();
    data.dispose();
  },
);
