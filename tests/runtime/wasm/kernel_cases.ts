/**
 * Kernels of the wasm backend to try, and on what.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { registerWasmBackend } from "../../../lib/runtime/wasm/mod.ts";

await registerWasmBackend();

/** Runs one kernel of the backend in use. */
export function runKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: object,
): tf.Tensor {
  return tf.engine().runKernel(name, inputs, { ...attributes }) as tf.Tensor;
}

/** A convolution to try. */
export interface Case {
  inputShape: [number, number, number, number];
  filterSize: [number, number];
  strides: [number, number];
  pad: "same" | "valid" | number;
  dimRoundingMode: "floor" | "ceil";
  channels: number;
}

const size = fc.integer({ min: 1, max: 4 });

/** Convolutions of all kinds whose output has at least one pixel. */
export const convolutions: fc.Arbitrary<Case> = fc.record({
  inputShape: fc.tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 4, max: 9 }),
    fc.integer({ min: 4, max: 9 }),
    fc.integer({ min: 1, max: 3 }),
  ),
  filterSize: fc.tuple(size, size),
  strides: fc.tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
  ),
  pad: fc.constantFrom<Case["pad"]>("same", "valid", 1, 2, 3),
  dimRoundingMode: fc.constantFrom("floor", "ceil"),
  channels: fc.integer({ min: 1, max: 5 }),
});

/** Tries a property on the same 60 cases each time. */
export function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
): Promise<void> {
  return fc.assert(fc.asyncProperty(arbitrary, property), {
    seed: 1,
    numRuns: 60,
  });
}
