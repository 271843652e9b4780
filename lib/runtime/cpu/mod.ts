/**
 * TensorFlow.js's backend in plain JavaScript: slow, and right.
 *
 * @module
 */
export { registerCpuBackend } from "./register.ts";
