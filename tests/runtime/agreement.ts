/**
 * Compares what backends compute.
 *
 * @module
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { registerCpuBackend } from "../../lib/runtime/cpu/mod.ts";

registerCpuBackend();

/** Values in [−1, 1] without a pattern, the same each time. */
export function waves(shape: number[], phase = 0): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const values = Float32Array.from(
    { length: size },
    (_, i) => Math.sin(1 + phase + 2.3 * i + 0.7 * i * i),
  );
  return tf.tensor(values, shape);
}

/** What a function returns on a backend; it must leave no tensor behind. */
export async function evaluate(
  backend: string,
  f: () => tf.Tensor,
): Promise<{ shape: number[]; dtype: string; values: number[] }> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const data = tf.engine().backend.numDataIds();
  const result = tf.tidy(f);
  const values = [...await result.data()];
  result.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  strictEqual(tf.engine().backend.numDataIds(), data, "data left behind");
  return { shape: result.shape, dtype: result.dtype, values };
}

/** Asserts that numbers differ by at most tolerance × the largest of them. */
export function assertClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
): void {
  strictEqual(actual.length, expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(
    0,
    ...actual.map((value, i) => Math.abs(value - expected[i]!)),
  );
  ok(
    worst <= tolerance * scale,
    `differ by ${worst}, allowed ${tolerance * scale}`,
  );
}

/** Asserts that a function gives the same on a backend and on the cpu backend. */
export async function assertAgrees(
  f: () => tf.Tensor,
  tolerance = 1e-5,
  backend = "wasm",
): Promise<void> {
  const actual = await evaluate(backend, f);
  const expected = await evaluate("cpu", f);
  deepStrictEqual(actual.shape, expected.shape);
  strictEqual(actual.dtype, expected.dtype);
  assertClose(actual.values, expected.values, tolerance);
}
