/**
 * Puts back the functions of `node:util` that TensorFlow.js 4.22 calls and newer
 * runtimes removed (Node 23, Deno 2.9). Import it before any tfjs-node module.
 *
 * @module
 */
import util from "node:util";

const removed = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isString: (value: unknown) => typeof value === "string",
};

for (const [name, replacement] of Object.entries(removed)) {
  if (!(name in util)) {
    Object.defineProperty(util, name, { value: replacement });
  }
}
