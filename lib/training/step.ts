/**
 * The training step: a pure function from a run's state and the numbers of a step
 * to the next state, for any number of runs side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, type Precision } from "../runtime/compile.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import {
  applyGradients,
  type RunState,
  type UpdateOptions,
} from "./apply_gradients.ts";
import { batchGradients, type BatchOptions } from "./batch_gradients.ts";

export type { RunState } from "./apply_gradients.ts";
export { trainedIndices } from "./batch_gradients.ts";

/** What changes from step to step. */
export interface StepInputs {
  /**
   * float32 `[3]`: learning rate, gradient weight, number of the step from 1; then
   * what else schedules decide (`stepNumbers`).
   */
  numbers: Tensor1D;
  /** int32: dropout seed, indices, and crops and flips (`drawer`). */
  draw: Tensor1D;
}

/** What a step gives. */
export interface StepOutputs {
  /** The next state of each run. */
  runs: RunState[];
  /**
   * float32 `[runs, 1]`: the loss; or `[runs, 4]`: loss, g·g, squared norm of the
   * update, squared norm of the parameters before it.
   */
  metrics: Tensor;
}

/** A compiled step. */
export type Step = Compiled<
  (
    data: { inputs: Tensor; labels: Tensor },
    runs: RunState[],
    inputs: StepInputs[],
  ) => StepOutputs
>;

/** What is the same for all steps. */
export interface StepOptions extends BatchOptions, UpdateOptions {
  /** The arithmetic. @default {"float32"} */
  precision?: Precision;
}

/**
 * Compiles a step. All runs share the data, the objective and the optimizer, and
 * differ in state and numbers.
 */
export function compileStep(options: StepOptions): Step {
  return compile((data, runs, inputs) => {
    const results = runs.map((state, i) => {
      const { numbers, draw } = inputs[i]!;
      const found = batchGradients(options, data, state.parameters, draw);
      return applyGradients(options, state, found, numbers);
    });
    return {
      runs: results.map(({ state }) => state),
      metrics: tf.stack(results.map(({ metrics }) => metrics)),
    };
  }, { precision: options.precision ?? "float32" });
}
