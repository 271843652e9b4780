/**
 * The second half of a training step, as a pure function: what gradients change.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Averaging } from "../optimizers/averaging.ts";
import { clipGradients, type ClipOptions } from "../optimizers/clip.ts";
import { decayed, type Optimizer, update } from "../optimizers/optimizer.ts";
import {
  factorsOf,
  type ParameterGroup,
} from "../optimizers/parameter_groups.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { type BatchGradients, trainedIndices } from "./batch_gradients.ts";
import type { Objective } from "./objective.ts";

/** The tensors that a run trains. */
export interface RunState {
  /** Parameters, in the objective's order. */
  parameters: Tensor[];
  /** For each trained parameter in order, the optimizer's slots. */
  slots: Tensor[][];
  /** The averages of all parameters, where they are averaged. */
  average?: Tensor[];
  /** The last direction, where a controller asks for it: one a trained parameter. */
  previous?: Tensor[];
  /** What the optimizer keeps for all parameters together, if anything. */
  shared?: Tensor[];
}

/** What decides what gradients change. */
export interface UpdateOptions {
  objective: Objective;
  optimizer: Optimizer;
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

/** What a step gives for one run. */
export interface Applied {
  state: RunState;
  /** `[1]` or `[4]`: the loss, and with norms g·g, ‖update‖² and ‖parameters‖². */
  metrics: Tensor;
}

function sumOfSquares(tensors: readonly Tensor[]): Tensor {
  return tf.addN(tensors.map((t) => tf.sum(tf.square(t))));
}

/**
 * The numbers of a step, in the order in which {@linkcode applyGradients} finds
 * them: η, w, the step from 1, the options that schedules decide, and the share
 * of the average.
 */
export function stepNumbers(
  { optimizer, averaging }: Pick<UpdateOptions, "optimizer" | "averaging">,
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
  options: UpdateOptions,
  { parameters, slots, average, shared = [] }: RunState,
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
  const isWeighted = (i: number) =>
    !objective.parameters[trained[i]!]!.unweighted;
  let steering: readonly Tensor[] = gradients;
  if (clip !== undefined) {
    // A weight multiplies the loss, so its gradient is what is clipped.
    const { gradientWeight } = stepNumbers;
    steering = clipGradients(
      gradientWeight === undefined
        ? gradients
        : gradients.map((g, i) =>
          isWeighted(i) ? tf.mul(g, gradientWeight) : g
        ),
      clip,
    );
    stepNumbers.gradientWeight = undefined;
  }
  const next = parameters.slice();
  const { whole } = optimizer;
  const stepped = whole?.step({
    parameters: trained.map((at) => parameters[at]!),
    gradients: trained.map((at, i) =>
      decayed(
        optimizer,
        objective.parameters[at]!.role,
        parameters[at]!,
        steering[i]!,
        stepNumbers,
        1,
      ).gradient
    ),
    slots,
    shared,
    average: average && trained.map((at) => average[at]!),
    loss: weighted ? tf.mul(loss, number(1)) : loss,
    learningRate: stepNumbers.learningRate,
    step: stepNumbers.step,
    first: tf.cast(tf.equal(stepNumbers.step, 1), "float32"),
  });
  trained.forEach((at, i) => {
    if (stepped) next[at] = stepped.parameters[i]!;
  });
  const nextSlots = stepped?.slots ?? trained.map((at, i) => {
    const result = update(
      optimizer,
      objective.parameters[at]!.role,
      parameters[at]!,
      steering[i]!,
      slots[i]!,
      isWeighted(i)
        ? stepNumbers
        : { ...stepNumbers, gradientWeight: undefined },
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
  if (stepped) state.shared = stepped.shared;
  if (stepped?.average) {
    state.average = next.map((p) => tf.clone(p));
    trained.forEach((at, i) => state.average![at] = stepped.average![i]!);
  } else if (average !== undefined) {
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
