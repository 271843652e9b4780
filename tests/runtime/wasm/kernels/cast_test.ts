import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { assertAgrees, evaluate } from "../../agreement.ts";
import "../kernel_cases.ts";

const values = [-300, -1, -0.25, 0, 0.25, 3, 256];

Deno.test("Cast agrees with the cpu backend", async () => {
  for (const from of ["float32", "int32", "bool"] as const) {
    for (const to of ["float32", "int32", "bool"] as const) {
      await assertAgrees(() => tf.cast(tf.tensor1d(values, from), to), 0);
    }
  }
});

Deno.test("Cast to bool is whether a number is not 0", async () => {
  const cast = await evaluate(
    "wasm",
    () => tf.cast(tf.tensor1d(values), "bool"),
  );
  deepStrictEqual(cast.values, [1, 1, 1, 0, 1, 1, 1]);
});
