/**
 * TensorFlow.js layers models as objectives.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { mendDilations } from "./layers_model/dilations.ts";
import { type LossName, lossOf } from "./layers_model/losses.ts";
import {
  normalisationLayers,
  withMomentum,
} from "./layers_model/normalisation.ts";
import {
  dropoutLayers,
  unseededLayers,
  withoutDropout,
  withSeed,
} from "./layers_model/randomness.ts";
import { weightsOf, withValues } from "./layers_model/weights.ts";
import type { Mode, Objective } from "./objective.ts";

export type { LossName } from "./layers_model/losses.ts";

/** A TensorFlow.js layers model, as `tf.sequential` and `tf.model` make it. */
export type LayersModel = tf.LayersModel;

/** An objective whose parameters are a model's weights. */
export interface LayersModelObjective extends Objective {
  /**
   * Writes parameters back to the model.
   *
   * @param parameters In the objective's order; the caller still owns them.
   */
  assign(parameters: readonly Tensor[]): void;
}

/**
 * A TensorFlow.js layers model with a loss, as a pure function of its weights.
 *
 * The model is not changed by calls: it is given the parameters while it computes,
 * and its own weights back. Initial values are the weights that the model has when
 * training begins, whatever the seed. In training, batch normalisation returns its
 * moving averages instead of writing them, dropout draws its masks from the seed of
 * the step, and regularisers of layers are added to the loss, as `model.fit` does.
 * Weights that are not trainable are statistics.
 *
 * @param model A built model of one input and one output.
 * @param loss The loss, as `model.compile` names it, or `softmaxCrossEntropy` for
 * a model whose outputs are logits.
 * @throws {TypeError} If the model has several inputs or outputs, or state of its
 * own. When called to train: if a layer draws random numbers that no seed decides.
 * @throws {RangeError} If there is no such loss.
 *
 * @example A stock model, trained by Slope
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { sgd } from "../optimizers/sgd.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { cosine } from "../schedules/cosine.ts";
 * import { objectiveOfLayersModel } from "./layers_model.ts";
 * import { residentData } from "./resident_data.ts";
 * import { train } from "./train.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ inputShape: [1], units: 2, activation: "softmax" })],
 * });
 * const objective = objectiveOfLayersModel(model, "sparseCategoricalCrossentropy");
 * const inputs = Float32Array.of(-2, -1, 1, 2), labels = Int32Array.of(0, 0, 1, 1);
 * const data = residentData({
 *   name: "points",
 *   shape: [1],
 *   train: { count: 4, inputs, labels },
 * });
 * const training = train({
 *   objective,
 *   data,
 *   optimizer: sgd(),
 *   batchSize: 4,
 *   epochs: 50,
 *   learningRate: cosine({ from: 1, to: 0, steps: 50 }),
 *   seed: 0,
 * });
 * let next = await training.next();
 * while (!next.done) next = await training.next();
 * objective.assign(next.value.parameters);
 * tf.dispose(next.value.parameters);
 *
 * const x = tf.tensor2d([[3]]);
 * const probabilities = model.predict(x) as tf.Tensor;
 * ok(probabilities.dataSync()[1]! > 0.9);
 * tf.dispose([x, probabilities]);
 * data.dispose();
 * model.dispose();
 * ```
 */
export function objectiveOfLayersModel(
  model: LayersModel,
  loss: LossName,
): LayersModelObjective {
  const { losses, errors } = lossOf(loss);
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw new TypeError(
      `the model must have one input and one output, got ${model.inputs.length} and ${model.outputs.length}`,
    );
  }
  if (model.stateful) {
    throw new TypeError("the model is stateful: make its layers stateless");
  }
  mendDilations(model);
  const weights = weightsOf(model);
  const dropouts = dropoutLayers(model);
  const unseeded = unseededLayers(model);
  const normalisations = normalisationLayers(model);

  /** What the model gives, with dropout if there is a seed. */
  function outputs(inputs: Tensor, mode: Mode): Tensor {
    const { training, seed } = mode;
    const apply = () => model.apply(inputs, { training }) as Tensor;
    if (!training) return apply();
    if (unseeded.length > 0) {
      throw new TypeError(
        `random numbers of ${
          unseeded.join(", ")
        } do not depend on a seed: train the model without`,
      );
    }
    if (dropouts.length === 0) return apply();
    if (mode.dropout === false) return withoutDropout(dropouts, apply);
    if (seed === undefined) {
      throw new TypeError("A model with dropout needs a seed to be trained");
    }
    return withSeed(dropouts, seed, apply);
  }

  return {
    spec: { kind: "layersModel", loss, model: model.toJSON(null, false) },
    parameters: weights.map(({ parameter }) => parameter),
    loss(parameters, { inputs, labels }, mode) {
      return withValues(weights, parameters, (statistics) => {
        const output = mode.batchStatistics
          ? withMomentum(normalisations, 0, () => outputs(inputs, mode))
          : outputs(inputs, mode);
        const mean = tf.mean(losses(labels, output));
        if (!mode.training) return { loss: mean, statistics: [] };
        return {
          loss: tf.addN([mean, ...model.calculateLosses()]),
          statistics: statistics(),
        };
      });
    },
    evaluate(parameters, { inputs, labels }) {
      return withValues(weights, parameters, () => {
        const output = outputs(inputs, { training: false });
        return {
          losses: losses(labels, output),
          errors: errors(labels, output),
        };
      });
    },
    ...loss === "softmaxCrossEntropy"
      ? {
        head: {
          kind: "softmax" as const,
          outputs: (parameters: readonly Tensor[], inputs: Tensor) =>
            withValues(
              weights,
              parameters,
              () => outputs(inputs, { training: false }),
            ),
        },
      }
      : {},
    assign(parameters) {
      weights.forEach(({ variable }, i) => variable.write(parameters[i]!));
    },
  };
}
