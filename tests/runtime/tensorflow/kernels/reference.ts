/**
 * Functions on the tensorflow backend beside the same in plain numbers.
 *
 * @module
 */
import { deepStrictEqual, ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  compile,
  type Compiled,
  initialize,
} from "../../../../lib/runtime/mod.ts";

await initialize({ backend: "tensorflow" });

/** A tensor's shape and values. */
export interface Values {
  shape: number[];
  values: ArrayLike<number>;
}

type Function = (...inputs: tf.Tensor[]) => tf.Tensor[];

/** Ways to run a function, and how close to double precision each comes. */
const ways = {
  eager: {
    tolerance: 1e-5,
    run: (f: Function, inputs: tf.Tensor[]) => tf.tidy(() => f(...inputs)),
  },
  compiled: {
    tolerance: 1e-5,
    run: (f: Function, inputs: tf.Tensor[]) => once(compile(f), inputs),
  },
  float64: {
    tolerance: 1e-12,
    run: (f: Function, inputs: tf.Tensor[]) =>
      once(compile(f, { precision: "float64" }), inputs),
  },
};

function once(f: Compiled<Function>, inputs: tf.Tensor[]): tf.Tensor[] {
  const results = f(...inputs);
  f.dispose();
  return results;
}

/**
 * Asserts that a function gives what is expected: operation by operation, compiled,
 * and compiled in double precision, and that it leaves no tensor behind. The inputs
 * are disposed.
 */
export function assertGives(
  f: Function,
  inputs: tf.Tensor[],
  expected: readonly Values[],
): void {
  for (const [name, { run, tolerance }] of Object.entries(ways)) {
    const before = tf.memory().numTensors;
    const results = run(f, inputs);
    results.forEach((result, i) => {
      const { shape, values } = expected[i]!;
      deepStrictEqual(result.shape, shape, name);
      const actual = result.dataSync();
      const scale = Math.max(1, ...Array.from(values, Math.abs));
      for (let at = 0; at < values.length; at++) {
        const error = Math.abs(actual[at]! - values[at]!);
        ok(
          error <= tolerance * scale,
          `${name}: output ${i}[${at}] is ${actual[at]}, expected ${
            values[at]
          }`,
        );
      }
    });
    tf.dispose(results);
    deepStrictEqual(tf.memory().numTensors, before, `${name} leaves tensors`);
  }
  tf.dispose(inputs);
}

/** The values of a tensor that is then disposed, as doubles. */
export function numbersOf(tensor: tf.Tensor): number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}
