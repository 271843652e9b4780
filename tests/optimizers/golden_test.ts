/** The optimizers against PyTorch's, Keras's and optax's, in double precision. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import * as kinds from "../../lib/optimizers/kinds.ts";
import {
  type Optimizer,
  type OptimizerSpec,
  parseOptimizer,
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
  peer: string;
  spec: OptimizerSpec;
  path: number[][];
}

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
      numbers: {
        learningRate: tf.Tensor;
        step: tf.Tensor;
        scheduled: Record<string, tf.Tensor>;
      },
    ) =>
      update(optimizer, "kernel", theta, gradient, slots, {
        ...numbers,
        gradientWeight: undefined,
      }),
    { precision: "float64" },
  );
  let theta = float64(start);
  let slots = optimizer.slots.map((name) =>
    optimizer.scalarSlots?.includes(name)
      ? float64(0)
      : float64(start.map(() => 0))
  );
  const path: number[][] = [];
  for (const [t, push] of noise.entries()) {
    const values = [...theta.dataSync()];
    const gradient = float64(
      values.map((x, i) => curvature[i]! * x + push[i]!),
    );
    const numbers = {
      learningRate: float64(rates[t]!),
      step: float64(t + 1),
      scheduled: Object.fromEntries(
        Object.entries(optimizer.schedules).map((
          [name, schedule],
        ) => [name, float64(schedule(t))]),
      ),
    };
    const next = step(theta, slots, gradient, numbers);
    tf.dispose([theta, slots, gradient, Object.values(numbers.scheduled)]);
    tf.dispose([numbers.learningRate, numbers.step]);
    ({ parameter: theta, slots } = next);
    path.push([...theta.dataSync()]);
  }
  tf.dispose([theta, slots]);
  strictEqual(step.variants, 1, "traced more than once");
  step.dispose();
  return path;
}

strictEqual(cases.length, 92);
for (const { peer, spec: { kind, ...options }, path } of cases) {
  tensorflowTest(
    `${kind} ${JSON.stringify(options)} is ${peer}`,
    () => {
      const before = tf.memory().numTensors;
      const actual = trajectory(parseOptimizer({ kind, ...options }));
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

Deno.test("every optimizer has a peer without, with coupled and decoupled decay", () => {
  const decays = (kind: string) =>
    new Set(
      cases.filter(({ spec }) => spec.kind === kind)
        .map(({ spec }) => parseOptimizer(spec))
        .map(({ weightDecay, decay }) => weightDecay === 0 ? "none" : decay),
    );
  for (const kind of Object.keys(kinds)) {
    const missing = ["none", "coupled", "decoupled"]
      .filter((decay) => !decays(kind).has(decay as "none"));
    // AdamW without decay, or with a coupled one, is Adam.
    deepStrictEqual(missing, kind === "adamw" ? ["none", "coupled"] : [], kind);
  }
});
