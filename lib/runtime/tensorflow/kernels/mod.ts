/**
 * Kernels in place of TensorFlow.js's own on the tensorflow backend.
 *
 * @module
 */
export { add } from "./add.ts";
export { fusedBatchNorm } from "./fused_batch_norm.ts";
export { gatherV2 } from "./gather_v2.ts";
export { identity } from "./identity.ts";
export { matMul } from "./mat_mul.ts";
export { reluGrad } from "./relu_grad.ts";
export { sum } from "./sum.ts";
export { round } from "../../kernels/mod.ts";
