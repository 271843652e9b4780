import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { assertAgrees, evaluate, waves } from "../agreement.ts";
import "../wasm/kernel_cases.ts";

type Images = tf.Tensor4D;

/** The gradient of the sum of all averages. */
function gradient(
  x: Images,
  size: number,
  stride: number,
  pad: "same" | "valid",
) {
  return tf.grad((x) => tf.sum(tf.avgPool(x as Images, size, stride, pad)))(x);
}

Deno.test("AvgPoolGrad divides by the pixels that a window has on the image", async () => {
  // Windows over rows (and columns) {0,1,2}, {2,3} of a 4 × 4 image; TensorFlow
  // pads one row at the end only.
  const { values } = await evaluate(
    "wasm",
    () => gradient(tf.ones([1, 4, 4, 1]) as Images, 3, 2, "same"),
  );
  const byRow = [1 / 3, 1 / 3, 1 / 3 + 1 / 2, 1 / 2];
  const expected = byRow.flatMap((row) => byRow.map((column) => row * column));
  deepStrictEqual(
    values.map((value) => value.toFixed(6)),
    expected.map((value) => value.toFixed(6)),
  );
});

Deno.test("AvgPoolGrad hands out each window's gradient wholly", async () => {
  for (const [size, stride] of [[3, 1], [3, 2], [5, 3], [2, 2]] as const) {
    const { values } = await evaluate(
      "wasm",
      () =>
        tf.sum(gradient(waves([1, 7, 9, 1]) as Images, size, stride, "same")),
    );
    const windows = Math.ceil(7 / stride) * Math.ceil(9 / stride);
    deepStrictEqual(values[0]!.toFixed(4), windows.toFixed(4));
  }
});

Deno.test("AvgPoolGrad agrees with the cpu backend, padded or not", async () => {
  for (const pad of ["valid", "same"] as const) {
    await assertAgrees(() =>
      gradient(waves([2, 7, 9, 3]) as Images, 3, 2, pad)
    );
  }
});
