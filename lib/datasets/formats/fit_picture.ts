import type { Picture } from "./picture.ts";

/** A part of a picture: whole pixels. */
export interface PictureArea {
  /** The first row. */
  top: number;
  /** The first column. */
  left: number;
  /** Rows. */
  height: number;
  /** Columns. */
  width: number;
}

/** Where the pixels of a smaller picture lie along one axis of a larger one. */
function spans(first: number, length: number, scale: number, count: number) {
  const start = first + (length - scale * count) / 2;
  return Array.from({ length: count }, (_, i) => ({
    from: start + i * scale,
    to: start + (i + 1) * scale,
  }));
}

/** The largest part in the middle of an area that has the proportions wanted. */
function fitted(
  area: PictureArea,
  [height, width]: readonly [number, number],
) {
  const scale = Math.min(area.height / height, area.width / width);
  return {
    rows: spans(area.top, area.height, scale, height),
    columns: spans(area.left, area.width, scale, width),
  };
}

/** The pixels that a span touches, and how much of each. */
function shares({ from, to }: { from: number; to: number }, end: number) {
  const first = Math.floor(from), last = Math.min(Math.ceil(to), end);
  return Array.from({ length: Math.max(1, last - first) }, (_, i) => ({
    at: Math.min(first + i, end - 1),
    share: Math.max(
      1e-6,
      Math.min(to, first + i + 1) - Math.max(from, first + i),
    ),
  }));
}

/**
 * Fits a part of a picture into a smaller one: the largest piece in its middle of
 * the right proportions, each pixel the mean of the area that it covers.
 *
 * @param picture The picture; grey ones become three equal channels, opacity is
 * left out.
 * @param size Height and width of the result.
 * @param into Receives height × width × 3 numbers in [0, 1].
 * @param area The part. @default {the whole picture}
 *
 * @example Four pixels become one
 * ```ts
 * import { fitPicture } from "./fit_picture.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const grey = { height: 2, width: 2, channels: 1, data: Uint8Array.of(0, 255, 255, 0) };
 * const into = new Float32Array(3);
 * fitPicture(grey, [1, 1], into);
 * deepStrictEqual(into, Float32Array.of(0.5, 0.5, 0.5));
 * ```
 */
export function fitPicture(
  picture: Picture,
  size: readonly [height: number, width: number],
  into: Float32Array,
  area: PictureArea = { top: 0, left: 0, ...picture },
): void {
  const { data, width, channels } = picture;
  const { rows, columns } = fitted(area, size);
  const across = columns.map((span) => shares(span, area.left + area.width));
  rows.forEach((row, y) => {
    const down = shares(row, area.top + area.height);
    across.forEach((covered, x) => {
      for (let c = 0; c < 3; c++) {
        const channel = channels >= 3 ? c : 0;
        let sum = 0, total = 0;
        for (const { at: i, share: a } of down) {
          for (const { at: j, share: b } of covered) {
            sum += a * b * data[(i * width + j) * channels + channel]!;
            total += a * b;
          }
        }
        into[(y * size[1] + x) * 3 + c] = sum / total / 255;
      }
    });
  });
}

/**
 * Fits the indices of a picture as {@linkcode fitPicture} fits its colours: each
 * pixel is the one in the middle of the area that it covers.
 *
 * @param picture A picture of one channel.
 * @param size Height and width of the result.
 * @param into Receives height × width indices.
 */
export function fitIndices(
  picture: Picture,
  size: readonly [height: number, width: number],
  into: Int32Array,
): void {
  const { rows, columns } = fitted({ top: 0, left: 0, ...picture }, size);
  const middle = ({ from, to }: { from: number; to: number }, end: number) =>
    Math.min(Math.floor((from + to) / 2), end - 1);
  rows.forEach((row, y) => {
    const start = middle(row, picture.height) * picture.width;
    columns.forEach((column, x) => {
      into[y * size[1] + x] = picture
        .data[start + middle(column, picture.width)]!;
    });
  });
}
