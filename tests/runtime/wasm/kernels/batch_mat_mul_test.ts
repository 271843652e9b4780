import * as tf from "@tensorflow/tfjs";
import { assertAgrees, waves } from "../../agreement.ts";
import "../kernel_cases.ts";

Deno.test("BatchMatMul agrees with the cpu backend", async () => {
  for (const batch of [[], [1], [3], [1, 1], [2, 3]]) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        await assertAgrees(() =>
          tf.matMul(
            waves([...batch, ...(transposeA ? [5, 4] : [4, 5])]),
            waves([...batch, ...(transposeB ? [6, 5] : [5, 6])], 1),
            transposeA,
            transposeB,
          )
        );
      }
    }
  }
});

Deno.test("BatchMatMul multiplies integers", () =>
  assertAgrees(
    () =>
      tf.matMul(
        tf.tensor2d([[1, 2], [3, -4]], [2, 2], "int32"),
        tf.tensor2d([[5, 60], [7, 800]], [2, 2], "int32"),
        true,
      ),
    0,
  ));
