/**
 * Every kind of schedule, one line each: what stands here can be made by its
 * factory, read from a spec, and is in the JSON Schema.
 *
 * @module
 */
export * from "./constant.ts";
export * from "./cosine.ts";
export * from "./equal_area.ts";
export * from "./exponential.ts";
export * from "./gaussian.ts";
export * from "./join.ts";
export * from "./k_decay.ts";
export * from "./laplacian.ts";
export * from "./linear.ts";
export * from "./normalised_exponential.ts";
export * from "./per_epoch.ts";
export * from "./polynomial.ts";
export * from "./product.ts";
export * from "./rational.ts";
export * from "./scale.ts";
export * from "./step.ts";
export * from "./trapezoid.ts";
export * from "./warm_up.ts";
