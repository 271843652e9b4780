import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { assertAgrees, evaluate } from "../../agreement.ts";
import "../kernel_cases.ts";

Deno.test("ClipByValue keeps NaN and clips infinities", async () => {
  const { values } = await evaluate(
    "wasm",
    () => tf.clipByValue([NaN, -Infinity, -1, 0.5, Infinity], 0, 1),
  );
  deepStrictEqual(values, [NaN, 0, 0, 0.5, 1]);
});

Deno.test("ClipByValue keeps integers", () =>
  assertAgrees(
    () => tf.clipByValue(tf.tensor1d([-5, 2, 9], "int32"), -1, 4),
    0,
  ));
