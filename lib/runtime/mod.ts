/**
 * Where tensors run: backends, compiled functions, and what training needs of
 * both.
 *
 * {@linkcode initialize} starts TensorFlow.js's backend `tensorflow`, which calls
 * libtensorflow through its C interface (CPUs and NVIDIA GPUs), or `wasm`,
 * `webgpu` or `cpu`. {@linkcode compile} turns a function over tensors into one
 * native call, in float32, in float64, or with bfloat16 products. The rest works on
 * every backend, tensorflow being the fast one.
 *
 * On a GPU: tensors live on the device; memory is taken as it is needed, up to
 * `memoryFraction` of what there is; `tensorFloat32: false` makes float32 products
 * exact again; {@linkcode memoryReport}, {@linkcode listDevices} and
 * {@linkcode leakGuard} show what goes on, and work on a CPU too.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { compile, initialize } from "./mod.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const mean = compile((x: tf.Tensor) => tf.mean(tf.square(x)));
 * strictEqual(mean(tf.tensor1d([1, 2, 3, 4])).dataSync()[0], 7.5);
 * ```
 *
 * @module
 */
export {
  batchNormalisation,
  type BatchNormalised,
} from "./batch_normalisation.ts";
export {
  compile,
  type Compiled,
  type CompileOptions,
  type Precision,
  type TensorFunction,
} from "./compile.ts";
export { float64 } from "./float64.ts";
export {
  type BackendName,
  backendNames,
  type ContextOptions,
  type Device,
  initialize,
  type RuntimeInfo,
  runtimeInfo,
  type RuntimeOptions,
} from "./initialize.ts";
export { leakGuard } from "./leak_guard.ts";
export { listDevices, type ListedDevice } from "./list_devices.ts";
export { type MemoryReport, memoryReport } from "./memory_report.ts";
export type { GpuMemory } from "./nvidia_memory.ts";
export { randomNormal } from "./random_normal.ts";
export { dropout, randomUniform } from "./random_uniform.ts";
export { softmaxCrossEntropy } from "./softmax_cross_entropy.ts";
export type { ModelLayer, SymbolicTensor, Tensor, Tensor1D } from "./tensor.ts";
