import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { registerCpuBackend } from "../../../lib/runtime/cpu/mod.ts";
import { insertZeros, padOrCrop } from "../../../lib/runtime/wasm/spatial.ts";

registerCpuBackend();

/** Images of one channel, as rows. */
function rows(images: tf.Tensor4D): number[][] {
  return tf.reshape(images, [images.shape[1], images.shape[2]])
    .arraySync() as number[][];
}

Deno.test("insertZeros spaces pixels out, channels kept together", async () => {
  await tf.setBackend("cpu");
  tf.tidy(() => {
    const images = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    deepStrictEqual(rows(insertZeros(images, 2, 3)), [
      [1, 0, 0, 2, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [3, 0, 0, 4, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
    const coloured = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
    deepStrictEqual(
      [...insertZeros(coloured, 1, 2).dataSync()],
      [1, 2, 0, 0, 3, 4, 0, 0],
    );
  });
});

Deno.test("padOrCrop adds zeros at one side and takes away at another", async () => {
  await tf.setBackend("cpu");
  tf.tidy(() => {
    const images = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    const margins = { top: 1, bottom: -1, left: -2, right: 1 };
    deepStrictEqual(rows(padOrCrop(images, margins)), [[0, 0], [3, 0]]);
    deepStrictEqual(
      padOrCrop(images, { top: 0, bottom: 0, left: 0, right: 0 }),
      images,
    );
  });
});
