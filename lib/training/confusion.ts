/**
 * What a matrix of confusion comes to.
 *
 * @module
 */

/**
 * The mean over classes of intersection over union: of class c,
 * TP / (TP + FP + FN), where TP pixels are of class c and found so, FP are found so
 * and are not, FN are and are not found so. Classes that neither is nor is found
 * anywhere do not count.
 *
 * @param confusion Pixels of class i that were found to be of class j, at
 * i·classes + j; of a whole set, for it is no mean over images.
 * @param classes The number of classes.
 * @returns The mean in [0, 1]; NaN of no pixels.
 *
 * @example Three of four pixels right
 * ```ts
 * import { meanIntersectionOverUnion } from "./confusion.ts";
 * import { strictEqual } from "node:assert";
 *
 * // Of class 0: 2 found, 1 taken for class 1. Of class 1: 1 found.
 * strictEqual(meanIntersectionOverUnion([2, 1, 0, 1], 2), (2 / 3 + 1 / 2) / 2);
 * ```
 *
 * Reference: M. Everingham et al., IJCV 111, 2015, section 3.3.
 */
export function meanIntersectionOverUnion(
  confusion: ArrayLike<number>,
  classes: number,
): number {
  const indices = Array.from({ length: classes }, (_, i) => i);
  const sum = (at: (i: number) => number) =>
    indices.reduce((total, i) => total + confusion[at(i)]!, 0);
  const shares = indices.flatMap((c) => {
    const hit = confusion[c * classes + c]!;
    const union = sum((i) => c * classes + i) + sum((i) => i * classes + c) -
      hit;
    return union > 0 ? [hit / union] : [];
  });
  return shares.reduce((total, share) => total + share, 0) / shares.length;
}
