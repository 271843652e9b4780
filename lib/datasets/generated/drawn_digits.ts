import type { RandomStream } from "../../random/stream.ts";
import { DIGITS } from "../class_names.ts";
import type { Dataset } from "../dataset.ts";
import { displayed } from "../displayed.ts";
import { addByteNoise } from "./byte_noise.ts";
import { DIGIT_STROKES, type Point, type Stroke } from "./digit_strokes.ts";
import {
  type GeneratedOptions,
  GeneratedStream,
  generateImages,
} from "./generate_images.ts";

const SIDE = 28;

/**
 * Generates the drawn digits: 28 × 28 grey images of the ten digits, as if
 * drawn by a shaky hand, without any file.
 *
 * Each digit is a few strokes that are bent, turned (by up to 0.3 radians),
 * slanted, scaled, moved (by up to 4 pixels) and drawn with a pen of random
 * width and ink; then come a stray line and noise. Pixels are in [0, 1], in
 * steps of 1/255, ink bright on dark paper. The classes are balanced.
 *
 * On the default examples a softmax regression reaches about 45 % on the test
 * examples, a network of two convolutions about 97 %.
 *
 * @param options Seed and number of examples.
 * @returns The data set; its arrays belong to the caller.
 * @throws {RangeError} If a number of examples is not a positive integer, or
 * the seed is out of range.
 *
 * @example
 * ```ts
 * import { drawnDigits } from "./drawn_digits.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { train, test } = drawnDigits({ train: 20, test: 10 });
 * strictEqual(train.inputs.length, 20 * 28 * 28);
 * deepStrictEqual([...test.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * ```
 */
export function drawnDigits(options: GeneratedOptions = {}): Dataset {
  const { seed = 0, train = 2000, test = 1000 } = options;
  const images = (stream: number, count: number) =>
    generateImages({
      seed,
      stream,
      count,
      classes: 10,
      size: SIDE * SIDE,
      draw: drawDigit,
    });
  return displayed({
    name: "drawn-digits",
    kind: "classification",
    shape: [SIDE, SIDE, 1],
    classes: 10,
    classNames: [...DIGITS],
    train: images(GeneratedStream.drawnDigitsTrain, train),
    test: images(GeneratedStream.drawnDigitsTest, test),
    source: "generated",
  });
}

function drawDigit(
  image: Float32Array,
  label: number,
  stream: RandomStream,
): void {
  const between = (low: number, high: number) =>
    low + (high - low) * stream.uniform();
  const ways = DIGIT_STROKES[label]!;
  const strokes = ways[stream.integer(ways.length)]!;
  const place = placement(between);
  const radius = between(0.7, 1.6);
  const ink = between(0.65, 1);
  for (const stroke of strokes) {
    drawStroke(image, stroke.map(place), radius, ink);
  }
  const end = (): Point => [between(0, SIDE), between(0, SIDE)];
  const [x, y] = end();
  const angle = between(0, 2 * Math.PI), length = between(4, 10);
  const stray: Stroke = [
    [x, y],
    [x + length * Math.cos(angle), y + length * Math.sin(angle)],
  ];
  drawStroke(image, stray, between(0.5, 1.1), between(0.4, 0.9));
  addByteNoise(image, 0.15, stream);
}

/** Where the points of a digit come to lie in the image, in pixels. */
function placement(
  between: (low: number, high: number) => number,
): (point: Point) => Point {
  const angle = between(-0.3, 0.3);
  const slant = between(-0.3, 0.3);
  const height = between(6.5, 9.5);
  const width = height * between(0.75, 1.1);
  const centreX = SIDE / 2 + between(-4, 4);
  const centreY = SIDE / 2 + between(-4, 4);
  const bends = [0, 1].map(() => ({
    size: between(0, 0.14),
    rate: between(1.5, 3.5),
    phase: between(0, 2 * Math.PI),
  }));
  const cos = Math.cos(angle), sin = Math.sin(angle);
  const bend = (axis: number, at: number) => {
    const { size, rate, phase } = bends[axis]!;
    return size * Math.sin(rate * at + phase);
  };
  return ([x, y]) => {
    const u = width * (x + slant * -y + bend(0, y));
    const v = height * (y + bend(1, x));
    return [centreX + cos * u - sin * v, centreY + sin * u + cos * v];
  };
}

/** Draws lines with a round pen; where strokes cross, the brighter counts. */
function drawStroke(
  image: Float32Array,
  stroke: Stroke,
  radius: number,
  ink: number,
): void {
  for (let i = 1; i < stroke.length; i++) {
    drawLine(image, stroke[i - 1]!, stroke[i]!, radius, ink);
  }
}

function drawLine(
  image: Float32Array,
  [x0, y0]: Point,
  [x1, y1]: Point,
  radius: number,
  ink: number,
): void {
  const reach = radius + 1;
  const first = (a: number, b: number) =>
    Math.max(0, Math.floor(Math.min(a, b) - reach));
  const last = (a: number, b: number) =>
    Math.min(SIDE - 1, Math.ceil(Math.max(a, b) + reach));
  const dx = x1 - x0, dy = y1 - y0;
  const squared = dx * dx + dy * dy || 1;
  for (let row = first(y0, y1); row <= last(y0, y1); row++) {
    for (let column = first(x0, x1); column <= last(x0, x1); column++) {
      const px = column + 0.5 - x0, py = row + 0.5 - y0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      // A soft edge, one pixel wide.
      const cover = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const pixel = row * SIDE + column;
      image[pixel] = Math.max(image[pixel]!, ink * cover);
    }
  }
}
