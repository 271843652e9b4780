import type { RandomStream } from "../../random/stream.ts";

/**
 * Stores an image as bytes would: adds noise to each value, clips to [0, 1] and
 * rounds to the nearest of the 256 levels b / 255. Rounding makes the numbers
 * the same on machines whose sines differ in the last bit.
 *
 * The noise of a value is uniform in [−amplitude, amplitude). It takes a quarter
 * of a word of the stream, so that a million values take little time.
 *
 * @param image The values of the image; overwritten.
 * @param amplitude The largest noise.
 * @param stream Gives the noise.
 *
 * @example
 * ```ts
 * import { addByteNoise } from "./byte_noise.ts";
 * import { randomStream } from "../../random/stream.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const image = Float32Array.of(-0.1, 0.2, 0.4999, 1.1);
 * addByteNoise(image, 0, randomStream(0));
 * deepStrictEqual(image, Float32Array.of(0, 51 / 255, 127 / 255, 1));
 * ```
 */
export function addByteNoise(
  image: Float32Array,
  amplitude: number,
  stream: RandomStream,
): void {
  let word = 0;
  for (let i = 0; i < image.length; i++) {
    word = i % 4 === 0 ? stream.word() : word >>> 8;
    const noise = amplitude * ((word & 255) / 128 - 1);
    const value = Math.min(1, Math.max(0, image[i]! + noise));
    image[i] = Math.round(value * 255) / 255;
  }
}
