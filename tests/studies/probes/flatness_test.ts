/** The probe of trained weights where gradients give no direction. */
import { deepStrictEqual, ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../../lib/models/mlp.ts";
import { flatness } from "../../../lib/studies/probes/flatness.ts";
import { classification } from "../../../lib/training/objective.ts";
import { tensorTest } from "../../support/tensor_test.ts";

/** What is found of a classifier of the sign of one number, its logits ±scale·x. */
async function found(scale: number) {
  const objective = classification(mlp({ inputShape: [1], outputs: 2 }));
  const inputs = tf.tensor2d([[1], [-1], [2], [-2]]);
  const labels = tf.tensor1d([0, 1, 0, 1], "int32");
  const split = { count: 4, inputs, labels };
  const weights = (size: number) =>
    Promise.resolve([Float32Array.of(size, -size), Float32Array.of(0, 0)]);
  try {
    return await flatness(
      {
        kind: "flatness",
        peakStep: 1,
        course: [0, 2],
        examples: 4,
        weightPath: [0, 1],
        inputNoise: { alphas: [0, 1], draws: 1 },
        neighbourPaths: { alphas: [0, 1], draws: 1 },
        directions: {
          count: 2,
          lengths: [1],
          shares: [0.5],
          foolingLengths: [0.1, 1],
        },
        plane: 0,
      },
      {
        objective,
        data: {
          name: "signs",
          train: split,
          evaluation: {
            validation: {
              count: 12,
              inputs: tf.tensor2d([...Array(12).keys()], [12, 1]),
              labels: tf.zeros([12], "int32"),
            },
          },
          dispose() {},
        },
        seed: 1,
        steps: 2,
        weightsAt: (step) => weights([0.5, 0.7, scale][step]!),
      },
      {},
    );
  } finally {
    tf.dispose([inputs, labels]);
  }
}

tensorTest(
  "a gradient of 0 gives no fooling direction, and no rise",
  async () => {
    const { fooling, "relative flatness": flat } = await tidied(() =>
      found(1e3)
    );
    deepStrictEqual(fooling, [0, 0, 0, 0]);
    deepStrictEqual(flat, [0]);
  },
);

tensorTest("where the loss overflows nothing ends the probe", async () => {
  const { fooling, loss } = await tidied(() => found(3e38));
  ok(!Number.isFinite(fooling![0]!) || fooling![0]! >= loss![2]!);
});

/** Tensors that are made on the way to a promise, disposed when it is kept. */
async function tidied<T>(body: () => Promise<T>): Promise<T> {
  tf.engine().startScope();
  try {
    return await body();
  } finally {
    tf.engine().endScope();
  }
}
