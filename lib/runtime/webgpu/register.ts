/**
 * Registers TensorFlow.js's WebGPU backend.
 *
 * @module
 */
import { avgPoolGrad, installKernel } from "../kernels/mod.ts";

let registered = false;

/**
 * Makes the backend `"webgpu"` known to TensorFlow.js: the GPU of any vendor,
 * without CUDA. It does not choose the backend; before it is called nothing is
 * loaded. Deno needs no flag for it.
 *
 * Values are read with `await tensor.data()`: a GPU cannot be read synchronously.
 *
 * Differs from TensorFlow.js: the gradient of padded average pooling is corrected.
 *
 * @returns When the backend can be chosen. Calling it again does nothing.
 * @throws {Error} If there is no adapter; the message says what to install.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { registerWebgpuBackend } from "./register.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * if (await navigator.gpu?.requestAdapter()) {
 *   await registerWebgpuBackend();
 *   await tf.setBackend("webgpu");
 *   const product = tf.mul([1, 2, 3], 2);
 *   deepStrictEqual([...await product.data()], [2, 4, 6]);
 * }
 * ```
 */
export async function registerWebgpuBackend(): Promise<void> {
  if (registered) return;
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) {
    throw new Error(
      "WebGPU found no adapter: install the GPU's Vulkan driver (Debian's package mesa-vulkan-drivers has those of Intel and AMD, and a software one), or choose the backend tensorflow or wasm",
    );
  }
  await import("@tensorflow/tfjs-backend-webgpu");
  installKernel("webgpu", avgPoolGrad);
  registered = true;
}
