/**
 * Steps whose size LOSSGRAD chooses, against steps of a scheduled size with a forward
 * pass more: the same arithmetic.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { lossgrad } from "../lib/controllers/mod.ts";
import { compile } from "../lib/runtime/compile.ts";
import { constant } from "../lib/schedules/constant.ts";
import { stepper } from "../lib/training/advance.ts";
import { drawnBatch } from "../lib/training/batch_gradients.ts";
import { disposeState, initialState } from "../lib/training/group.ts";
import { lineStepper } from "../lib/training/line_stepper.ts";
import type { RunOptions } from "../lib/training/options.ts";
import { withDefaults } from "../lib/training/with_defaults.ts";
import { residentData } from "../lib/training/resident_data.ts";
import { newRun } from "../lib/training/run.ts";
import { LEARNING_RATE } from "./sgd_step.ts";
import { settings, split } from "./training_steps.ts";
import type { Workload } from "./workloads.ts";

/**
 * The trainer's steps on a workload.
 *
 * @param workload The network and its batch size.
 * @param controlled Whether LOSSGRAD chooses the step size; else each step is followed
 * by a forward pass.
 */
export function lineSteps(
  workload: Workload,
  controlled: boolean,
): { step(): Promise<number>; dispose(): void } {
  const data = residentData({
    name: "waves",
    shape: workload.network.inputShape,
    train: split(workload),
  });
  const training = withDefaults({ ...settings(workload), data, epochs: 1 });
  const options: RunOptions = {
    seed: 0,
    ...controlled
      ? { controller: lossgrad({ initial: LEARNING_RATE, factor: 1 + 1e-9 }) }
      : { learningRate: constant({ value: LEARNING_RATE }) },
  };
  const run = newRun(training, options);
  run.state = initialState(training, 0);
  const steps = (controlled ? lineStepper : stepper)(training, false);
  const { objective, batchSize } = training;
  const { inputs, labels } = data.train;
  const forward = compile(
    (
      source: { inputs: tf.Tensor; labels: tf.Tensor },
      parameters: tf.Tensor[],
      draw: tf.Tensor1D,
    ) => {
      const { batch, seed } = drawnBatch(source, draw, batchSize, false);
      return objective.loss(parameters, batch, { training: true, seed }).loss;
    },
  );
  return {
    async step() {
      const draw = tf.tensor1d(run.draw(run.step), "int32") as tf.Tensor1D;
      const [metrics] = await steps.advance([run], false);
      if (!controlled) {
        const after = forward({ inputs, labels }, run.state.parameters, draw);
        after.dataSync();
        after.dispose();
      }
      draw.dispose();
      return metrics!.loss;
    },
    dispose() {
      disposeState(run.state);
      steps.dispose();
      forward.dispose();
      data.dispose();
    },
  };
}
