/**
 * Mean loss and error over a whole split.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, type Precision } from "../runtime/compile.ts";
import type { Objective } from "./objective.ts";
import { type Evaluation, short } from "./records.ts";
import { gather, type ResidentSplit } from "./resident_data.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";

/** What lets others have their turn, and what ends it. */
export interface EvaluationControl {
  /** Called between chunks. */
  breathe?: () => Promise<void>;
  /** Ends the evaluation. */
  signal?: AbortSignal | undefined;
}

/** Evaluates parameters on splits; compiled once for all of them. */
export interface Evaluator {
  /**
   * The means of each of several parameters over each split, added up in double
   * precision; undefined if the signal ended it.
   */
  evaluateAll(
    parameters: readonly (readonly Tensor[])[],
    splits: Readonly<Record<string, ResidentSplit>>,
    control?: EvaluationControl,
  ): Promise<Record<string, Evaluation>[] | undefined>;
  /** Frees the compiled function. */
  dispose(): void;
}

/**
 * Makes an evaluator: running statistics, no dropout, no augmentation.
 *
 * @param objective What to evaluate.
 * @param chunk Examples at a time. @default {250}
 * @param precision The arithmetic. @default {"float32"}
 */
export function evaluator(
  objective: Objective,
  chunk: number = 250,
  precision: Precision = "float32",
): Evaluator {
  const evaluateChunk: Compiled<
    (
      parameters: Tensor[],
      data: { inputs: Tensor; labels: Tensor },
      indices: Tensor1D,
    ) => Tensor
  > = compile((parameters, { inputs, labels }, indices) => {
    const batch = gather(inputs, labels, indices);
    const { losses, errors } = objective.evaluate(parameters, batch);
    return tf.stack([losses, errors]);
  }, { precision });

  async function evaluate(
    parameters: readonly Tensor[],
    { count, inputs, labels }: ResidentSplit,
    { breathe, signal }: EvaluationControl,
  ): Promise<Evaluation | undefined> {
    let loss = 0, error = 0;
    for (let start = 0; start < count; start += chunk) {
      const length = Math.min(chunk, count - start);
      const indices = tf.range(start, start + length, 1, "int32");
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
      await breathe?.();
      if (signal?.aborted) return undefined;
    }
    return { loss: short(loss / count), error: short(error / count) };
  }

  return {
    async evaluateAll(all, splits, control = {}) {
      const evaluations: Record<string, Evaluation>[] = [];
      for (const parameters of all) {
        const evaluation: Record<string, Evaluation> = {};
        for (const [name, split] of Object.entries(splits)) {
          const means = await evaluate(parameters, split, control);
          if (means === undefined) return undefined;
          evaluation[name] = means;
        }
        evaluations.push(evaluation);
      }
      return evaluations;
    },
    dispose: () => evaluateChunk.dispose(),
  };
}
