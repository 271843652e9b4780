/**
 * Slope: a learning-rate laboratory.
 *
 * Schedules, controllers, optimizers, training on TensorFlow.js with native speed, figures, and
 * the reproduction of five papers. Importing this module starts no backend: call
 * `initialize()` before tensors are made.
 *
 * @example A schedule of k-decay
 * ```ts
 * import { cosine, kDecay } from "./mod.ts";
 * import { strictEqual } from "node:assert";
 *
 * const rate = kDecay({ k: 2, inner: cosine({ from: 0.1, to: 0.001, steps: 1000 }) });
 * strictEqual(rate(0), 0.1);
 * strictEqual(rate(1000), 0.001);
 * strictEqual(rate(500).toFixed(5), "0.08550");
 * ```
 *
 * @module
 */
import { guard } from "./lib/kernel/mod.ts";

export * from "./lib/comparison/mod.ts";
export * from "./lib/controllers/mod.ts";
export * from "./lib/datasets/mod.ts";
export * from "./lib/figures/mod.ts";
export * from "./lib/flatness/mod.ts";
export * from "./lib/gradient_weights/mod.ts";
export {
  interruptSignal,
  type SlopeKernel,
  stopRequested,
} from "./lib/kernel/mod.ts";
export * from "./lib/models/mod.ts";
export * from "./lib/notebook/mod.ts";
export * from "./lib/optimizers/mod.ts";
export * from "./lib/probes/mod.ts";
export { Purpose, randomStream } from "./lib/random/mod.ts";
export * from "./lib/rate_finder/mod.ts";
export * from "./lib/runtime/mod.ts";
export * from "./lib/saved_models/mod.ts";
export * from "./lib/schedules/mod.ts";
export * from "./lib/training/mod.ts";

guard();
