/**
 * Kernels for more than one backend, and what kernels are made with.
 *
 * @module
 */
export { avgPoolGrad } from "./avg_pool_grad.ts";
export { installGradient } from "./gradient.ts";
export { composedKernel, installKernel, type Kernel } from "./kernel.ts";
export { round } from "./round.ts";
