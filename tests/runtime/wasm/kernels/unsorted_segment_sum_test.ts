import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { assertAgrees, evaluate, waves } from "../../agreement.ts";
import "../kernel_cases.ts";

Deno.test("UnsortedSegmentSum agrees with the cpu backend", async () => {
  for (const shape of [[6], [6, 3], [6, 2, 4]]) {
    await assertAgrees(() =>
      tf.unsortedSegmentSum(
        waves(shape),
        tf.tensor1d([2, 0, 2, 4, 0, 2], "int32"),
        5,
      )
    );
  }
});

Deno.test("UnsortedSegmentSum leaves out ids out of range and keeps the type", async () => {
  const { values, dtype } = await evaluate("wasm", () =>
    tf.unsortedSegmentSum(
      tf.tensor1d([1, 2, 4, 8, 16], "int32"),
      tf.tensor1d([1, -1, 0, 2, 1], "int32"),
      2,
    ));
  deepStrictEqual({ values, dtype }, { values: [4, 17], dtype: "int32" });
});

Deno.test("the gradient of gather adds up repeated rows", () =>
  assertAgrees(() =>
    tf.grad((table) =>
      tf.sum(
        tf.mul(
          tf.gather(table, tf.tensor1d([3, 1, 3, 3], "int32")),
          waves([4, 2], 1),
        ),
      )
    )(waves([5, 2]))
  ));
