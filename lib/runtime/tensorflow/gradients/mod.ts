/**
 * Gradients in place of TensorFlow.js's own: faster on the tensorflow backend, the
 * same on the others.
 *
 * @module
 */
export { reluGradGradient, reluGradient } from "./relu.ts";
