/**
 * Pieces that are cut out of pictures: in the middle, or at random.
 *
 * @module
 */
import type { PictureArea } from "../formats/fit_picture.ts";
import type { Picture } from "../formats/picture.ts";
import { Purpose, randomStream } from "../../random/stream.ts";
import { show } from "../../text/show.ts";
import type { StreamDraw } from "./streamed_split.ts";

/** A square piece of a picture, in units of the picture. */
export interface Piece {
  /** Its side, as a share of the picture's shorter side, in (0, 1]. */
  readonly share: number;
  /** How far down it lies, from 0 at the top to 1 at the bottom. */
  readonly down: number;
  /** How far right it lies, from 0 to 1. */
  readonly right: number;
  /** Whether it is mirrored, left to right. */
  readonly mirrored: boolean;
}

/** The least and the most that pictures' shorter sides are scaled to, in pixels. */
export type ShorterSide = readonly [least: number, most: number];

/**
 * What shorter sides are scaled to.
 *
 * @param given One number, or the least and the most. Default: size · 8/7, rounded.
 * @throws {RangeError} If a piece of `size` is larger.
 */
export function readShorterSide(
  given: number | ShorterSide | undefined,
  size: number,
): ShorterSide {
  const pair = given ?? Math.round(size * 8 / 7);
  const [least, most] = typeof pair === "number" ? [pair, pair] : pair;
  if (!(least >= size && most >= least && most < Infinity)) {
    throw new RangeError(
      `shorterSide must be ≥ size (${size}), from the least to the most, got ${
        show(given)
      }`,
    );
  }
  return [least, most];
}

/** The piece in the middle of a picture whose shorter side is scaled to the least. */
export function middlePiece(size: number, [least]: ShorterSide): Piece {
  return { share: size / least, down: 0.5, right: 0.5, mirrored: false };
}

/**
 * Draws the pieces of a batch: of pictures whose shorter side is scaled to S pixels, S
 * uniform from the least to the most, a square of `size` pixels anywhere, mirrored or
 * not. A pure function of seed and batch.
 *
 * Reference: A. Krizhevsky et al., NIPS 2012, section 4.1 (S = 256); K. He et al., 2016,
 * arXiv 1512.03385, section 3.4 (S from 256 to 480).
 */
export function randomPieces(
  count: number,
  size: number,
  [least, most]: ShorterSide,
  { seed, step }: StreamDraw,
): Piece[] {
  const stream = randomStream(seed, Purpose.augmentation, step);
  return Array.from({ length: count }, () => ({
    share: size / (least + (most - least) * stream.uniform()),
    down: stream.uniform(),
    right: stream.uniform(),
    mirrored: stream.integer(2) === 1,
  }));
}

/** Where a piece lies in a picture: whole pixels. */
export function areaOf(
  { share, down, right }: Piece,
  { height, width }: Pick<Picture, "height" | "width">,
): PictureArea {
  const side = Math.max(1, Math.round(share * Math.min(height, width)));
  return {
    top: Math.round(down * (height - side)),
    left: Math.round(right * (width - side)),
    height: side,
    width: side,
  };
}

/** Mirrors an image of three channels in its place. */
export function mirrorInPlace(image: Float32Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const start = row * size;
    for (let i = 0, j = size - 1; i < j; i++, j--) {
      const a = 3 * (start + i), b = 3 * (start + j);
      for (let c = 0; c < 3; c++) {
        const kept = image[a + c]!;
        image[a + c] = image[b + c]!;
        image[b + c] = kept;
      }
    }
  }
}
