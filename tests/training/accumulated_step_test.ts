/** Micro-batches against whole batches, and steps that are not traced again. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { adam, momentum, type Optimizer } from "../../lib/optimizers/mod.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { compileAccumulatedStep } from "../../lib/training/accumulated_step.ts";
import { drawer } from "../../lib/training/draw.ts";
import { classification, initialValues } from "../../lib/training/objective.ts";
import { compileStep, type Step } from "../../lib/training/step.ts";
import {
  type RunState,
  stepNumbers,
} from "../../lib/training/apply_gradients.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { shape, smallSplit } from "./small_training.ts";

const objective = classification(
  mlp({ inputShape: shape, hidden: [4], outputs: 3 }),
);

/** Ten steps in double precision: parameters, and metrics of each step. */
function tenSteps(optimizer: Optimizer, microBatches: number, count = 1) {
  const split = smallSplit(40, 0);
  const options = {
    objective,
    optimizer,
    batchSize: 12,
    augment: false,
    weighted: true,
    detailed: true,
    clip: { norm: 0.5 },
    precision: "float64",
  } as const;
  const step: Step = microBatches === 1
    ? compileStep(options)
    : compileAccumulatedStep(options, microBatches);
  const data = {
    inputs: float64(split.inputs, [40, ...shape]),
    labels: tf.tensor1d(split.labels, "int32"),
  };
  const { at } = drawer({
    seed: 3,
    count: 40,
    batchSize: 12,
    augment: false,
    microBatches,
  });
  let runs: RunState[] = Array.from({ length: count }, (_, seed) => ({
    parameters: initialValues(objective, seed).map((values, i) =>
      float64(values, objective.parameters[i]!.shape)
    ),
    slots: objective.parameters.map(({ shape }) =>
      optimizer.slots.map(() =>
        float64(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape)
      )
    ),
  }));
  const metrics: number[] = [];
  for (let t = 0; t < 10; t++) {
    const inputs = runs.map((_, i) => ({
      numbers: float64(
        stepNumbers({ optimizer }, 0.1 / (1 + i), 1.5, t),
      ) as tf.Tensor1D,
      draw: tf.tensor1d(at(t), "int32"),
    }));
    const next = step(data, runs, inputs);
    metrics.push(...next.metrics.dataSync());
    tf.dispose(inputs.flatMap(({ numbers, draw }) => [numbers, draw]));
    tf.dispose(next.metrics);
    for (const { parameters, slots } of runs) {
      tf.dispose([parameters, slots.flat()]);
    }
    runs = next.runs;
  }
  const values = runs.flatMap(({ parameters }) =>
    parameters.flatMap((p) => [...p.dataSync()])
  );
  for (const { parameters, slots } of runs) {
    tf.dispose([parameters, slots.flat()]);
  }
  tf.dispose([data.inputs, data.labels]);
  const { variants } = step;
  step.dispose();
  return { values, metrics, variants };
}

const scheduled = momentum({
  momentum: linear({ from: 0.5, to: 0.9, steps: 10 }),
  weightDecay: linear({ from: 0.1, to: 0, steps: 10 }),
});

for (const [name, optimizer] of Object.entries({ adam: adam(), scheduled })) {
  for (const microBatches of [2, 3, 12]) {
    tensorflowTest(
      `${name}: ${microBatches} micro-batches are one batch`,
      () => {
        const before = tf.memory().numTensors;
        const whole = tenSteps(optimizer, 1, 2);
        const parts = tenSteps(optimizer, microBatches, 2);
        for (const key of ["values", "metrics"] as const) {
          strictEqual(parts[key].length, whole[key].length);
          for (const [i, value] of whole[key].entries()) {
            const error = Math.abs(parts[key][i]! - value);
            ok(
              error <= 1e-11 * Math.max(1, Math.abs(value)),
              `${key} ${i}: ${error}`,
            );
          }
        }
        strictEqual(tf.memory().numTensors, before, "tensors left behind");
      },
    );
  }
}

tensorflowTest(
  "numbers that change are inputs: no step is traced again",
  () => {
    strictEqual(tenSteps(scheduled, 1).variants, 1);
    strictEqual(tenSteps(scheduled, 3).variants, 3); // first part, others, update
  },
);

Deno.test("the parts of a batch are drawn as the batch is, each with a seed", () => {
  const options = { seed: 1, count: 30, batchSize: 6, augment: true };
  const whole = drawer(options).at(4);
  const parts = drawer({ ...options, microBatches: 3 }).at(4);
  strictEqual(parts.length, 3 * (2 + 2 * 4));
  for (let part = 0; part < 3; part++) {
    const block = parts.subarray(part * 10, (part + 1) * 10);
    for (let column = 0; column < 4; column++) {
      deepStrictEqual(
        block.slice(2 + 2 * column, 4 + 2 * column),
        whole.slice(2 + 6 * column + 2 * part, 4 + 6 * column + 2 * part),
      );
    }
  }
  deepStrictEqual(parts.slice(0, 2), whole.slice(0, 2));
  const seeds = [0, 10, 20].map((at) => parts.slice(at, at + 2).join());
  strictEqual(new Set(seeds).size, 3);
});
