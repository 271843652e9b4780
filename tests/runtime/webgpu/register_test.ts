import { rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { registerWebgpuBackend } from "../../../lib/runtime/webgpu/mod.ts";
import { assertAgrees, assertClose, evaluate } from "../agreement.ts";
import { distinct, gradientCases } from "../gradient_cases.ts";

const adapter = await navigator.gpu?.requestAdapter();

Deno.test("registerWebgpuBackend without an adapter says what to do", async () => {
  const { requestAdapter } = navigator.gpu;
  navigator.gpu.requestAdapter = () => Promise.resolve(null);
  try {
    await rejects(registerWebgpuBackend(), /mesa-vulkan-drivers/);
  } finally {
    navigator.gpu.requestAdapter = requestAdapter;
  }
  strictEqual(tf.findBackend("webgpu"), null);
});

Deno.test({
  name: "registerWebgpuBackend gives a backend that computes" +
    (adapter ? "" : " (needs a WebGPU adapter, such as mesa-vulkan-drivers')"),
  ignore: !adapter,
  async fn() {
    await registerWebgpuBackend();
    await registerWebgpuBackend();
    const { values } = await evaluate(
      "webgpu",
      () => tf.matMul([[1, 2], [3, 4]], [[5], [6]]),
    );
    assertClose(values, [17, 39], 0);
  },
});

Deno.test({
  name:
    "webgpu: each window of a padded average pooling hands out its gradient wholly" +
    (adapter ? "" : " (needs a WebGPU adapter)"),
  ignore: !adapter,
  async fn() {
    await registerWebgpuBackend();
    const { values } = await evaluate("webgpu", () => {
      const pool = (x: tf.Tensor) =>
        tf.sum(tf.avgPool(x as tf.Tensor4D, 3, 2, "same"));
      return tf.sum(tf.grad(pool)(tf.ones([1, 7, 9, 1])));
    });
    assertClose(values, [4 * 5], 1e-6);
  },
});

for (const [name, { shape, f }] of Object.entries(gradientCases)) {
  Deno.test({
    name: `webgpu: the gradient of ${name} agrees with the cpu backend's` +
      (adapter ? "" : " (needs a WebGPU adapter)"),
    ignore: !adapter,
    async fn() {
      await registerWebgpuBackend();
      await assertAgrees(
        () => tf.grad((x) => f(x) as tf.Scalar)(distinct(shape)),
        1e-4,
        "webgpu",
      );
    },
  });
}
