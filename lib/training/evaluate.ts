/**
 * Mean loss and error over a whole split.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, type Precision } from "../runtime/compile.ts";
import type { Objective } from "./objective.ts";
import { type Evaluation, short } from "./records.ts";
import { MOST_AT_A_TIME } from "./evaluated_at_a_time.ts";
import { chunksOf } from "./examples.ts";
import { gather } from "./resident_data.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { TrainingSplit } from "./training_data.ts";

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
    splits: Readonly<Record<string, TrainingSplit>>,
    control?: EvaluationControl,
  ): Promise<Record<string, Evaluation>[] | undefined>;
  /** Frees the compiled function. */
  dispose(): void;
}

/**
 * Makes an evaluator: running statistics, no dropout, no augmentation.
 *
 * @param objective What to evaluate.
 * @param chunk Examples at a time. @default {as many as the objective says, else 250}
 * @param precision The arithmetic. @default {"float32"}
 */
export function evaluator(
  objective: Objective,
  chunk: number = objective.evaluatedAtATime ?? MOST_AT_A_TIME,
  precision: Precision = "float32",
): Evaluator {
  const evaluateChunk: Compiled<
    (
      parameters: Tensor[],
      data: { inputs: Tensor; labels: Tensor },
      indices: Tensor1D,
    ) => { means: Tensor; sums: Tensor[] }
  > = compile((parameters, { inputs, labels }, indices) => {
    const batch = gather(inputs, labels, indices);
    const { losses, errors, sums } = objective.evaluate(parameters, batch);
    return { means: tf.stack([losses, errors]), sums: sums ? [sums] : [] };
  }, { precision });

  async function evaluate(
    parameters: readonly Tensor[],
    split: TrainingSplit,
    { breathe, signal }: EvaluationControl,
  ): Promise<Evaluation | undefined> {
    const { count } = split;
    let loss = 0, error = 0;
    let total: Float64Array | undefined;
    for await (const part of chunksOf(split, chunk)) {
      const { examples, indices, length } = part;
      const result = evaluateChunk([...parameters], examples, indices);
      const values = result.means.dataSync();
      const sums = result.sums[0]?.dataSync();
      tf.dispose([result.means, ...result.sums]);
      part.dispose();
      for (let i = 0; i < length; i++) {
        loss += values[i]!;
        error += values[length + i]!;
      }
      if (sums) {
        total ??= new Float64Array(sums.length);
        sums.forEach((value, i) => total![i]! += value);
      }
      await breathe?.();
      if (signal?.aborted) return undefined;
    }
    const means = { loss: short(loss / count), error: short(error / count) };
    if (total === undefined || !objective.measure) return means;
    const measured = Object.entries(objective.measure(total, count))
      .map(([name, value]) => [name, short(Math.fround(value))]);
    return { ...means, measured: Object.fromEntries(measured) };
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
