import { checkInteger } from "../../text/check_integer.ts";
import {
  Purpose,
  type RandomStream,
  randomStream,
} from "../../random/stream.ts";
import type { Split } from "../dataset.ts";

/** How many examples to generate, and from what seed. */
export interface GeneratedOptions {
  /** The seed, an integer in [0, 2⁵³). @default {0} */
  seed?: number;
  /** The number of examples to train on. @default {2000} */
  train?: number;
  /** The number of examples to test on. @default {1000} */
  test?: number;
}

/** Draws the example of a class into an image that is all zeros. */
export type DrawExample = (
  image: Float32Array,
  label: number,
  stream: RandomStream,
) => void;

/**
 * The streams of the generated data sets and their splits: the second integer
 * of their paths.
 */
export const GeneratedStream = {
  drawnDigitsTrain: 0,
  drawnDigitsTest: 1,
  texturedShapesTrain: 2,
  texturedShapesTest: 3,
  noisyPlaneTrain: 4,
  noisyPlaneTest: 5,
  drawnScenesTrain: 6,
  drawnScenesTest: 7,
  edgePairsTrain: 8,
  edgePairsTest: 9,
  negatedOpinionsTrain: 10,
  negatedOpinionsTest: 11,
} as const;

/**
 * Generates a split of images whose classes take turns.
 *
 * Example i depends on the seed, the path and i only: a larger split begins
 * with the smaller one.
 *
 * @param options What to generate: the seed, the stream, the number of examples
 * and of classes, the numbers per image, and the function that draws one.
 * @returns The examples, in class order 0, 1, …, classes − 1, 0, 1, …
 * @throws {RangeError} If `count` is not a positive integer, or the seed is out
 * of range.
 *
 * @example Two images of one pixel each
 * ```ts
 * import { generateImages, GeneratedStream } from "./generate_images.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const split = generateImages({
 *   seed: 0,
 *   stream: GeneratedStream.drawnDigitsTrain,
 *   count: 2,
 *   classes: 10,
 *   size: 1,
 *   draw: (image, label) => image[0] = label,
 * });
 * deepStrictEqual(split.inputs, Float32Array.of(0, 1));
 * ```
 */
export function generateImages(options: {
  seed: number;
  stream: number;
  count: number;
  classes: number;
  size: number;
  draw: DrawExample;
}): Split {
  const { seed, stream, count, classes, size, draw } = options;
  checkInteger("the number of examples", count, 1);
  const inputs = new Float32Array(count * size);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const label = i % classes;
    labels[i] = label;
    draw(
      inputs.subarray(i * size, (i + 1) * size),
      label,
      randomStream(seed, Purpose.generatedData, stream, i),
    );
  }
  return { count, inputs, labels };
}
