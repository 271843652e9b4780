import { deepStrictEqual, ok, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { batchNormalisation } from "../../lib/runtime/batch_normalisation.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { type BackendName, initialize } from "../../lib/runtime/initialize.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { waves } from "./agreement.ts";

const epsilon = 1e-5;

/** y, mean, variance, and the gradients of Σ c·y by x, scale and offset. */
function results(
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
): tf.Tensor[] {
  const c = waves(x.shape, 3);
  const { output, mean, variance } = batchNormalisation(x, scale, offset);
  const gradients = tf.grads((...args: tf.Tensor[]) => {
    const [x, scale, offset] = args as [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
    return tf.sum(tf.mul(c, batchNormalisation(x, scale, offset).output));
  })([x, scale, offset]);
  return [output, mean, variance, ...gradients];
}

/** The same in JavaScript's doubles, from the definition. */
function expected(
  x: readonly number[],
  scale: readonly number[],
  offset: readonly number[],
  c: readonly number[],
): number[][] {
  const channels = scale.length, count = x.length / channels;
  const sum = (f: (i: number) => number) =>
    scale.map((_, j) => {
      let total = 0;
      for (let i = j; i < x.length; i += channels) total += f(i);
      return total;
    });
  const mean = sum((i) => x[i]! / count);
  const variance = sum((i) => (x[i]! - mean[i % channels]!) ** 2 / count);
  const inverse = variance.map((v) => 1 / Math.sqrt(v + epsilon));
  const normalised = x.map((v, i) =>
    (v - mean[i % channels]!) * inverse[i % channels]!
  );
  const toOffset = sum((i) => c[i]!);
  const toScale = sum((i) => c[i]! * normalised[i]!);
  const toX = x.map((_, i) => {
    const j = i % channels;
    const common = (toOffset[j]! + normalised[i]! * toScale[j]!) / count;
    return scale[j]! * inverse[j]! * (c[i]! - common);
  });
  const output = normalised.map((v, i) =>
    v * scale[i % channels]! + offset[i % channels]!
  );
  return [output, mean, variance, toX, toScale, toOffset];
}

const names = ["output", "mean", "variance", "∂x", "∂scale", "∂offset"];

function check(
  run: (x: tf.Tensor, scale: tf.Tensor1D, offset: tf.Tensor1D) => tf.Tensor[],
  shape: number[],
  tolerance = 1e-5,
): void {
  tf.tidy(() => {
    const channels = shape[shape.length - 1]!;
    const x = tf.add(tf.mul(waves(shape), 3), 0.5);
    const scale = tf.add(waves([channels], 1), 1.5) as tf.Tensor1D;
    const offset = waves([channels], 2) as tf.Tensor1D;
    const numbers = [x, scale, offset, waves(shape, 3)]
      .map((tensor) => [...tensor.dataSync()]);
    const [a, b, c, d] = numbers as [number[], number[], number[], number[]];
    const wanted = expected(a, b, c, d);
    run(x, scale, offset).forEach((tensor, k) => {
      // The last two are sums over the batch, and as inexact as these.
      const allowed = k < 4 ? tolerance : tolerance * x.size / channels;
      tensor.dataSync().forEach((value, i) => {
        const error = Math.abs(value - wanted[k]![i]!);
        ok(error <= allowed, `${names[k]} of [${shape}] is off by ${error}`);
      });
    });
  });
}

const shapes = [[4, 5, 3, 6], [64, 8, 8, 2], [7, 3], [5, 4, 3], [
  2,
  2,
  3,
  2,
  4,
]];

for (const backend of ["tensorflow", "wasm", "cpu"] satisfies BackendName[]) {
  tensorTest("values and gradients are those of the definition", () => {
    for (const shape of shapes) check(results, shape);
  }, backend);

  tensorTest("one example: the variance is zero", () => {
    tf.tidy(() => {
      const { output, mean, variance } = batchNormalisation(
        tf.tensor2d([[3, -1]]),
        tf.tensor1d([2, 2]),
        tf.tensor1d([5, 6]),
      );
      deepStrictEqual([...output.dataSync()], [5, 6]);
      deepStrictEqual([...mean.dataSync()], [3, -1]);
      deepStrictEqual([...variance.dataSync()], [0, 0]);
    });
  }, backend);

  tensorTest("no gradient flows through mean and variance", () => {
    tf.tidy(() => {
      const [scale, offset] = [tf.ones([2]), tf.zeros([2])] as tf.Tensor1D[];
      const f = (x: tf.Tensor) => {
        const { output, mean, variance } = batchNormalisation(
          x,
          scale!,
          offset!,
        );
        return tf.add(
          tf.sum(tf.square(output)),
          tf.sum(tf.add(mean, variance)),
        );
      };
      const g = (x: tf.Tensor) =>
        tf.sum(tf.square(batchNormalisation(x, scale!, offset!).output));
      const x = waves([5, 2]);
      deepStrictEqual(tf.grad(f)(x).dataSync(), tf.grad(g)(x).dataSync());
    });
  }, backend);
}

tensorTest(
  "compiled in float32, bfloat16 and with XLA it gives the same",
  () => {
    const compiled = [
      compile(results),
      compile(results, { precision: "bfloat16" }),
      compile(results, { jit: true }),
    ];
    for (const run of compiled) check(run, [4, 5, 3, 6]);
  },
);

tensorTest("compiled in float64 it is exact", () => {
  check(compile(results, { precision: "float64" }), [4, 5, 3, 6], 1e-12);
});

Deno.test("shapes and epsilon are checked", async () => {
  await initialize({ backend: "cpu" });
  const [x, two, three] = [tf.ones([4, 2]), tf.ones([2]), tf.ones([3])] as [
    tf.Tensor,
    tf.Tensor1D,
    tf.Tensor1D,
  ];
  throws(() => batchNormalisation(two, two, two), {
    name: "TypeError",
    message: "x must have rank 2 or more, got shape [2]",
  });
  throws(() => batchNormalisation(x, three, two), {
    name: "TypeError",
    message: "scale must have shape [2], one number a channel, got [3]",
  });
  throws(
    () => batchNormalisation(x, two, three),
    /offset must have shape \[2\]/,
  );
  for (const bad of [0, -1, NaN]) {
    throws(() => batchNormalisation(x, two, two, bad), RangeError);
  }
  tf.dispose([x, two, three]);
});
