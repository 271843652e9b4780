/**
 * Every kind of optimizer that looks at one parameter at a time: what stands here can be made by its factory, read from a
 * spec, and is in the JSON Schema.
 *
 * @module
 */
export { adadelta } from "./adadelta.ts";
export { adagrad } from "./adagrad.ts";
export { adam, adamw, amsgrad } from "./adam.ts";
export { lamb } from "./lamb.ts";
export { lion } from "./lion.ts";
export { nadam } from "./nadam.ts";
export { kerasRmsprop, rmsprop } from "./rmsprop.ts";
export { momentum, nesterov, sgd } from "./sgd.ts";
