/**
 * The training step: a pure function from a run's state and the numbers of a step
 * to the next state, for any number of runs side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Optimizer, update } from "../optimizers/optimizer.ts";
import { compile, type Compiled, type Precision } from "../runtime/compile.ts";
import type { Objective } from "./objective.ts";
import { cropAndFlip, gather, type ResidentSplit } from "./resident_data.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";

/** The tensors that a run trains. */
export interface RunState {
  /** Parameters, in the objective's order. */
  parameters: Tensor[];
  /** For each trained parameter in order, the optimizer's slots. */
  slots: Tensor[][];
}

/** What changes from step to step. */
export interface StepInputs {
  /** float32 `[3]`: learning rate, gradient weight, number of the step from 1. */
  numbers: Tensor1D;
  /** int32: dropout seed, indices, and crops and flips ({@linkcode drawer}). */
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
export interface StepOptions {
  objective: Objective;
  optimizer: Optimizer;
  /** Examples a step. */
  batchSize: number;
  /** Whether images are cropped and flipped. */
  augment: boolean;
  /** Whether gradients are weighted. */
  weighted: boolean;
  /** Whether norms are computed. */
  detailed: boolean;
  /** The arithmetic. @default {"float32"} */
  precision?: Precision;
}

function sumOfSquares(tensors: readonly Tensor[]): Tensor {
  return tf.addN(tensors.map((t) => tf.sum(tf.square(t))));
}

/** Which parameters are trained. */
export function trainedIndices({ parameters }: Objective): number[] {
  return parameters.flatMap((p, i) => p.role === "statistic" ? [] : [i]);
}

/**
 * Compiles a step. All runs share the data, the objective and the optimizer, and
 * differ in state and numbers.
 */
export function compileStep(options: StepOptions): Step {
  const { objective, optimizer, batchSize, augment, weighted, detailed } =
    options;
  const trained = trainedIndices(objective);

  function one(
    data: Pick<ResidentSplit, "inputs" | "labels">,
    { parameters, slots }: RunState,
    { numbers, draw }: StepInputs,
  ): { state: RunState; metrics: Tensor } {
    const number = (i: number) => tf.reshape(tf.slice(numbers, [i], [1]), []);
    const part = (i: number) =>
      tf.slice(draw, [2 + i * batchSize], [batchSize]);
    const seed = tf.slice(draw, [0], [2]);
    const batch = gather(data.inputs, data.labels, part(0));
    if (augment) {
      batch.inputs = cropAndFlip(batch.inputs, part(1), part(2), part(3));
    }
    let statistics: Tensor[] = [];
    const { value: loss, grads: gradients } = tf.valueAndGrads(
      (...values: Tensor[]) => {
        const all = parameters.slice();
        trained.forEach((at, i) => all[at] = values[i]!);
        const result = objective.loss(all, batch, { training: true, seed });
        // The tape's scope ends with this function: they are to outlive it.
        statistics = result.statistics.map((t) => tf.keep(t));
        return result.loss as tf.Scalar;
      },
    )(trained.map((i) => parameters[i]!));
    const next = parameters.slice();
    const stepNumbers = {
      learningRate: number(0),
      gradientWeight: weighted ? number(1) : undefined,
      step: number(2),
    };
    const nextSlots = trained.map((at, i) => {
      const result = update(
        optimizer,
        objective.parameters[at]!.role,
        parameters[at]!,
        gradients[i]!,
        slots[i]!,
        stepNumbers,
      );
      next[at] = result.parameter;
      return result.slots;
    });
    let statistic = 0;
    objective.parameters.forEach((p, i) => {
      if (p.role !== "statistic") return;
      const kept = statistics[statistic++]!;
      next[i] = tf.clone(kept);
      kept.dispose();
    });
    const metrics = [loss as Tensor];
    if (detailed) {
      metrics.push(
        sumOfSquares(gradients),
        sumOfSquares(trained.map((i) => tf.sub(next[i]!, parameters[i]!))),
        sumOfSquares(trained.map((i) => parameters[i]!)),
      );
    }
    return {
      state: { parameters: next, slots: nextSlots },
      metrics: tf.stack(metrics.map((m) => tf.reshape(m, []))),
    };
  }

  return compile((data, runs, inputs) => {
    const results = runs.map((run, i) => one(data, run, inputs[i]!));
    return {
      runs: results.map(({ state }) => state),
      metrics: tf.stack(results.map(({ metrics }) => metrics)),
    };
  }, { precision: options.precision ?? "float32" });
}
