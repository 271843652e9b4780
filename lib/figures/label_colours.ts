/**
 * Colours of classes.
 *
 * @module
 */

/**
 * The colours of a map of classes, as Pascal VOC's: bits 0, 1 and 2 of the class
 * (then 3, 4, 5, …) are the highest bits of red, green and blue (then the next), so
 * class 0 is black, 1 dark red, 255 (ignored) nearly white.
 *
 * @param labels Class indices in [0, 255], one a pixel.
 * @returns Red, green and blue of each pixel, in [0, 1].
 *
 * @example
 * ```ts
 * import { labelColours } from "./label_colours.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(
 *   labelColours([1, 15]).map((value) => Math.round(255 * value)),
 *   Float32Array.of(128, 0, 0, 192, 128, 128),
 * );
 * ```
 *
 * Reference: M. Everingham et al., IJCV 88, 2010: the development kit's colours.
 */
export function labelColours(labels: ArrayLike<number>): Float32Array {
  const colours = new Float32Array(3 * labels.length);
  for (let i = 0; i < labels.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const isSet = labels[i]! >> bit & 1;
      colours[3 * i + bit % 3]! += isSet * (128 >> Math.floor(bit / 3)) / 255;
    }
  }
  return colours;
}
