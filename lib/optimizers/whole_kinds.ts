/**
 * Every kind of optimizer that looks at all parameters at once: what stands here can
 * be made by its factory, read from a spec, and is in the JSON Schema.
 *
 * @module
 */
export { coinBetting } from "./coin_betting.ts";
export { dAdaptation } from "./d_adaptation.ts";
export {
  distanceOverGradients,
  layerwiseDistanceOverGradients,
} from "./distance_over_gradients.ts";
export { l4 } from "./l4.ts";
export { mechanic } from "./mechanic.ts";
export { momo } from "./momo.ts";
export { prodigy } from "./prodigy.ts";
export { scheduleFree, scheduleFreeAdam } from "./schedule_free.ts";
