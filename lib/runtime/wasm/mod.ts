/**
 * TensorFlow.js's WebAssembly backend: needs nothing but npm.
 *
 * @module
 */
export { registerWasmBackend } from "./register.ts";
