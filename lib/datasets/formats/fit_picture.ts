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
  // Rounding can make it a little less than nothing.
  const start = first + Math.max(0, length - scale * count) / 2;
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

/** The pixels that spans touch, one span after the other, and how much of each. */
interface Shares {
  /** Where each span's pixels begin in the other two; the last is where all end. */
  starts: Int32Array;
  /** The pixels. */
  pixels: Int32Array;
  /** How much of each, in pixels. */
  shares: Float64Array;
}

function sharesOf(
  spans: readonly { from: number; to: number }[],
  end: number,
): Shares {
  const starts = [0], pixels: number[] = [], shares: number[] = [];
  for (const { from, to } of spans) {
    const first = Math.floor(from);
    const last = Math.max(first + 1, Math.min(Math.ceil(to), end));
    for (let at = first; at < last; at++) {
      pixels.push(Math.min(at, end - 1));
      shares.push(Math.max(1e-6, Math.min(to, at + 1) - Math.max(from, at)));
    }
    starts.push(pixels.length);
  }
  return {
    starts: Int32Array.from(starts),
    pixels: Int32Array.from(pixels),
    shares: Float64Array.from(shares),
  };
}

/** The share of all pixels of a span. */
function totalOf({ starts, shares }: Shares, span: number): number {
  let total = 0;
  for (let i = starts[span]!; i < starts[span + 1]!; i++) total += shares[i]!;
  return total;
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
  const across = sharesOf(columns, area.left + area.width);
  const down = sharesOf(rows, area.top + area.height);
  const widths = columns.map((_, x) => totalOf(across, x));
  const [green, blue] = channels >= 3 ? [1, 2] : [0, 0];
  const left = across.pixels[0]!;
  const count = across.pixels.at(-1)! - left + 1;
  // First what a row covers is added up in each column, then along the row.
  const sums = new Float64Array(3 * count);
  for (let y = 0; y < rows.length; y++) {
    sums.fill(0);
    for (let i = down.starts[y]!; i < down.starts[y + 1]!; i++) {
      const share = down.shares[i]!;
      let at = (down.pixels[i]! * width + left) * channels;
      for (let j = 0; j < sums.length; j += 3, at += channels) {
        sums[j]! += share * data[at]!;
        sums[j + 1]! += share * data[at + green]!;
        sums[j + 2]! += share * data[at + blue]!;
      }
    }
    const height = totalOf(down, y);
    for (let x = 0; x < columns.length; x++) {
      let r = 0, g = 0, b = 0;
      for (let i = across.starts[x]!; i < across.starts[x + 1]!; i++) {
        const share = across.shares[i]!, j = 3 * (across.pixels[i]! - left);
        r += share * sums[j]!;
        g += share * sums[j + 1]!;
        b += share * sums[j + 2]!;
      }
      const total = height * widths[x]!, to = 3 * (y * size[1] + x);
      into[to] = r / total / 255;
      into[to + 1] = g / total / 255;
      into[to + 2] = b / total / 255;
    }
  }
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
