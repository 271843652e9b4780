/**
 * Counter-based random numbers: every number is a function of a key and a
 * position, so any of them can be had again without replaying the others.
 *
 * @module
 */

const MULTIPLIER_0 = 0xD2511F53;
const MULTIPLIER_1 = 0xCD9E8D57;
const WEYL_0 = 0x9E3779B9;
const WEYL_1 = 0xBB67AE85;

/** The high 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xFFFF, aHigh = a >>> 16;
  const bLow = b & 0xFFFF, bHigh = b >>> 16;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 16);
  const cross = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) +
    Math.floor(cross / 0x10000)) >>> 0;
}

/**
 * One block of the Philox 4×32-10 generator: ten rounds that turn a 64-bit key
 * and a 128-bit counter into four uniformly distributed 32-bit words.
 *
 * The same generator as TensorFlow's stateless operations, to the bit.
 *
 * @param key Two 32-bit words, low word first.
 * @param counter Four 32-bit words, low word first.
 * @returns Four unsigned 32-bit words.
 *
 * @example The published known-answer test for an all-zero key and counter
 * ```ts
 * import { philox } from "./philox.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(
 *   philox([0, 0], [0, 0, 0, 0]),
 *   [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
 * );
 * ```
 *
 * Reference: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011, section 3.
 */
export function philox(
  key: readonly [number, number],
  counter: readonly [number, number, number, number],
): [number, number, number, number] {
  let [k0, k1] = key;
  let [c0, c1, c2, c3] = counter;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}
