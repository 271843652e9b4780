import * as tf from "@tensorflow/tfjs";
import type { RunOptions, Training } from "./options.ts";

/**
 * Checks that a training can do what its runs' controllers need.
 *
 * @throws {RangeError | TypeError} If it cannot.
 */
export function checkControllers(
  { optimizer, microBatches, data, curvatureEvery, sharpness, lineOn }:
    Training,
  runs: readonly RunOptions[],
): void {
  const controllers = runs.flatMap(({ controller }) => controller ?? []);
  if (controllers.length === 0) {
    if (lineOn !== "batch") {
      throw new TypeError(
        `lineOn is for runs with a controller, got "${lineOn}" without one`,
      );
    }
    if (curvatureEvery === 0) return;
    throw new TypeError(
      `curvatureEvery is for runs with a controller, got ${curvatureEvery} without one`,
    );
  }
  if (optimizer.whole) {
    throw new TypeError(
      `a controller chooses the step size, but ${optimizer.spec.kind} does so itself: use one or the other`,
    );
  }
  if (optimizer.includesRate) {
    throw new TypeError(
      `a controller needs a direction that does not depend on the rate, but that of ${optimizer.spec.kind} does: use rmsprop, or another optimizer`,
    );
  }
  if (sharpness !== undefined) {
    throw new TypeError(
      "a controller needs the gradient of the loss that it looks at: leave sharpness out",
    );
  }
  if (microBatches > 1) {
    throw new RangeError(
      `microBatches must be 1 with a controller, got ${microBatches}`,
    );
  }
  for (const { spec, needsEpochMetric, precision } of controllers) {
    if (needsEpochMetric && data.evaluation.validation === undefined) {
      throw new TypeError(
        `${spec.kind} watches the validation split, but the data has none: give one, or monitor "training"`,
      );
    }
    if (precision === "float64" && tf.getBackend() !== "tensorflow") {
      throw new RangeError(
        `${spec.kind} evaluates its line in float64, which needs the tensorflow backend, but ${tf.getBackend()} is in use`,
      );
    }
  }
}
