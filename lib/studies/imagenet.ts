/**
 * ImageNet of the papers' scale.
 *
 * @module
 */
import type { DataPlan } from "./plan.ts";

/**
 * ImageNet's training images, 10,000 of them held out to choose settings on; errors are
 * of the 50,000 validation images, as in the papers.
 */
export const imagenet: DataPlan = {
  dataset: "imagenet",
  train: 1_271_167,
  validation: 10_000,
  test: 50_000,
};
