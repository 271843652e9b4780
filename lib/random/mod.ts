/**
 * Random numbers that are functions of a seed and a path, to the bit the same
 * everywhere.
 *
 * @module
 */
export { philox } from "./philox.ts";
export { Purpose, type RandomStream, randomStream } from "./stream.ts";
