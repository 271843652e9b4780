/**
 * Every kind of schedule, one line each: what stands here can be made by its
 * factory, read from a spec, and is in the JSON Schema.
 *
 * @module
 */
export * from "./clamp.ts";
export * from "./constant.ts";
export * from "./cosine.ts";
export * from "./cosine_restarts.ts";
export * from "./cyclic.ts";
export * from "./equal_area.ts";
export * from "./exponential.ts";
export * from "./flat_cosine.ts";
export * from "./gaussian.ts";
export * from "./inverse_square_root.ts";
export * from "./inverse_time.ts";
export * from "./join.ts";
export * from "./k_decay.ts";
export * from "./laplacian.ts";
export * from "./linear.ts";
export * from "./multi_step.ts";
export * from "./noise.ts";
export * from "./normalised_exponential.ts";
export * from "./one_cycle.ts";
export * from "./one_cycle_momentum.ts";
export * from "./per_epoch.ts";
export * from "./per_iteration.ts";
export * from "./piecewise_constant.ts";
export * from "./piecewise_interpolated.ts";
export * from "./polynomial.ts";
export * from "./product.ts";
export * from "./random.ts";
export * from "./rational.ts";
export { repeat, type RepeatOptions } from "./repeat.ts";
export * from "./reverse.ts";
export * from "./scale.ts";
export * from "./sequential.ts";
export * from "./shift.ts";
export * from "./step.ts";
export * from "./stretch.ts";
export * from "./sum.ts";
export * from "./tanh.ts";
export * from "./trapezoid.ts";
export * from "./warm_up.ts";
export * from "./warm_up_stable_decay.ts";
