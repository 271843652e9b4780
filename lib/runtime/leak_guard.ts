/**
 * Finds tensors that were forgotten.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { tensorsIn } from "./containers.ts";

/**
 * Runs a function, and throws if it left tensors behind other than those that it
 * returns.
 *
 * @param f The function, or an asynchronous one: then the guard is asynchronous
 * too, and counts what else was made meanwhile.
 * @returns What the function returns.
 * @throws {Error} If tensors were left; the message says how many.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "./initialize.ts";
 * import { leakGuard } from "./leak_guard.ts";
 * import { throws } from "node:assert";
 *
 * await initialize();
 * const sum = () => tf.sum(tf.square([1, 2, 3]));
 * throws(() => leakGuard(sum), /1 tensor was left/);
 * leakGuard(() => tf.tidy(sum)).dispose();
 * ```
 */
export function leakGuard<T>(f: () => T): T {
  const before = tf.memory().numTensors;
  const start = tf.tidy(() => tf.scalar(0).id); // ids count up
  const check = <R>(result: R): R => {
    const returned = tensorsIn(result).filter(({ id }) => id > start);
    const left = tf.memory().numTensors - before - returned.length;
    if (left <= 0) return result;
    throw new Error(
      `${left} tensor${
        left === 1 ? " was" : "s were"
      } left undisposed: dispose what is not returned, or wrap the code in tf.tidy`,
    );
  };
  const result = f();
  return result instanceof Promise ? result.then(check) as T : check(result);
}
