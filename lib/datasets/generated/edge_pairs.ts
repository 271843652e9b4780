import type { RandomStream } from "../../random/stream.ts";
import type { Dataset } from "../dataset.ts";
import { displayed } from "../displayed.ts";
import { addByteNoise } from "./byte_noise.ts";
import { type GeneratedOptions, GeneratedStream } from "./generate_images.ts";
import { generateLabelledImages } from "./generate_labelled_images.ts";
import { placeShapes } from "./place_shapes.ts";

const SIDE = 64;

/** The most shapes in a picture. */
const MOST = 3;

/** Half the width of an edge in pixels. */
const EDGE = 0.8;

/** The colour of each kind of shape: red, green and blue. */
const PAINTS: readonly (readonly [number, number, number])[] = [
  [0.85, 0.25, 0.2],
  [0.2, 0.45, 0.85],
  [0.95, 0.75, 0.15],
  [0.25, 0.7, 0.35],
  [0.6, 0.3, 0.75],
];

/** The colours of the ground, at the top and at the bottom. */
const GROUND = [[0.85, 0.92, 1], [0.75, 0.7, 0.62]] as const;

/**
 * Generates the edge pairs: 64 × 64 drawings of the edges of one to three shapes,
 * and the shapes in colour, without any file.
 *
 * They stand in for the paired images that pix2pix was made for. The drawing (the
 * input) is black lines on white. In the picture (the label) each kind of shape has
 * a colour of its own that darkens towards the lower right, on a ground that
 * blends from light blue to sand; so the drawing tells the picture, but for a little
 * noise. Shapes may hide each other, and their edges too.
 *
 * @param options Seed and number of examples.
 * @returns The data set; its arrays belong to the caller.
 * @throws {RangeError} If a number of examples is not a positive integer, or
 * the seed is out of range.
 *
 * @example
 * ```ts
 * import { edgePairs } from "./edge_pairs.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { test, shape, labelShape } = edgePairs({ train: 20, test: 10 });
 * deepStrictEqual([shape, labelShape], [[64, 64, 3], [64, 64, 3]]);
 * strictEqual(test.labels.length, 10 * 64 * 64 * 3);
 * ```
 */
export function edgePairs(options: GeneratedOptions = {}): Dataset {
  const { seed = 0, train = 800, test = 200 } = options;
  const pairs = (stream: number, count: number) =>
    generateLabelledImages({
      seed,
      stream,
      count,
      size: SIDE * SIDE * 3,
      labelSize: SIDE * SIDE * 3,
      labels: (length) => new Float32Array(length),
      draw: drawPair,
    });
  return displayed({
    name: "edge-pairs",
    kind: "translation",
    shape: [SIDE, SIDE, 3],
    labelShape: [SIDE, SIDE, 3],
    classes: 0,
    classNames: [],
    train: pairs(GeneratedStream.edgePairsTrain, train),
    test: pairs(GeneratedStream.edgePairsTest, test),
    source: "generated",
  });
}

function drawPair(
  drawing: Float32Array,
  picture: Float32Array,
  stream: RandomStream,
): void {
  const shapes = placeShapes(stream, SIDE, MOST);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const x = column + 0.5, y = row + 0.5;
      const at = 3 * (row * SIDE + column);
      const down = y / SIDE, shade = 1 - 0.4 * (x + y) / (2 * SIDE);
      let line = 0;
      for (let c = 0; c < 3; c++) {
        const top = GROUND[0][c]!, bottom = GROUND[1][c]!;
        picture[at + c] = top + (bottom - top) * down;
      }
      for (const { kind, distance } of shapes) {
        const outside = distance(x, y);
        const cover = Math.min(1, Math.max(0, 0.5 - outside));
        for (let c = 0; c < 3; c++) {
          const under = picture[at + c]!;
          picture[at + c] = under +
            (PAINTS[kind]![c]! * shade - under) * cover;
        }
        const edge = Math.min(
          1,
          Math.max(0, EDGE + 0.5 - Math.abs(outside)),
        );
        line = Math.max(line * (1 - cover), edge);
      }
      drawing.fill(1 - line, at, at + 3);
    }
  }
  addByteNoise(drawing, 0, stream);
  addByteNoise(picture, 0.02, stream);
}
