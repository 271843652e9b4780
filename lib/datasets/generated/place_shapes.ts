import type { RandomStream } from "../../random/stream.ts";
import { SHAPES } from "./shape_distances.ts";

/** The names of the shapes. */
export const SHAPE_NAMES: readonly string[] = Object.keys(SHAPES);

/** A shape in an image. */
export interface PlacedShape {
  /** Its kind, the number of its name. */
  kind: number;
  /**
   * The signed distance in pixels to its edge, negative within.
   *
   * @param x The column, 0.5 in the middle of the first.
   * @param y The row.
   */
  distance(x: number, y: number): number;
}

/**
 * Places shapes of any kind, turned by up to 0.4 radians, in a square image.
 *
 * @param stream Decides number, kinds, places and sizes.
 * @param side Pixels of a row.
 * @param most The most shapes; there is one at least.
 * @returns The shapes; later ones lie over earlier ones.
 */
export function placeShapes(
  stream: RandomStream,
  side: number,
  most: number,
): PlacedShape[] {
  const between = (low: number, high: number) =>
    low + (high - low) * stream.uniform();
  return Array.from({ length: 1 + stream.integer(most) }, () => {
    const kind = stream.integer(SHAPE_NAMES.length);
    const size = side * between(0.16, 0.28);
    const centreX = side * between(0.2, 0.8),
      centreY = side * between(0.2, 0.8);
    const angle = between(-0.4, 0.4);
    const cos = Math.cos(angle) / size, sin = Math.sin(angle) / size;
    const shape = SHAPES[SHAPE_NAMES[kind]!]!;
    return {
      kind,
      distance(column, row) {
        const x = column - centreX, y = row - centreY;
        return size * shape(cos * x + sin * y, cos * y - sin * x);
      },
    };
  });
}
