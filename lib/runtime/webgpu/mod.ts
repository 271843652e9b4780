/**
 * TensorFlow.js's WebGPU backend: a GPU without CUDA.
 *
 * @module
 */
export { registerWebgpuBackend } from "./register.ts";
