/**
 * Registers TensorFlow.js's WebAssembly backend.
 *
 * @module
 */
import { avgPoolGrad, installKernel } from "../kernels/mod.ts";
import * as kernels from "./kernels/mod.ts";

let registered: Promise<void> | undefined;

async function register(): Promise<void> {
  await import("@tensorflow/tfjs-backend-wasm");
  for (const kernel of [avgPoolGrad, ...Object.values(kernels)]) {
    installKernel("wasm", kernel);
  }
}

/**
 * Makes the backend `"wasm"` known to TensorFlow.js, with the kernels that its npm
 * package lacks or gets wrong. It does not choose the backend; before it is called
 * nothing is loaded.
 *
 * Everything comes from the npm package, nothing from the network. Deno runs the
 * build with SIMD instructions, on one thread: the package's threads need browser
 * workers.
 *
 * @returns When the backend can be chosen. Calling it again does nothing.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { registerWasmBackend } from "./register.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await registerWasmBackend();
 * await tf.setBackend("wasm");
 * // The gradient of f(W) = sum(conv(1, W)) is the number of positions.
 * const gradient = tf.grad((filter) =>
 *   tf.sum(tf.conv2d(tf.ones<tf.Rank.R4>([1, 4, 4, 1]), filter as tf.Tensor4D, 1, "valid"))
 * )(tf.zeros([2, 2, 1, 1]));
 * deepStrictEqual([...gradient.dataSync()], [9, 9, 9, 9]);
 * ```
 */
export function registerWasmBackend(): Promise<void> {
  return registered ??= register();
}
