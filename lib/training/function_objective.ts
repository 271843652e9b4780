/**
 * Functions of parameters as objectives.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { type LossName, lossOf } from "./layers_model/losses.ts";
import type { Objective } from "./objective.ts";

/** What a model computes. */
export interface ModelFunction {
  /** Everything that decides what it computes, as plain JSON. */
  readonly spec: unknown;
  /** Its parameters, statistics included. */
  readonly parameters: readonly ParameterSpec[];
  /** `[batch, ...]` for `[batch, ...shape]`, with running statistics. */
  outputs(parameters: readonly Tensor[], inputs: Tensor): Tensor;
}

/**
 * A function of parameters with a loss. It has one mode: statistics stay as they are,
 * and nothing is dropped.
 *
 * @param model The function.
 * @param loss The loss.
 * @throws {RangeError} If there is no such loss.
 *
 * @example The mean of (w·x − y)² at w = 3, x = 2, y = 4
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { objectiveOfFunction } from "./function_objective.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = objectiveOfFunction({
 *   spec: {},
 *   parameters: [{
 *     name: "w",
 *     shape: [1, 1],
 *     role: "kernel",
 *     filterAxis: 1,
 *     initialise: (values) => values.fill(3),
 *   }],
 *   outputs: ([w], x) => tf.matMul(x, w!),
 * }, "meanSquaredError");
 * const batch = { inputs: tf.tensor2d([[2]]), labels: tf.tensor1d([4]) };
 * const w = tf.tensor2d([[3]]);
 * const { loss } = objective.loss([w], batch, { training: false });
 * strictEqual(loss.dataSync()[0], 4);
 * tf.dispose([w, loss, batch.inputs, batch.labels]);
 * ```
 */
export function objectiveOfFunction(
  { spec, parameters, outputs }: ModelFunction,
  loss: LossName,
): Objective {
  const { losses, errors } = lossOf(loss);
  return {
    spec: { kind: "function", loss, model: spec },
    parameters,
    loss(values, { inputs, labels }, { training }) {
      const statistics = parameters.flatMap(({ role }, i) =>
        training && role === "statistic" ? tf.clone(values[i]!) : []
      );
      const output = outputs(values, inputs);
      return { loss: tf.mean(losses(labels, output)), statistics };
    },
    evaluate(values, { inputs, labels }) {
      const output = outputs(values, inputs);
      return {
        losses: losses(labels, output),
        errors: errors(labels, output),
      };
    },
    ...loss === "softmaxCrossEntropy"
      ? { head: { kind: "softmax" as const, outputs } }
      : {},
  };
}
