/**
 * The two halves of a training step, as pure functions: the gradients of a batch,
 * and what they change.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Averaging } from "../optimizers/averaging.ts";
import { clipGradients, type ClipOptions } from "../optimizers/clip.ts";
import { type Optimizer, update } from "../optimizers/optimizer.ts";
import {
  factorsOf,
  type ParameterGroup,
} from "../optimizers/parameter_groups.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { Batch, Objective } from "./objective.ts";
import { cropAndFlip, gather, type ResidentSplit } from "./resident_data.ts";

/** The tensors that a run trains. */
export interface RunState {
  /** Parameters, in the objective's order. */
  parameters: Tensor[];
  /** For each trained parameter in order, the optimizer's slots. */
  slots: Tensor[][];
  /** The averages of all parameters, where they are averaged. */
  average?: Tensor[];
}

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
  /** How gradients are clipped. @default {not at all} */
  clip?: ClipOptions | undefined;
  /** Parameters with rates and decays of their own. @default {none} */
  groups?: readonly ParameterGroup[];
  /** How weights are averaged. @default {not at all} */
  averaging?: Averaging | undefined;
}

/** What a batch gives. */
export interface BatchGradients {
  /** The mean loss, a scalar. */
  loss: Tensor;
  /** One a trained parameter. */
  gradients: Tensor[];
  /** The running statistics after the batch. */
  statistics: Tensor[];
}

/** What a step gives for one run. */
export interface Applied {
  state: RunState;
  /** `[1]` or `[4]`: the loss, and with norms g·g, ‖update‖² and ‖parameters‖². */
  metrics: Tensor;
}

function sumOfSquares(tensors: readonly Tensor[]): Tensor {
  return tf.addN(tensors.map((t) => tf.sum(tf.square(t))));
}

/** Which parameters are trained. */
export function trainedIndices({ parameters }: Objective): number[] {
  return parameters.flatMap((p, i) => p.role === "statistic" ? [] : [i]);
}

/** The batch of a draw, and its seed. */
export function drawnBatch(
  { inputs, labels }: Pick<ResidentSplit, "inputs" | "labels">,
  draw: Tensor1D,
  batchSize: number,
  augment: boolean,
): { batch: Batch; seed: Tensor1D } {
  const part = (i: number) => tf.slice(draw, [2 + i * batchSize], [batchSize]);
  const seed = tf.slice(draw, [0], [2]);
  const batch = gather(inputs, labels, part(0));
  if (augment) {
    batch.inputs = cropAndFlip(batch.inputs, part(1), part(2), part(3));
  }
  return { batch, seed };
}

/**
 * The gradients of a batch.
 *
 * @param options The objective, and how many examples are drawn.
 * @param data What is drawn from.
 * @param parameters All of them, statistics included.
 * @param draw What is drawn (`drawer`), for this batch alone.
 */
export function batchGradients(
  { objective, batchSize, augment }: Pick<
    StepOptions,
    "objective" | "batchSize" | "augment"
  >,
  data: Pick<ResidentSplit, "inputs" | "labels">,
  parameters: readonly Tensor[],
  draw: Tensor1D,
): BatchGradients {
  const trained = trainedIndices(objective);
  const { batch, seed } = drawnBatch(data, draw, batchSize, augment);
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
  return {
    loss,
    gradients,
    statistics: statistics.map((kept) => {
      const statistic = tf.clone(kept);
      kept.dispose();
      return statistic;
    }),
  };
}

/**
 * The numbers of a step, in the order in which {@linkcode applyGradients} finds
 * them: η, w, the step from 1, the options that schedules decide, and the share
 * of the average.
 */
export function stepNumbers(
  { optimizer, averaging }: Pick<StepOptions, "optimizer" | "averaging">,
  learningRate: number,
  gradientWeight: number,
  step: number,
): number[] {
  return [
    learningRate,
    gradientWeight,
    step + 1,
    ...Object.values(optimizer.schedules).map((schedule) => schedule(step)),
    ...averaging ? [averaging.share(step)] : [],
  ];
}

/**
 * What gradients change: parameters, slots, averages.
 *
 * @param options The optimizer, and what is around it.
 * @param state The state before the step.
 * @param found What the batch gave.
 * @param numbers The numbers of the step ({@linkcode stepNumbers}).
 */
export function applyGradients(
  options: StepOptions,
  { parameters, slots, average }: RunState,
  { loss, gradients, statistics }: BatchGradients,
  numbers: Tensor1D,
): Applied {
  const { objective, optimizer, weighted, detailed, clip } = options;
  const trained = trainedIndices(objective);
  const factors = factorsOf(
    trained.map((at) => objective.parameters[at]!),
    options.groups ?? [],
  );
  const number = (i: number) => tf.reshape(tf.slice(numbers, [i], [1]), []);
  const names = Object.keys(optimizer.schedules);
  const scheduled = Object.fromEntries(
    names.map((name, i) => [name, number(3 + i)]),
  );
  const stepNumbers = {
    learningRate: number(0),
    gradientWeight: weighted ? number(1) : undefined,
    step: number(2),
    scheduled,
  };
  let steering: readonly Tensor[] = gradients;
  if (clip !== undefined) {
    // A weight multiplies the loss, so its gradient is what is clipped.
    const { gradientWeight } = stepNumbers;
    steering = clipGradients(
      gradientWeight === undefined
        ? gradients
        : gradients.map((g) => tf.mul(g, gradientWeight)),
      clip,
    );
    stepNumbers.gradientWeight = undefined;
  }
  const next = parameters.slice();
  const nextSlots = trained.map((at, i) => {
    const result = update(
      optimizer,
      objective.parameters[at]!.role,
      parameters[at]!,
      steering[i]!,
      slots[i]!,
      stepNumbers,
      factors[i]!,
    );
    next[at] = result.parameter;
    return result.slots;
  });
  let statistic = 0;
  objective.parameters.forEach((p, i) => {
    if (p.role === "statistic") next[i] = statistics[statistic++]!;
  });
  const metrics = [loss];
  if (detailed) {
    metrics.push(
      sumOfSquares(gradients),
      sumOfSquares(trained.map((i) => tf.sub(next[i]!, parameters[i]!))),
      sumOfSquares(trained.map((i) => parameters[i]!)),
    );
  }
  const state: RunState = { parameters: next, slots: nextSlots };
  if (average !== undefined) {
    const share = number(3 + names.length);
    state.average = average.map((a, i) =>
      tf.add(a, tf.mul(tf.sub(next[i]!, a), share))
    );
  }
  return {
    state,
    metrics: tf.stack(metrics.map((m) => tf.reshape(m, []))),
  };
}
