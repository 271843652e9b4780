/**
 * Random numbers that are a function of a seed, on the device, and dropout.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { philox } from "../random/philox.ts";
import { show } from "../text/show.ts";
import { currentTensorFlowBackend } from "./state.ts";
import type { Tensor, Tensor1D } from "./tensor.ts";
import { DataType } from "./tensorflow/data_types.ts";

/** The key under which TensorFlow scrambles seeds. */
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29] as const;

/** The numbers are multiples of 1 / RESOLUTION. */
const RESOLUTION = 2 ** 23;

/** What `StatelessRandomUniform` gives, on the host. */
function uniform(
  count: number,
  seed: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const [first = 0, second = 0] = Array.from(seed);
  // Two 64-bit integers in two's complement, low word first.
  const [key0, key1, counter2, counter3] = philox(SCRAMBLE_KEY, [
    first >>> 0,
    first < 0 ? 0xffffffff : 0,
    second >>> 0,
    second < 0 ? 0xffffffff : 0,
  ]);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 4) {
    const block = philox([key0, key1], [i / 4, 0, counter2, counter3]);
    for (let j = 0; j < 4 && i + j < count; j++) {
      values[i + j] = (block[j]! & (RESOLUTION - 1)) / RESOLUTION;
    }
  }
  return values;
}

/**
 * Random numbers, uniform in [0, 1), that depend on a seed and a shape only.
 *
 * They are TensorFlow's `StatelessRandomUniform`, the same to the bit on every
 * backend: multiples of 2⁻²³ from Philox 4×32-10. In a compiled function the seed
 * is an input like any other, so that each call draws anew; a float64 function
 * gets the same float32 numbers, and one compiled with `jit` others (XLA has a
 * conversion of its own). Different seeds give independent numbers. The caller
 * disposes the result.
 *
 * @param shape The shape of the result.
 * @param seed int32, `[2]`: any two integers.
 * @throws {TypeError} If seed is not an int32 tensor of shape [2].
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "./initialize.ts";
 * import { randomUniform } from "./random_uniform.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const numbers = randomUniform([3], tf.tensor1d([1, 2], "int32"));
 * deepStrictEqual(
 *   [...numbers.dataSync()],
 *   [7080492, 1610993, 8356926].map((n) => n / 2 ** 23),
 * );
 * ```
 *
 * Reference: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011.
 */
export function randomUniform(
  shape: readonly number[],
  seed: Tensor1D,
): Tensor {
  if (seed.dtype !== "int32" || seed.rank !== 1 || seed.size !== 2) {
    throw new TypeError(
      `seed must be an int32 tensor of shape [2], got ${seed.dtype} of shape [${seed.shape}]`,
    );
  }
  const native = currentTensorFlowBackend();
  if (native === undefined) {
    const values = uniform(tf.util.sizeFromShape([...shape]), seed.dataSync());
    return tf.tensor(values, [...shape]);
  }
  return tf.tidy(() => {
    const sizes = tf.tensor1d([...shape], "int32");
    const type = (name: string, value: number) => ({ name, type: 4, value });
    return native.backend.executeMultipleOutputs(
      "StatelessRandomUniform",
      [
        type("T", DataType.int32),
        type("Tseed", DataType.int32),
        type("dtype", DataType.float32),
      ],
      [sizes, seed],
      1,
    )[0]!;
  });
}

/**
 * Sets a share of the values to zero and scales the others by 1 / (1 − rate)
 * (inverted dropout), so that the mean stays.
 *
 * The mask is a function of seed and shape: the same seed gives the same mask, on
 * every backend and in every precision. The caller disposes the result.
 *
 * @param x The values.
 * @param rate The share, in [0, 1).
 * @param seed int32, `[2]`, as {@linkcode randomUniform} takes it.
 * @returns A tensor of the shape of x.
 * @throws {RangeError} If rate is out of range.
 * @throws {TypeError} If seed is not an int32 tensor of shape [2].
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "./initialize.ts";
 * import { dropout } from "./random_uniform.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const seed = tf.tensor1d([1, 2], "int32");
 * // The first three random numbers of this seed are .84, .19 and .996.
 * deepStrictEqual([...dropout(tf.ones([3]), 0.5, seed).dataSync()], [2, 0, 2]);
 * ```
 *
 * Reference: N. Srivastava et al., "Dropout: a simple way to prevent neural
 * networks from overfitting", JMLR 15, 2014.
 */
export function dropout(
  x: Tensor,
  rate: number,
  seed: Tensor1D,
): Tensor {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`rate must be in [0, 1), got ${show(rate)}`);
  }
  return tf.tidy(() => {
    // In integers, so that no precision rounds the threshold differently.
    const drawn = tf.mul(randomUniform(x.shape, seed), RESOLUTION);
    const kept = tf.greaterEqual(drawn, Math.ceil(rate * RESOLUTION));
    return tf.mul(x, tf.div(tf.cast(kept, "float32"), 1 - rate));
  });
}
