/**
 * Every kind of gradient weight, one line each: what stands here can be made by its
 * factory, read from a spec, and is in the JSON Schema.
 *
 * @module
 */
export * from "./late_decrease.ts";
export * from "./linear_decrease.ts";
export * from "./long_tail_relaxation.ts";
export * from "./random_gradient.ts";
