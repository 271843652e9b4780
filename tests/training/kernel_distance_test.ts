/** Maximum mean discrepancies against sums written out, and known ones. */
import { ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { randomNormal } from "../../lib/runtime/random_normal.ts";
import { kernelDistance } from "../../lib/training/mod.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

/** The formula, pair by pair. */
function written(x: number[][], y: number[][], scale: number): number {
  const n = x.length;
  const k = (a: number[], b: number[]) =>
    scale / (scale + a.reduce((sum, v, i) => sum + (v - b[i]!) ** 2, 0));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== j) sum += (k(x[i]!, x[j]!) + k(y[i]!, y[j]!)) / (n * (n - 1));
      sum -= 2 * k(x[i]!, y[j]!) / n ** 2;
    }
  }
  return sum;
}

tensorflowTest("kernelDistance: the sum over pairs", () => {
  const before = tf.memory().numTensors;
  const random = randomStream(5, Purpose.generatedData);
  const points = (n: number, shift: number) =>
    Array.from(
      { length: n },
      () => Array.from({ length: 3 }, () => random.normal() + shift),
    );
  const distance = compile(
    (x: tf.Tensor, y: tf.Tensor) => kernelDistance(x, y, 1.5),
    { precision: "float64" },
  );
  for (const [n, shift] of [[2, 0], [7, 0.5], [30, 3]] as const) {
    const x = points(n, 0), y = points(n, shift);
    const [a, b] = [x, y].map((of) => float64(of.flat(), [n, 3]));
    const found = distance(a!, b!);
    const expected = written(x, y, 1.5);
    ok(
      Math.abs(found.dataSync()[0]! - expected) < 1e-13,
      `${found.dataSync()[0]} against ${expected}`,
    );
    tf.dispose([a!, b!, found]);
  }
  distance.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
});

tensorflowTest(
  "kernelDistance: two far points each, and one distribution",
  () => {
    tf.tidy(() => {
      // Each sample is one point twice: within 1, across 0; 1 + 1 − 0.
      const far = kernelDistance(
        tf.tensor2d([[0], [0]]),
        tf.tensor2d([[1e6], [1e6]]),
        1,
      );
      ok(Math.abs(far.dataSync()[0]! - 2) < 1e-6);
      const [a, b] = [1, 2].map((s) =>
        randomNormal([400, 4], tf.tensor1d([s, 9], "int32"))
      );
      const near = kernelDistance(a!, b!, 8).dataSync()[0]!;
      const shifted = kernelDistance(a!, tf.add(b!, 1), 8).dataSync()[0]!;
      ok(Math.abs(near) < 0.005 && shifted > 0.1, `${near}, ${shifted}`);
    });
  },
);

tensorflowTest("kernelDistance: refuses what has no pairs", () => {
  tf.tidy(() => {
    const [one, two] = [1, 2].map((n) => tf.zeros([n, 3]));
    throws(() => kernelDistance(one!, one!, 1), /from 2 on, got 1 and 1/);
    throws(() => kernelDistance(two!, one!, 1), /got 2 and 1/);
    throws(() => kernelDistance(two!, two!, 0), /scale must be > 0, got 0/);
  });
});
