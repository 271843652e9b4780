/**
 * The compiled functions of a step along a line: its beginning, the line's values and
 * slopes, and the step itself.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { clipGradients } from "../optimizers/clip.ts";
import { directionOf } from "../optimizers/direction_of.ts";
import { factorsOf } from "../optimizers/parameter_groups.ts";
import { seedOfPlace } from "../models/layers/dropout.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import {
  type BatchOptions,
  drawnBatch,
  gradientsOf,
  trainedIndices,
} from "./batch_gradients.ts";
import type { RunState, UpdateOptions } from "./apply_gradients.ts";

/** What decides a step along a line. */
export type LineStepOptions =
  & BatchOptions
  & Omit<UpdateOptions, "detailed">
  & {
    /** Whether looks have dropout masks of their own. @default {false} */
    freshMasks?: boolean;
  };

/** What is drawn from. */
export interface LineData {
  inputs: Tensor;
  labels: Tensor;
}

/** What a step begins with. */
export interface LineInputs {
  /** As in a step with a schedule (`stepNumbers`); the learning rate is not used. */
  numbers: Tensor1D;
  /** What is drawn (`drawer`). */
  draw: Tensor1D;
  /** Scalar η at which the loss is wanted at once, and the step to there. */
  trial: Tensor | undefined;
  /** Scalar that the step, not the look, is multiplied by. */
  factor: Tensor | undefined;
}

/** The beginning of a step. */
export interface Begun {
  /**
   * float32 `[9]`: L, f(0) = w·L, f′(0), g·g, d·d, θ·θ, −g·d′, f(trial), and whether the
   * direction was reversed; 0 for what there is not.
   */
  numbers: Tensor;
  /** d, one tensor a trained parameter. */
  direction: Tensor[];
  /** The optimizer's state after it. */
  slots: Tensor[][];
  /** The running statistics after the batch. */
  statistics: Tensor[];
  /** The trained parameters after the step to the trial. */
  stepped: Tensor[] | undefined;
}

/** The place of a look's masks: beyond all places of a network. */
const LOOK = 1 << 20;

/** The seed of a look's dropout: the gradient's, unless masks are fresh. */
function seedOfLook({ freshMasks }: LineStepOptions, seed: Tensor1D): Tensor1D {
  return freshMasks ? seedOfPlace(seed, LOOK) : seed;
}

/** The inner product of lists of tensors. */
export function inner(a: readonly Tensor[], b: readonly Tensor[]): Tensor {
  return tf.addN(a.map((t, i) => tf.sum(tf.mul(t, b[i]!))));
}

/** θ − η·d. */
export function along(
  parameters: readonly Tensor[],
  direction: readonly Tensor[],
  rate: Tensor,
): Tensor[] {
  return parameters.map((p, i) => tf.sub(p, tf.mul(direction[i]!, rate)));
}

/** All parameters, the trained ones replaced. */
export function withTrained(
  { objective }: Pick<LineStepOptions, "objective">,
  parameters: readonly Tensor[],
  values: readonly Tensor[],
): Tensor[] {
  const all = parameters.slice();
  trainedIndices(objective).forEach((at, i) => all[at] = values[i]!);
  return all;
}

/**
 * The beginning of a step, as a pure function: gradients, direction, and what the line
 * is known by without another pass; where a trial is given, the loss there too.
 */
export function beginStep(
  options: LineStepOptions,
  data: LineData,
  { parameters, slots, previous }: RunState,
  { numbers, draw, trial, factor }: LineInputs,
): Begun {
  const { objective, optimizer, weighted, clip, batchSize, augment } = options;
  const trained = trainedIndices(objective);
  const here = trained.map((at) => parameters[at]!);
  const number = (i: number) => tf.reshape(tf.slice(numbers, [i], [1]), []);
  const drawn = drawnBatch(data, draw, batchSize, augment);
  const found = gradientsOf(objective, drawn, parameters);
  const weigh = (t: Tensor) => weighted ? tf.mul(t, number(1)) : t;
  const value = weigh(found.loss);
  const gradients = found.gradients.map(weigh);
  const steering = clip === undefined
    ? gradients
    : clipGradients(gradients, clip);
  const factors = factorsOf(
    trained.map((at) => objective.parameters[at]!),
    options.groups ?? [],
  );
  const scheduled = Object.fromEntries(
    Object.keys(optimizer.schedules).map((name, i) => [name, number(3 + i)]),
  );
  const next = trained.map((at, i) =>
    directionOf(
      optimizer,
      objective.parameters[at]!.role,
      parameters[at]!,
      steering[i]!,
      slots[i]!,
      { gradientWeight: undefined, step: number(2), scheduled },
      factors[i]!,
    )
  );
  const gradientNormSquared = inner(gradients, gradients);
  let direction = next.map((one) => one.direction);
  let descent = gradientNormSquared;
  let directionNormSquared = gradientNormSquared;
  let reversed: Tensor = tf.scalar(0);
  if (direction.some((d, i) => d !== gradients[i])) {
    const product = inner(gradients, direction);
    reversed = tf.cast(tf.less(product, 0), "float32");
    const sign = tf.sub(1, tf.mul(reversed, 2));
    direction = direction.map((d) => tf.mul(d, sign));
    descent = tf.abs(product);
    directionNormSquared = inner(direction, direction);
  }
  const looked = trial && along(here, direction, trial);
  return {
    numbers: tf.stack([
      found.loss,
      value,
      tf.neg(descent),
      gradientNormSquared,
      directionNormSquared,
      inner(here, here),
      previous ? tf.neg(inner(gradients, previous)) : tf.scalar(0),
      looked
        ? weigh(
          objective.loss(
            withTrained(options, parameters, looked),
            drawn.batch,
            { training: true, seed: seedOfLook(options, drawn.seed) },
          ).loss,
        )
        : tf.scalar(0),
      reversed,
    ]),
    // Elsewhere than on tensorflow a tensor that is given twice would be freed twice.
    direction: direction.map((d) => tf.clone(d)),
    slots: next.map((one) => one.slots.map((slot) => tf.clone(slot))),
    statistics: found.statistics,
    stepped: looked &&
      (factor === undefined
        ? looked
        : along(here, direction, tf.mul(trial, factor))),
  };
}

/** What a line is evaluated on. */
export interface LinePlace {
  data: LineData;
  /** All parameters, statistics included. */
  parameters: Tensor[];
  /** d. */
  direction: Tensor[];
  draw: Tensor1D;
  /** Scalar w, where gradients are weighted. */
  weight: Tensor | undefined;
}

/** f(η), a scalar, as a pure function. */
export function lineValue(
  options: LineStepOptions,
  { data, parameters, direction, draw, weight }: LinePlace,
  rate: Tensor,
): Tensor {
  const { objective, batchSize, augment } = options;
  const drawn = drawnBatch(data, draw, batchSize, augment);
  const here = trainedIndices(objective).map((at) => parameters[at]!);
  const there = along(here, direction, rate);
  const all = withTrained(options, parameters, there);
  const { loss } = objective.loss(all, drawn.batch, {
    training: true,
    seed: seedOfLook(options, drawn.seed),
  });
  return weight === undefined ? loss : tf.mul(loss, weight);
}

/** f(η), f′(η) and ‖∇L‖² there, as a pure function. */
export function lineSlope(
  options: LineStepOptions,
  { data, parameters, direction, draw, weight }: LinePlace,
  rate: Tensor,
): Tensor {
  const { objective, batchSize, augment } = options;
  const drawn = drawnBatch(data, draw, batchSize, augment);
  const here = trainedIndices(objective).map((at) => parameters[at]!);
  const there = along(here, direction, rate);
  const { loss, gradients } = gradientsOf(
    objective,
    drawn,
    withTrained(options, parameters, there),
  );
  const w = weight ?? tf.scalar(1);
  return tf.stack([
    tf.mul(loss, w),
    tf.neg(tf.mul(inner(gradients, direction), w)),
    tf.mul(inner(gradients, gradients), tf.square(w)),
  ]);
}
