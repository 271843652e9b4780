/**
 * Optimizers: rules that turn gradients into directions, each with coupled or
 * decoupled weight decay.
 *
 * @module
 */
export type { Tensor } from "../runtime/tensor.ts";
export { adam, type AdamOptions } from "./adam.ts";
export {
  type DecayOptions,
  type DirectionRule,
  type Optimizer,
  type StepNumbers,
  update,
} from "./optimizer.ts";
export { rmsprop, type RmspropOptions } from "./rmsprop.ts";
export { momentum, type MomentumOptions, nesterov, sgd } from "./sgd.ts";
