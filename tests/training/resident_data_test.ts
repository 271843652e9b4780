import { deepStrictEqual, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { augment, augmentationPlan } from "../../lib/datasets/augmentation.ts";
import {
  cropAndFlip,
  gather,
  mirror,
  residentData,
} from "../../lib/training/resident_data.ts";
import { drawnBatch } from "../../lib/training/batch_gradients.ts";
import { drawer } from "../../lib/training/draw.ts";
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

tensorflowTest("images and label maps are mirrored where told", () => {
  const images = tf.tensor4d([1, 10, 2, 20, 3, 30, 4, 40], [2, 1, 2, 2]);
  const maps = tf.tensor3d([1, 2, 3, 4], [2, 1, 2], "int32");
  const flip = tf.tensor1d([0, 1], "int32");
  const [image, map] = tf.tidy(
    () => [mirror(images, flip), mirror(maps, flip)],
  );
  deepStrictEqual([...image.dataSync()], [1, 10, 2, 20, 4, 40, 3, 30]);
  deepStrictEqual([...map.dataSync()], [1, 2, 4, 3]);
  strictEqual(map.dtype, "int32");
  tf.dispose([images, maps, flip, image, map]);
});

tensorflowTest("a label map is drawn as its image is, whole", () => {
  const [count, height, width] = [12, 2, 3];
  const size = height * width;
  // The label of a pixel is the pixel: what is done to one must be done to the other.
  const pixels = Array.from({ length: count * size }, (_, i) => i);
  const inputs = tf.tensor4d(pixels, [count, height, width, 1]);
  const labels = tf.tensor3d(pixels, [count, height, width], "int32");
  const draws = drawer({ seed: 3, count, batchSize: count, augment: true });
  const draw = tf.tensor1d(draws.at(0), "int32");
  const [images, maps] = tf.tidy(() => {
    const { batch } = drawnBatch({ inputs, labels }, draw, count, true);
    return [batch.inputs, batch.labels];
  });
  const drawn = [...images.dataSync()];
  deepStrictEqual([...maps.dataSync()], drawn);
  deepStrictEqual(drawn.toSorted((a, b) => a - b), pixels);
  const rows = Array.from(
    { length: count * height },
    (_, i) => drawn.slice(i * width, (i + 1) * width),
  );
  const mirrored = rows.filter(([first, , last]) => first! > last!).length;
  strictEqual(
    mirrored,
    height * draws.at(0).slice(-count).reduce((sum, flip) => sum + flip),
  );
  strictEqual(mirrored > 0 && mirrored < rows.length, true);
  tf.dispose([inputs, labels, draw, images, maps]);
});

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
