import { rejects, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { leakGuard } from "../../lib/runtime/leak_guard.ts";
import { tensorTest } from "../support/tensor_test.ts";

for (const backend of ["tensorflow", "cpu"] as const) {
  tensorTest("the guard counts what is left, not what is returned", () => {
    const kept: tf.Tensor[] = [];
    throws(() => leakGuard(() => kept.push(tf.scalar(1), tf.scalar(2))), {
      name: "Error",
      message:
        "2 tensors were left undisposed: dispose what is not returned, or wrap the code in tf.tidy",
    });
    const leaky = () => {
      kept.push(tf.scalar(3), tf.scalar(4));
      return kept.at(-1)!;
    };
    throws(() => leakGuard(leaky), /^Error: 1 tensor was left/);
    tf.dispose(kept);
    const { a, list } = leakGuard(() => ({
      a: tf.scalar(1),
      list: [tf.scalar(2)],
    }));
    tf.dispose([a, ...list]);
    strictEqual(leakGuard(() => tf.tidy(() => tf.scalar(5).dataSync()[0])), 5);
  }, backend);
}

tensorTest(
  "a tensor from before that is returned is not counted as new",
  () => {
    const x = tf.scalar(1);
    const kept: tf.Tensor[] = [];
    strictEqual(leakGuard(() => x), x);
    throws(() =>
      leakGuard(() => {
        kept.push(tf.scalar(2));
        return x;
      }), /1 tensor was left/);
    tf.dispose([x, ...kept]);
  },
);

tensorTest("asynchronous functions and errors pass through", async () => {
  const kept: tf.Tensor[] = [];
  const later = () => new Promise((resolve) => setTimeout(resolve, 1));
  await rejects(
    leakGuard(async () => {
      await later();
      kept.push(tf.scalar(1));
    }),
    /1 tensor was left/,
  );
  const x = await leakGuard(async () => {
    await later();
    return tf.scalar(1);
  });
  throws(() =>
    leakGuard(() => {
      throw new RangeError("its own");
    }), /its own/);
  tf.dispose([x, ...kept]);
});
