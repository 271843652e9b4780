import { throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { assertAgrees, waves } from "../../agreement.ts";
import "../kernel_cases.ts";

Deno.test("Slice agrees with the cpu backend", async () => {
  await assertAgrees(() => tf.slice(waves([4, 5]), [1, 2], [2, -1]), 0);
  await assertAgrees(() => tf.slice(waves([6]), 2), 0);
});

Deno.test("Slice does not reach beyond the tensor", async () => {
  await tf.setBackend("wasm");
  tf.tidy(() =>
    throws(() => tf.slice(waves([4, 5]), [1, 2], [4, 1]), /Slice/i)
  );
});
