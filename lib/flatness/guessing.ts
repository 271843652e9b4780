/**
 * The loss of guessing.
 *
 * @module
 */
import type { LossName } from "../training/layers_model.ts";
import { median } from "./statistics.ts";

/**
 * The loss of the best constant answer: the entropy of the labels in nats, the
 * variance of targets, or their mean distance from the median.
 *
 * @param labels Class indices, or targets.
 * @param loss What is minimised.
 * @param isHalved Whether squares are halved, as those of Slope's own networks are.
 *
 * @example Two classes, equally frequent: ln 2
 * ```ts
 * import { lossOfGuessing } from "./guessing.ts";
 * import { strictEqual } from "node:assert";
 *
 * const labels = Int32Array.of(0, 1, 1, 0);
 * strictEqual(lossOfGuessing(labels, "softmaxCrossEntropy", false), Math.LN2);
 * strictEqual(lossOfGuessing(Float32Array.of(1, 3), "meanSquaredError", true), 0.5);
 * ```
 */
export function lossOfGuessing(
  labels: ArrayLike<number>,
  loss: LossName,
  isHalved: boolean,
): number {
  const values = Array.from(labels);
  const n = values.length;
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, x) => sum + x, 0) / n;
  if (loss === "meanSquaredError") {
    const middle = mean(values);
    const variance = mean(values.map((y) => (y - middle) ** 2));
    return isHalved ? variance / 2 : variance;
  }
  if (loss === "meanAbsoluteError") {
    const middle = median(values);
    return mean(values.map((y) => Math.abs(y - middle)));
  }
  const counts = Map.groupBy(values, (label) => label);
  return [...counts.values()].reduce((sum, { length }) => {
    return sum - length / n * Math.log(length / n);
  }, 0);
}
