/**
 * The first half of a training step, as a pure function: the gradients of a batch.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { Batch, Objective } from "./objective.ts";
import { type Sharpness, worstNear } from "./sharpness.ts";
import {
  cropAndFlip,
  gather,
  mirror,
  type ResidentSplit,
} from "./resident_data.ts";

/** What decides the gradients of a batch. */
export interface BatchOptions {
  /** What is minimised. */
  objective: Objective;
  /** Examples a step. */
  batchSize: number;
  /** Whether images are cropped and flipped, or mirrored with labels that are images. */
  augment: boolean;
  /** How far from the weights gradients are taken. @default {at the weights} */
  sharpness?: Sharpness | undefined;
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
  if (augment && batch.labels.rank === 1) {
    batch.inputs = cropAndFlip(batch.inputs, part(1), part(2), part(3));
  } else if (augment) {
    batch.inputs = mirror(batch.inputs, part(3));
    batch.labels = mirror(batch.labels, part(3));
  }
  return { batch, seed };
}

/**
 * The gradients of a batch that was drawn.
 *
 * @throws {TypeError} If the loss is not a scalar.
 */
export function gradientsOf(
  objective: Objective,
  { batch, seed }: ReturnType<typeof drawnBatch>,
  parameters: readonly Tensor[],
): BatchGradients {
  const trained = trainedIndices(objective);
  const mode = { training: true, seed };
  if (objective.gradients) return objective.gradients(parameters, batch, mode);
  let statistics: Tensor[] = [];
  const { value: loss, grads: gradients } = tf.valueAndGrads(
    (...values: Tensor[]) => {
      const all = parameters.slice();
      trained.forEach((at, i) => all[at] = values[i]!);
      const result = objective.loss(all, batch, mode);
      if (result.loss.rank !== 0) {
        throw new TypeError(
          `the objective's loss must be a scalar, got shape [${result.loss.shape}]: take its mean`,
        );
      }
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
 * The gradients of a batch; with sharpness, those of the worst place near by, and the
 * loss and the statistics of the weights themselves.
 *
 * @param options The objective, and how many examples are drawn.
 * @param data What is drawn from.
 * @param parameters All of them, statistics included.
 * @param draw What is drawn (`drawer`), for this batch alone.
 */
export function batchGradients(
  { objective, batchSize, augment, sharpness }: BatchOptions,
  data: Pick<ResidentSplit, "inputs" | "labels">,
  parameters: readonly Tensor[],
  draw: Tensor1D,
): BatchGradients {
  const drawn = drawnBatch(data, draw, batchSize, augment);
  const here = gradientsOf(objective, drawn, parameters);
  if (sharpness === undefined) return here;
  const trained = trainedIndices(objective);
  const worst = worstNear(
    sharpness,
    trained.map((at) => objective.parameters[at]!),
    trained.map((at) => parameters[at]!),
    here.gradients,
  );
  const there = parameters.slice();
  trained.forEach((at, i) => there[at] = worst[i]!);
  const { gradients } = gradientsOf(objective, drawn, there);
  return { ...here, gradients };
}
