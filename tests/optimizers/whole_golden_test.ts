/** Optimizers over all parameters at once against their peers, in double precision. */
import { ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  type Optimizer,
  type OptimizerSpec,
  parseOptimizer,
} from "../../lib/optimizers/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

/** A quadratic with an offset, and what is added to its gradient at each step. */
interface Problem {
  start: number[][];
  curvature: number[][];
  offset: number;
  noise: number[][][];
}

interface Case {
  peer: string;
  spec?: OptimizerSpec;
  rate: number;
  path: number[][][];
  averages?: number[][][];
}

const [problem, ...lines] = (await Deno.readTextFile(
  new URL("../golden/whole_optimizers.jsonl", import.meta.url),
)).trim().split("\n").map((line) => JSON.parse(line)) as [Problem, ...Case[]];
const cases = lines.filter(({ spec }) => spec !== undefined);

/** The parameters after each step, and the evaluated ones. */
function trajectory(
  { start, curvature, offset, noise }: Problem,
  { whole, slots: names }: Optimizer,
  rate: number,
): { path: number[][][]; averages: number[][][] } {
  const before = tf.memory().numTensors;
  interface State {
    parameters: tf.Tensor[];
    slots: tf.Tensor[][];
    shared: tf.Tensor[];
    average: tf.Tensor[] | undefined;
  }
  const step = compile(
    (
      state: State,
      push: tf.Tensor[],
      bend: tf.Tensor[],
      numbers: { learningRate: tf.Tensor; step: tf.Tensor; first: tf.Tensor },
    ) => {
      const gradients = state.parameters.map((p, i) =>
        tf.add(tf.mul(bend[i]!, p), push[i]!)
      );
      const loss = tf.add(
        offset,
        tf.addN(state.parameters.map((p, i) =>
          tf.sum(
            tf.mul(p, tf.add(tf.mul(tf.div(bend[i]!, 2), p), push[i]!)),
          )
        )),
      );
      const next = whole!.step({ ...state, ...numbers, gradients, loss });
      return { ...next, average: next.average };
    },
    { precision: "float64" },
  );
  const vectors = (lists: number[][]) => lists.map((list) => float64(list));
  let state: State = {
    parameters: vectors(start),
    slots: start.map((list) => names.map(() => float64(list.map(() => 0)))),
    shared: whole!.shared.map(() => float64(0)),
    average: whole!.averages ? vectors(start) : undefined,
  };
  const free = ({ parameters, slots, shared, average = [] }: State) =>
    tf.dispose([...parameters, ...slots.flat(), ...shared, ...average]);
  const bend = vectors(curvature);
  const path: number[][][] = [], averages: number[][][] = [];
  for (const [t, pushes] of noise.entries()) {
    const push = vectors(pushes);
    const numbers = {
      learningRate: float64(rate),
      step: float64(t + 1),
      first: float64(t === 0 ? 1 : 0),
    };
    const next = step(state, push, bend, numbers) as State;
    free(state);
    tf.dispose([...push, ...Object.values(numbers)]);
    state = next;
    path.push(state.parameters.map((p) => [...p.dataSync()]));
    averages.push((state.average ?? []).map((p) => [...p.dataSync()]));
  }
  free(state);
  tf.dispose(bend);
  step.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  return { path, averages };
}

function checkClose(actual: number[][][], expected: number[][][]): void {
  strictEqual(actual.length, expected.length);
  for (const [t, tensors] of expected.entries()) {
    for (const [i, value] of tensors.flat().entries()) {
      const found = actual[t]!.flat()[i]!;
      ok(
        Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value)),
        `step ${t}, value ${i}: ${found} is not ${value}`,
      );
    }
  }
}

strictEqual(cases.length, 23);
for (const { peer, spec, rate, path, averages } of cases) {
  tensorflowTest(`${JSON.stringify(spec)} at ${rate} is ${peer}`, () => {
    const found = trajectory(problem, parseOptimizer(spec), rate);
    checkClose(found.path, path);
    if (averages) checkClose(found.averages, averages);
  });
}

tensorflowTest(
  "L4 takes the steps that its authors' rule gives on ‖x‖²",
  () => {
    // Computed elsewhere: η = 0.15·(L − 0.9·Lmin) / (v·v).
    const squares: Problem = {
      start: [[1, 2, 3]],
      curvature: [[2, 2, 2]],
      offset: 0,
      noise: Array.from({ length: 3 }, () => [[0, 0, 0]]),
    };
    const { path } = trajectory(squares, parseOptimizer({ kind: "l4" }), 1);
    const loss = path.map(([x]) => x!.reduce((sum, y) => sum + y * y, 0));
    ok(Math.abs(path[0]![0]![0]! - (1 - 2 * 0.0121875)) < 1e-12);
    ok(Math.abs(loss[0]! - 13.325818) < 1e-6);
  },
);

tensorflowTest("L4 without momentum steps along each gradient alone", () => {
  const squares: Problem = {
    start: [[1, 2, 3]],
    curvature: [[2, 2, 2]],
    offset: 0,
    noise: Array.from({ length: 3 }, () => [[0, 0, 0]]),
  };
  const l4 = parseOptimizer({ kind: "l4", momentum: 0 });
  // On ‖x‖² the gradient is 2x: every coordinate shrinks by 1 − 2η.
  let [factor, least] = [1, 0.75 * 14];
  for (const [x] of trajectory(squares, l4, 1).path) {
    const loss = 14 * factor ** 2;
    least = Math.min(least, loss);
    factor *= 1 - 2 * 0.15 * (loss - 0.9 * least) / (4 * loss);
    least *= 1.001;
    ok(Math.abs(x![1]! - 2 * factor) < 1e-12, `${x![1]}, not ${2 * factor}`);
  }
});
