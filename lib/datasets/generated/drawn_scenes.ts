import type { RandomStream } from "../../random/stream.ts";
import { type Dataset, IGNORED_LABEL } from "../dataset.ts";
import { displayed } from "../displayed.ts";
import { addByteNoise } from "./byte_noise.ts";
import { type GeneratedOptions, GeneratedStream } from "./generate_images.ts";
import { generateLabelledImages } from "./generate_labelled_images.ts";
import { placeShapes, SHAPE_NAMES } from "./place_shapes.ts";

const SIDE = 48;

/** The most shapes in a scene. */
const MOST = 4;

/** Half the width in pixels of the ignored border around shapes. */
const BORDER = 0.75;

/** How light the channels of the background and of shapes are. */
const GROUND = [0.1, 0.5] as const, PAINT = [0.4, 0.95] as const;

/** The classes of the drawn scenes, in the order of their indices. */
export const DRAWN_SCENE_CLASSES: readonly string[] = [
  "background",
  ...SHAPE_NAMES,
];

/**
 * Generates the drawn scenes: 48 × 48 colour images of one to four discs, squares,
 * triangles, rings and crosses, and the class of every pixel, without any file.
 *
 * They are laid out as Pascal VOC's segmentations: class 0 is the background, and
 * pixels nearer to a visible edge than 0.75 pixels have the label 255, which counts
 * nowhere ({@linkcode IGNORED_LABEL}). Shapes may hide each other. Shapes and
 * background have a random colour each, in stripes at any angle with periods of 4 to 9
 * pixels, and there is noise. Shapes are lighter than the background; but for that,
 * colours tell nothing of the class.
 *
 * @param options Seed and number of examples.
 * @returns The data set; its arrays belong to the caller.
 * @throws {RangeError} If a number of examples is not a positive integer, or
 * the seed is out of range.
 *
 * @example
 * ```ts
 * import { drawnScenes } from "./drawn_scenes.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { train, classes, labelShape } = drawnScenes({ train: 20, test: 10 });
 * strictEqual(classes, 6);
 * deepStrictEqual(labelShape, [48, 48]);
 * strictEqual(train.labels.length, 20 * 48 * 48);
 * ```
 */
export function drawnScenes(options: GeneratedOptions = {}): Dataset {
  const { seed = 0, train = 2000, test = 1000 } = options;
  const scenes = (stream: number, count: number) =>
    generateLabelledImages({
      seed,
      stream,
      count,
      size: SIDE * SIDE * 3,
      labelSize: SIDE * SIDE,
      labels: (length) => new Int32Array(length),
      draw: drawScene,
    });
  return displayed({
    name: "drawn-scenes",
    kind: "segmentation",
    shape: [SIDE, SIDE, 3],
    labelShape: [SIDE, SIDE],
    classes: DRAWN_SCENE_CLASSES.length,
    classNames: [...DRAWN_SCENE_CLASSES],
    train: scenes(GeneratedStream.drawnScenesTrain, train),
    test: scenes(GeneratedStream.drawnScenesTest, test),
    source: "generated",
  });
}

/** A colour in lighter and darker stripes: gives one channel at a place. */
function stripes(
  stream: RandomStream,
  [least, most]: readonly [number, number],
): (x: number, y: number, channel: number) => number {
  const between = (low: number, high: number) =>
    low + (high - low) * stream.uniform();
  const colour = Array.from({ length: 3 }, () => between(least, most));
  const contrast = Array.from({ length: 3 }, () => between(-0.15, 0.15));
  const angle = between(0, 2 * Math.PI), period = between(4, 9);
  const cos = Math.cos(angle) * 2 * Math.PI / period;
  const sin = Math.sin(angle) * 2 * Math.PI / period;
  const phase = between(0, 2 * Math.PI);
  return (x, y, channel) => {
    const wave = Math.sin(cos * x + sin * y + phase);
    return colour[channel]! + contrast[channel]! * wave;
  };
}

function drawScene(
  image: Float32Array,
  label: Int32Array,
  stream: RandomStream,
): void {
  const shapes = placeShapes(stream, SIDE, MOST);
  const ground = stripes(stream, GROUND);
  const paints = shapes.map(() => stripes(stream, PAINT));
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const x = column + 0.5, y = row + 0.5;
      const at = row * SIDE + column;
      for (let c = 0; c < 3; c++) image[3 * at + c] = ground(x, y, c);
      shapes.forEach(({ kind, distance }, i) => {
        const outside = distance(x, y);
        const cover = Math.min(1, Math.max(0, 0.5 - outside));
        for (let c = 0; c < 3; c++) {
          const under = image[3 * at + c]!;
          image[3 * at + c] = under + (paints[i]!(x, y, c) - under) * cover;
        }
        if (Math.abs(outside) < BORDER) label[at] = IGNORED_LABEL;
        else if (outside < 0) label[at] = 1 + kind;
      });
    }
  }
  addByteNoise(image, 0.05, stream);
}
