import * as tf from "@tensorflow/tfjs";
import { assertAgrees, waves } from "../../agreement.ts";
import { assertGives } from "../kernels/reference.ts";
import { registerWasmBackend } from "../../../../lib/runtime/wasm/mod.ts";

const x = () => tf.tensor2d([[-2, 0, 3], [1e-30, -0, 5]]);
const dy = () => tf.tensor2d([[1, 2, 3], [4, 5, 6]]);

Deno.test("the rectifier passes its gradient on where it is positive", () =>
  assertGives((x, dy) => [tf.grad(tf.relu)(x!, dy!)], [x(), dy()], [
    { shape: [2, 3], values: [0, 0, 3, 4, 0, 6] },
  ]));

Deno.test("what follows the rectifier can be derived twice", () => {
  // f = relu(x)³ has f′ = 3 relu(x)² and f″ = 6 relu(x).
  const f = (x: tf.Tensor) => tf.pow(tf.relu(x), 3);
  const first = tf.grad(f);
  const second = tf.grad((x) => first(x));
  assertGives((x) => [first(x!), second(x!)], [tf.tensor1d([-1, 2, 3])], [
    { shape: [3], values: [0, 12, 27] },
    { shape: [3], values: [0, 12, 18] },
  ]);
});

Deno.test("a rectifier after a convolution and a bias, which TensorFlow fuses", async () => {
  const image = () => waves([2, 6, 5, 3]) as tf.Tensor4D;
  const layer = (filter: tf.Tensor, bias: tf.Tensor) =>
    tf.relu(
      tf.add(tf.conv2d(image(), filter as tf.Tensor4D, 1, "same"), bias),
    );
  for (const index of [0, 1]) {
    const gradient = () =>
      tf.grads(layer)([waves([3, 3, 3, 4], 1), waves([4], 2)])[index]!;
    await assertAgrees(gradient, 1e-5, "tensorflow");
  }
  await tf.setBackend("tensorflow");
});

Deno.test("the gradient is the same on other backends", async () => {
  await registerWasmBackend();
  await assertAgrees(() => tf.grad(tf.relu)(waves([4, 6])), 1e-6, "wasm");
  await tf.setBackend("tensorflow");
});
