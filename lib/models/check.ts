/**
 * Checks of layers' options.
 *
 * @module
 */
import { checkInteger } from "../text/check_integer.ts";

/**
 * Refuses a size that is not an integer of at least 1.
 *
 * @throws {RangeError} If it is not.
 */
export function checkSize(name: string, value: number): void {
  checkInteger(name, value, 1);
}

/**
 * The length of what a window leaves of an axis that it moves along.
 *
 * @param length Of the axis.
 * @param size Of the window.
 * @throws {RangeError} If no window fits.
 */
export function outputLength(
  length: number,
  { size, stride, padding }: {
    size: number;
    stride: number;
    padding: "same" | "valid";
  },
): number {
  if (padding === "same") return Math.ceil(length / stride);
  if (size > length) {
    throw new RangeError(
      `a window of ${size} does not fit into ${length}: the input is too small for this network`,
    );
  }
  return Math.ceil((length - size + 1) / stride);
}

/**
 * The shape of an image.
 *
 * @throws {RangeError} If it is none.
 */
export function imageShape(
  shape: readonly number[],
): [height: number, width: number, channels: number] {
  if (shape.length !== 3) {
    throw new RangeError(
      `a layer of images needs inputs [height, width, channels], got [${shape}]`,
    );
  }
  return shape as [number, number, number];
}
