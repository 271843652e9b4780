import type { Split } from "./dataset.ts";

/**
 * Some examples of a split, in the order of their indices.
 *
 * @param split The examples; left as they are.
 * @param indices The numbers of the examples, from 0; repetitions are allowed.
 * @returns A copy of these examples.
 * @throws {RangeError} If an index is not that of an example.
 *
 * @example
 * ```ts
 * import { takeExamples } from "./take_examples.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const split = {
 *   count: 3,
 *   inputs: Float32Array.of(1, 2, 3, 4, 5, 6),
 *   labels: Int32Array.of(0, 1, 2),
 * };
 * deepStrictEqual(takeExamples(split, [2, 0]), {
 *   count: 2,
 *   inputs: Float32Array.of(5, 6, 1, 2),
 *   labels: Int32Array.of(2, 0),
 * });
 * ```
 */
export function takeExamples(split: Split, indices: ArrayLike<number>): Split {
  const count = indices.length;
  const size = split.inputs.length / split.count;
  const inputs = new Float32Array(count * size);
  const width = split.labels.length / split.count;
  const labels = split.labels instanceof Int32Array
    ? new Int32Array(count * width)
    : new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const index = indices[i]!;
    if (!(index >= 0 && index < split.count && index % 1 === 0)) {
      throw new RangeError(
        `indices must be integers in [0, ${split.count}), got ${index}`,
      );
    }
    inputs.set(
      split.inputs.subarray(index * size, (index + 1) * size),
      i * size,
    );
    labels.set(
      split.labels.subarray(index * width, (index + 1) * width),
      i * width,
    );
  }
  return { count, inputs, labels };
}
