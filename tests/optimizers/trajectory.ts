/** Optimizers on a small problem with a known gradient. */
import { strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { type Optimizer, update } from "../../lib/optimizers/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";

/** A quadratic, and what is added to its gradient at each step. */
export interface Problem {
  start: readonly number[];
  curvature: readonly number[];
  noise: readonly (readonly number[])[];
  /** η of each step. */
  rates: readonly number[];
}

/** What else a trajectory depends on. */
export interface TrajectoryOptions {
  /** w of each step. @default {none is used} */
  weights?: readonly number[];
  /** The arithmetic. @default {"float64"} */
  precision?: "float32" | "float64";
}

/**
 * The parameters after each step of an optimizer, where the gradient is
 * curvature·θ + noise. Asserts that the step is traced once, and leaves no tensor.
 */
export function trajectory(
  { start, curvature, noise, rates }: Problem,
  optimizer: Optimizer,
  { weights, precision = "float64" }: TrajectoryOptions = {},
): number[][] {
  const before = tf.memory().numTensors;
  const step = compile(
    (
      theta: tf.Tensor,
      slots: tf.Tensor[],
      gradient: tf.Tensor,
      numbers: {
        learningRate: tf.Tensor;
        step: tf.Tensor;
        gradientWeight: tf.Tensor | undefined;
        scheduled: Record<string, tf.Tensor>;
      },
    ) => update(optimizer, "kernel", theta, gradient, slots, numbers),
    { precision },
  );
  const vector = (values: readonly number[]) =>
    precision === "float64" ? float64(values) : tf.tensor1d([...values]);
  const scalar = (value: number) =>
    precision === "float64" ? float64(value) : tf.scalar(value);
  let theta: tf.Tensor = vector(start);
  let slots = optimizer.slots.map((name) =>
    optimizer.scalarSlots?.includes(name)
      ? scalar(0)
      : vector(start.map(() => 0))
  );
  const path: number[][] = [];
  for (const [t, push] of noise.entries()) {
    const gradient = vector(
      [...theta.dataSync()].map((x, i) => curvature[i]! * x + push[i]!),
    );
    const numbers = {
      learningRate: scalar(rates[t]!),
      step: scalar(t + 1),
      gradientWeight: weights && scalar(weights[t]!),
      scheduled: Object.fromEntries(
        Object.entries(optimizer.schedules)
          .map(([name, schedule]) => [name, scalar(schedule(t))]),
      ),
    };
    const next = step(theta, slots, gradient, numbers);
    tf.dispose([theta, slots, gradient, Object.values(numbers.scheduled)]);
    tf.dispose([numbers.learningRate, numbers.step]);
    numbers.gradientWeight?.dispose();
    ({ parameter: theta, slots } = next);
    path.push([...theta.dataSync()]);
  }
  tf.dispose([theta, slots]);
  strictEqual(step.variants, 1, "traced more than once");
  step.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  return path;
}
