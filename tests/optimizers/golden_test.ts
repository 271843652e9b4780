/** The optimizers against PyTorch's, in double precision. */
import { ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  adam,
  momentum,
  nesterov,
  type Optimizer,
  rmsprop,
  sgd,
  update,
} from "../../lib/optimizers/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

interface Problem {
  start: number[];
  curvature: number[];
  noise: number[][];
  rates: number[];
}

interface Case {
  torch: string;
  spec: { kind: keyof typeof factories };
  path: number[][];
}

const factories = { sgd, momentum, nesterov, rmsprop, adam };

const [problem, ...cases] = (await Deno.readTextFile(
  new URL("../golden/optimizers.jsonl", import.meta.url),
)).trim().split("\n").map((line) => JSON.parse(line)) as [Problem, ...Case[]];

/** The parameters after each step of an optimizer on the problem. */
function trajectory(optimizer: Optimizer): number[][] {
  const { start, curvature, noise, rates } = problem;
  const step = compile(
    (
      theta: tf.Tensor,
      slots: tf.Tensor[],
      gradient: tf.Tensor,
      learningRate: tf.Tensor,
      step: tf.Tensor,
    ) =>
      update(optimizer, "kernel", theta, gradient, slots, {
        learningRate,
        gradientWeight: undefined,
        step,
      }),
    { precision: "float64" },
  );
  let theta = float64(start);
  let slots = optimizer.slots.map(() => float64(start.map(() => 0)));
  const path: number[][] = [];
  for (const [t, push] of noise.entries()) {
    const values = [...theta.dataSync()];
    const gradient = float64(
      values.map((x, i) => curvature[i]! * x + push[i]!),
    );
    const numbers = [float64(rates[t]!), float64(t + 1)] as const;
    const next = step(theta, slots, gradient, ...numbers);
    tf.dispose([theta, slots, gradient, ...numbers]);
    ({ parameter: theta, slots } = next);
    path.push([...theta.dataSync()]);
  }
  tf.dispose([theta, slots]);
  step.dispose();
  return path;
}

strictEqual(cases.length, 14);
for (const { torch, spec: { kind, ...options }, path } of cases) {
  tensorflowTest(
    `${kind} ${JSON.stringify(options)} is PyTorch's ${torch}`,
    () => {
      const before = tf.memory().numTensors;
      const actual = trajectory(factories[kind](options));
      strictEqual(actual.length, path.length);
      for (const [t, values] of path.entries()) {
        for (const [i, value] of values.entries()) {
          const error = Math.abs(actual[t]![i]! - value);
          ok(
            error <= 1e-10 * Math.max(1, Math.abs(value)),
            `step ${t}, parameter ${i}: ${actual[t]![i]} is not ${value}`,
          );
        }
      }
      strictEqual(tf.memory().numTensors, before, "tensors left behind");
    },
  );
}
