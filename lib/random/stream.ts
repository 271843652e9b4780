/**
 * Streams of random numbers, each named by a seed and a path of integers
 * (purpose, epoch, step, …), so that no stream depends on how far another ran.
 *
 * @module
 */
import { philox } from "./philox.ts";

/** What a stream is for; the first integer of its path. */
export const Purpose = {
  initialisation: 1,
  order: 2,
  augmentation: 3,
  dropout: 4,
  generatedData: 5,
  split: 6,
  schedule: 7,
  scheduleNoise: 8,
  gradientWeight: 9,
  probes: 12,
} as const;

/** A sequence of random numbers that depends only on its seed and path. */
export interface RandomStream {
  /** The next unsigned 32-bit word. */
  word(): number;
  /** The next number, uniform in [0, 1), with 53 random bits. */
  uniform(): number;
  /** The next integer, uniform in [0, below); `below` from 1 to 2³². */
  integer(below: number): number;
  /** The next number of the standard normal distribution. */
  normal(): number;
  /** The integers 0 … count − 1 in random order (Fisher–Yates). */
  permutation(count: number): Int32Array;
}

/**
 * The random stream of a seed and a path.
 *
 * @param seed An integer in [0, 2⁵³).
 * @param path Up to three integers in [0, 2³²), such as a purpose, an epoch and
 * a step; those left out are 0. Different paths give independent streams.
 * @returns A stream of 2³⁴ words, at its start.
 * @throws {RangeError} If seed or path is out of range.
 *
 * @example The same path gives the same numbers
 * ```ts
 * import { Purpose, randomStream } from "./stream.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(
 *   randomStream(7, Purpose.order, 3).permutation(5),
 *   randomStream(7, Purpose.order, 3).permutation(5),
 * );
 * ```
 */
export function randomStream(seed: number, ...path: number[]): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed must be an integer in [0, 2^53), got ${seed}`);
  }
  if (
    path.length > 3 || path.some((p) => !(p >= 0 && p < 2 ** 32 && p % 1 === 0))
  ) {
    throw new RangeError(
      `path must be at most three integers in [0, 2^32), got [${
        path.join(", ")
      }]`,
    );
  }
  const key: [number, number] = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  const [a = 0, b = 0, c = 0] = path;
  let block = 0;
  let words: number[] = [];
  let spare: number | undefined;

  function word(): number {
    if (words.length === 0) words = philox(key, [block++, a, b, c]).reverse();
    return words.pop()!;
  }
  function uniform(): number {
    return ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
  }
  function integer(below: number): number {
    // Words past the largest multiple of `below` are drawn again: no bias.
    const limit = 2 ** 32 - (2 ** 32 % below);
    let w = word();
    while (w >= limit) w = word();
    return w % below;
  }
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
  function permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = integer(i + 1);
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
    return order;
  }
  return { word, uniform, integer, normal, permutation };
}
