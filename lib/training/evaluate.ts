/**
 * Mean loss and error over a whole split.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, type Precision } from "../runtime/compile.ts";
import type { Objective } from "./objective.ts";
import { gather, type ResidentSplit } from "./resident_data.ts";

/** The mean over a split. */
export interface Evaluation {
  /** Mean loss. */
  loss: number;
  /** Share of wrong classes, in [0, 1]; or mean squared error of a regression. */
  error: number;
}

/** Evaluates parameters on splits; compiled once for all of them. */
export interface Evaluator {
  /** The means over a split, added up in double precision. */
  evaluate(parameters: readonly tf.Tensor[], split: ResidentSplit): Evaluation;
  /** Frees the compiled function. */
  dispose(): void;
}

/**
 * Makes an evaluator: running statistics, no dropout, no augmentation.
 *
 * @param objective What to evaluate.
 * @param chunk Examples at a time. @default {250}
 */
export function evaluator(
  objective: Objective,
  chunk = 250,
  precision: Precision = "float32",
): Evaluator {
  const evaluateChunk: Compiled<
    (
      parameters: tf.Tensor[],
      data: { inputs: tf.Tensor; labels: tf.Tensor },
      indices: tf.Tensor1D,
    ) => tf.Tensor
  > = compile((parameters, { inputs, labels }, indices) => {
    const batch = gather(inputs, labels, indices);
    const { losses, errors } = objective.evaluate(parameters, batch);
    return tf.stack([losses, errors]);
  }, { precision });
  return {
    evaluate(parameters, { count, inputs, labels }) {
      let loss = 0, error = 0;
      for (let start = 0; start < count; start += chunk) {
        const length = Math.min(chunk, count - start);
        const indices = tf.tensor1d(
          Int32Array.from({ length }, (_, i) => start + i),
          "int32",
        );
        const result = evaluateChunk(
          [...parameters],
          { inputs, labels },
          indices,
        );
        const values = result.dataSync();
        tf.dispose([result, indices]);
        for (let i = 0; i < length; i++) {
          loss += values[i]!;
          error += values[length + i]!;
        }
      }
      return { loss: loss / count, error: error / count };
    },
    dispose: () => evaluateChunk.dispose(),
  };
}
