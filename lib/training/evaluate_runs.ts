/**
 * Evaluations of runs: of their weights, and of their averaged weights.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Averages } from "./averages.ts";
import type { EvaluationControl, Evaluator } from "./evaluate.ts";
import type { EvaluationRecord } from "./records.ts";
import type { Run } from "./run.ts";
import type { TrainingSplit } from "./training_data.ts";

/** What an evaluation says of a run. */
export type Evaluated = Pick<EvaluationRecord, "evaluation" | "averaged">;

/**
 * Evaluates runs on splits; undefined if the signal ended it.
 *
 * @param evaluator Evaluates parameters.
 * @param averages Makes parameters of averages.
 * @param runs The runs.
 * @param splits What they are evaluated on, by name.
 * @param control What lets others have their turn, and what ends it.
 */
export async function evaluateRuns(
  evaluator: Evaluator,
  averages: Averages,
  runs: readonly Run[],
  splits: Readonly<Record<string, TrainingSplit>>,
  control: EvaluationControl,
): Promise<Evaluated[] | undefined> {
  const evaluate = (parameters: readonly (readonly tf.Tensor[])[]) =>
    evaluator.evaluateAll(parameters, splits, control);
  const means = await evaluate(runs.map(({ state }) => state.parameters));
  if (means === undefined) return undefined;
  const evaluated: Evaluated[] = [];
  for (const [i, run] of runs.entries()) {
    const evaluation = means[i]!;
    if (!averages.areThere(run)) {
      evaluated.push({ evaluation });
      continue;
    }
    const parameters = await averages.of(run, control);
    if (parameters === undefined) return undefined;
    const averaged = await evaluate([parameters]);
    tf.dispose(parameters);
    if (averaged === undefined) return undefined;
    evaluated.push({ evaluation, averaged: averaged[0]! });
  }
  return evaluated;
}
