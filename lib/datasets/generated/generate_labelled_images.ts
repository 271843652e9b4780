import { checkInteger } from "../../text/check_integer.ts";
import {
  Purpose,
  type RandomStream,
  randomStream,
} from "../../random/stream.ts";
import type { Split } from "../dataset.ts";

/** Draws an image and its label, each into an array that is all zeros. */
export type DrawLabelledImage<Labels> = (
  image: Float32Array,
  label: Labels,
  stream: RandomStream,
) => void;

/**
 * Generates a split whose labels are images too.
 *
 * Example i depends on the seed, the path and i only: a larger split begins
 * with the smaller one.
 *
 * @param options What to generate: the seed, the stream, the number of examples,
 * the numbers per image and per label, empty labels of the right type, and the
 * function that draws one.
 * @returns The examples.
 * @throws {RangeError} If `count` is not a positive integer, or the seed is out
 * of range.
 *
 * @example Two images of one pixel each
 * ```ts
 * import { generateLabelledImages } from "./generate_labelled_images.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const split = generateLabelledImages({
 *   seed: 0,
 *   stream: 6,
 *   count: 2,
 *   size: 1,
 *   labelSize: 1,
 *   labels: (length) => new Int32Array(length),
 *   draw: (image, label) => label[0] = image[0] = 1,
 * });
 * deepStrictEqual(split.labels, Int32Array.of(1, 1));
 * ```
 */
export function generateLabelledImages<
  Labels extends Int32Array | Float32Array,
>(options: {
  seed: number;
  stream: number;
  count: number;
  size: number;
  labelSize: number;
  labels: (length: number) => Labels;
  draw: DrawLabelledImage<Labels>;
}): Split {
  const { seed, stream, count, size, labelSize, draw } = options;
  checkInteger("the number of examples", count, 1);
  const inputs = new Float32Array(count * size);
  const labels = options.labels(count * labelSize);
  for (let i = 0; i < count; i++) {
    draw(
      inputs.subarray(i * size, (i + 1) * size),
      labels.subarray(i * labelSize, (i + 1) * labelSize) as Labels,
      randomStream(seed, Purpose.generatedData, stream, i),
    );
  }
  return { count, inputs, labels };
}
