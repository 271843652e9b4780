/**
 * One step of plain gradient descent on a batch that stays the same: the work
 * that is compared with PyTorch.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../lib/runtime/compile.ts";
import { classification, initialValues } from "../lib/training/objective.ts";
import { waves } from "./waves.ts";
import type { Workload } from "./workloads.ts";

/** So small that no loss gets near zero in any number of steps. */
export const LEARNING_RATE = 1e-3;

/** A step to take again and again. */
export interface Stepper {
  /** Takes a step; returns the loss before it. */
  step(): number;
  /** Frees all tensors. */
  dispose(): void;
}

/** The initial values of a workload, and its batch: the peer gets the same. */
export function startingPoint({ network, batchSize }: Workload): {
  parameters: Float32Array[];
  inputs: Float32Array;
  labels: Int32Array;
} {
  const size = network.inputShape.reduce((a, b) => a * b, batchSize);
  return {
    parameters: initialValues(classification(network), 0),
    inputs: waves(size),
    labels: Int32Array.from({ length: batchSize }, (_, i) => i % 10),
  };
}

/** Plain gradient descent on the backend in use, compiled or operation by operation. */
export function sgdStepper(workload: Workload, compiled: boolean): Stepper {
  const { network, batchSize } = workload;
  const objective = classification(network);
  const start = startingPoint(workload);
  const trained = network.parameters.flatMap(({ role }, i) =>
    role === "statistic" ? [] : [i]
  );
  const batch = {
    inputs: tf.tensor(start.inputs, [batchSize, ...network.inputShape]),
    labels: tf.tensor1d(start.labels, "int32"),
  };
  const learningRate = tf.scalar(LEARNING_RATE);
  let parameters = start.parameters.map((values, i) =>
    tf.tensor(values, [...network.parameters[i]!.shape])
  );

  function step(
    parameters: tf.Tensor[],
    batch: { inputs: tf.Tensor; labels: tf.Tensor },
    learningRate: tf.Tensor,
  ): { loss: tf.Tensor; parameters: tf.Tensor[] } {
    let kept: tf.Tensor[] = []; // the gradient tape frees all but its result
    const { value: loss, grads: gradients } = tf.valueAndGrads(
      (...values: tf.Tensor[]) => {
        const all = parameters.slice();
        trained.forEach((at, i) => all[at] = values[i]!);
        const result = objective.loss(all, batch, { training: true });
        kept = result.statistics.map((statistic) => tf.keep(statistic));
        return result.loss as tf.Scalar;
      },
    )(trained.map((at) => parameters[at]!));
    const statistics = kept.map((statistic) => tf.clone(statistic));
    tf.dispose(kept);
    const next = network.parameters.map(({ role }, i) =>
      role === "statistic" ? statistics.shift()! : tf.sub(
        parameters[i]!,
        tf.mul(learningRate, gradients[trained.indexOf(i)]!),
      )
    );
    return { loss, parameters: next };
  }

  const whole = compile(step);
  const run = compiled
    ? whole
    : (...args: Parameters<typeof step>) => tf.tidy(() => step(...args));
  return {
    step() {
      const result = run(parameters, batch, learningRate);
      const loss = result.loss.dataSync()[0]!;
      tf.dispose([parameters, result.loss]);
      parameters = result.parameters;
      return loss;
    },
    dispose() {
      tf.dispose([parameters, batch.inputs, batch.labels, learningRate]);
      whole.dispose();
    },
  };
}
