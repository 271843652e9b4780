/**
 * Averaged weights as parameters: with running statistics that fit them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled } from "../runtime/compile.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { drawnBatch } from "./batch_gradients.ts";
import type { EvaluationControl } from "./evaluate.ts";
import { type DrawnExamples, examplesOfSteps } from "./examples.ts";
import type { Training } from "./options.ts";
import type { Run } from "./run.ts";

/** Makes parameters of a run's averages. */
export interface Averages {
  /** Whether a run has averages yet. */
  areThere(run: Run): boolean;
  /**
   * The averaged parameters of a run that has averages, which the caller disposes;
   * undefined if the signal ended it.
   */
  of(run: Run, control?: EvaluationControl): Promise<Tensor[] | undefined>;
  /** The same of all runs that are done, nothing for the others. */
  ofDone(
    runs: readonly Run[],
    control?: EvaluationControl,
  ): Promise<{ averaged?: Tensor[] }[]>;
  /** Frees the compiled function. */
  dispose(): void;
}

/**
 * The averages of a training's runs.
 *
 * Where the averaging says so, running statistics are the means of those of the
 * batches of the run's first epoch, as they are drawn (dropout and augmentation
 * included), under the averaged weights: one forward pass of the training set.
 * Like evaluations, those passes are not part of a run's cost.
 *
 * Reference: P. Izmailov et al., UAI 2018, arXiv 1803.05407, section 3.2.
 */
export function averages(training: Training): Averages {
  const { objective, averaging, data, batchSize, augment } = training;
  const { microBatches, updatesPerBatch } = training;
  const size = batchSize / microBatches;
  const statistics = objective.parameters.flatMap(({ role }, i) =>
    role === "statistic" ? [i] : []
  );

  /** mean + (the batch's − mean)·share, for each statistic. */
  const move: Compiled<
    (
      data: { inputs: Tensor; labels: Tensor },
      parameters: Tensor[],
      means: Tensor[],
      draw: Tensor1D,
      share: Tensor,
    ) => Tensor[]
  > = compile((data, parameters, means, draw, share) => {
    const { batch, seed } = drawnBatch(data, draw, size, augment);
    const mode = { training: true, batchStatistics: true, seed };
    const found = objective.loss(parameters, batch, mode).statistics;
    return means.map((mean, i) =>
      tf.add(mean, tf.mul(tf.sub(found[i]!, mean), share))
    );
  });

  async function recalibrate(
    parameters: Tensor[],
    { draw, options }: Run,
    { breathe, signal }: EvaluationControl,
  ): Promise<boolean> {
    const steps = Math.floor(data.train.count / batchSize);
    const examplesOf = examplesOfSteps(training);
    let parts = 0;
    for (let step = 0; step < steps; step++) {
      const { examples, draws: [packed], dispose } = await examplesOf([
        { draw, options, step: step * updatesPerBatch },
      ]) as DrawnExamples & { draws: [Int32Array<ArrayBuffer>] };
      const block = packed.length / microBatches;
      for (let j = 0; j < microBatches; j++) {
        const part = packed.subarray(j * block, (j + 1) * block);
        const inputsOfStep = {
          draw: tf.tensor1d(part, "int32"),
          share: tf.scalar(1 / ++parts),
        };
        const means = move(
          examples,
          parameters,
          statistics.map((i) => parameters[i]!),
          inputsOfStep.draw,
          inputsOfStep.share,
        );
        tf.dispose(inputsOfStep);
        statistics.forEach((at, i) => {
          parameters[at]!.dispose();
          parameters[at] = means[i]!;
        });
      }
      dispose();
      await breathe?.();
      if (signal?.aborted) return false;
    }
    return true;
  }

  function areThere({ state, step }: Run): boolean {
    return averaging !== undefined && state.average !== undefined &&
      step >= averaging.begins;
  }

  async function of(
    run: Run,
    control: EvaluationControl = {},
  ): Promise<Tensor[] | undefined> {
    const parameters = run.state.average!.map((a) => tf.clone(a));
    if (averaging!.statistics === "average" || statistics.length === 0) {
      return parameters;
    }
    if (await recalibrate(parameters, run, control)) return parameters;
    tf.dispose(parameters);
    return undefined;
  }

  return {
    areThere,
    of,
    async ofDone(runs, control = {}) {
      const all: { averaged?: Tensor[] }[] = [];
      for (const run of runs) {
        const averaged = run.status === "done" && areThere(run)
          ? await of(run, control)
          : undefined;
        all.push(averaged ? { averaged } : {});
      }
      return all;
    },
    dispose: () => move.dispose(),
  };
}
