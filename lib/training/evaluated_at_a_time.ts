/**
 * How many examples are evaluated at a time.
 *
 * @module
 */

/** The most examples at a time. */
export const MOST_AT_A_TIME = 250;

/** About the most pixels at a time. */
const PIXELS = 1 << 16;

/** As many images as have 65,536 pixels, from 1 to 250: larger ones take more memory. */
export function evaluatedAtATime(height: number, width: number): number {
  const images = Math.floor(PIXELS / (height * width));
  return Math.min(Math.max(images, 1), MOST_AT_A_TIME);
}
