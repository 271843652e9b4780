import { deepStrictEqual, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { augment, augmentationPlan } from "../../lib/datasets/augmentation.ts";
import {
  cropAndFlip,
  gather,
  residentData,
} from "../../lib/training/resident_data.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { shape, smallSplit } from "./small_training.ts";

tensorflowTest(
  "images are cropped and flipped on the device as on the host",
  () => {
    const batchSize = 40;
    const { inputs } = smallSplit(batchSize, 0);
    const plan = augmentationPlan({ seed: 1, step: 2, batchSize });
    const actual = tf.tidy(() =>
      cropAndFlip(
        tf.tensor(inputs, [batchSize, ...shape]),
        tf.tensor1d(plan.top, "int32"),
        tf.tensor1d(plan.left, "int32"),
        tf.tensor1d(plan.flip, "int32"),
      )
    );
    deepStrictEqual(actual.shape, [batchSize, ...shape]);
    deepStrictEqual(actual.dataSync(), augment(inputs, shape, plan));
    actual.dispose();
  },
);

tensorflowTest("a batch is gathered by its indices", () => {
  const split = smallSplit(6, 0);
  const data = residentData({ name: "six", shape, train: split });
  const size = split.inputs.length / 6;
  const indices = tf.tensor1d([4, 1], "int32");
  const batch = gather(data.train.inputs, data.train.labels, indices);
  deepStrictEqual(
    [...batch.inputs.dataSync()],
    [4, 1].flatMap((i) => [...split.inputs.subarray(i * size, (i + 1) * size)]),
  );
  deepStrictEqual([...batch.labels.dataSync()], [1, 1]);
  strictEqual(batch.labels.dtype, "int32");
  tf.dispose([batch.inputs, batch.labels, indices]);
  data.dispose();
});

tensorflowTest("a split that is used twice is on the device once", () => {
  const before = tf.memory().numTensors;
  const split = smallSplit(6, 0);
  const data = residentData({
    name: "six",
    shape,
    train: split,
    evaluation: { train: split, again: split },
  });
  strictEqual(tf.memory().numTensors, before + 2);
  strictEqual(data.evaluation.again, data.train);
  data.dispose();
  strictEqual(tf.memory().numTensors, before);
});
