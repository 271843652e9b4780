import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  strictEqual,
  throws,
} from "node:assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile } from "../../lib/runtime/compile.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { dropout, randomUniform } from "../../lib/runtime/random_uniform.ts";
import { tensorTest } from "../support/tensor_test.ts";

function draw(shape: readonly number[], seed: readonly number[]): number[] {
  return tf.tidy(() => {
    const numbers = randomUniform(shape, tf.tensor1d([...seed], "int32"));
    deepStrictEqual(numbers.shape, shape);
    return [...numbers.dataSync()];
  });
}

Deno.test("the numbers are TensorFlow's, to the bit, on other backends", async () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const cases = fc.sample(
    fc.tuple(
      fc.oneof(
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
        fc.constantFrom([2001], [3, 667], [17, 19, 5]),
      ),
      fc.oneof(
        fc.tuple(word, word),
        fc.constantFrom([0, 0], [-1, -1], [-(2 ** 31), 2 ** 31 - 1]),
      ),
    ),
    { numRuns: 60, seed: 1 },
  );
  const drawn: number[][][] = [];
  for (const backend of ["tensorflow", "cpu", "wasm"] as const) {
    await initialize({ backend });
    drawn.push(cases.map(([shape, seed]) => draw(shape, seed)));
  }
  ok(drawn[0]!.some((numbers) => numbers.length > 2000));
  deepStrictEqual(drawn[1], drawn[0]);
  deepStrictEqual(drawn[2], drawn[0]);
});

tensorTest("they are uniform in [0, 1), and differ with the seed", () => {
  const numbers = draw([40_000], [3, 4]);
  ok(numbers.every((x) => x >= 0 && x < 1 && x * 2 ** 23 % 1 === 0));
  const counts = new Float64Array(20);
  for (const x of numbers) counts[Math.floor(x * 20)]!++;
  // χ² of 19 degrees of freedom is below 43.8 with probability 0.999.
  const chiSquared = counts.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
  ok(chiSquared < 43.8, String(chiSquared));
  for (const seed of [[4, 3], [3, 5], [-3, 4], [3, -4]]) {
    notDeepStrictEqual(draw([8], seed), draw([8], [3, 4]));
  }
});

tensorTest("a compiled function draws anew from each seed", () => {
  tf.tidy(() => {
    const compiled = compile((seed: tf.Tensor1D) =>
      randomUniform([7, 11], seed)
    );
    for (const seed of [[1, 2], [3, 4], [1, 2]]) {
      const numbers = compiled(tf.tensor1d(seed, "int32")).dataSync();
      deepStrictEqual([...numbers], draw([7, 11], seed));
    }
    strictEqual(compiled.variants, 1);
  });
});

tensorTest("a float64 function gets the same numbers", () => {
  tf.tidy(() => {
    const seed = tf.tensor1d([1, 2], "int32");
    const exact = compile((seed: tf.Tensor1D) => randomUniform([9], seed), {
      precision: "float64",
    });
    deepStrictEqual([...exact(seed).dataSync()], draw([9], [1, 2]));
  });
});

tensorTest("a function compiled by XLA draws numbers of its own", () => {
  tf.tidy(() => {
    const jitted = compile((seed: tf.Tensor1D) => randomUniform([4], seed), {
      jit: true,
    });
    const [a, b] = [[1, 2], [1, 3]].map((seed) => [
      ...jitted(tf.tensor1d(seed, "int32")).dataSync(),
    ]);
    ok([...a!, ...b!].every((x) => x >= 0 && x < 1));
    notDeepStrictEqual(a, b);
  });
});

for (const backend of ["tensorflow", "wasm"] as const) {
  tensorTest("dropout zeroes a share of rate and keeps the mean", () => {
    tf.tidy(() => {
      const x = tf.ones([200, 100]);
      for (const rate of [0.1, 0.5, 0.9]) {
        const seed = tf.tensor1d([5, 6], "int32");
        const values = dropout(x, rate, seed).dataSync();
        const zeros = values.filter((value) => value === 0).length / 20_000;
        const error = 4 * Math.sqrt(rate * (1 - rate) / 20_000);
        ok(Math.abs(zeros - rate) < error, `${zeros} for ${rate}`);
        const kept = Math.fround(1 / (1 - rate));
        ok(values.every((v) => v === 0 || Math.abs(v - kept) < 1e-6 * kept));
      }
      const all = dropout(x, 0, tf.tensor1d([5, 6], "int32"));
      ok(all.dataSync().every((value) => value === 1));
    });
  }, backend);
}

tensorTest("dropout's gradient is its mask", () => {
  tf.tidy(() => {
    const seed = tf.tensor1d([7, 8], "int32");
    const f = (x: tf.Tensor) => dropout(x, 0.3, seed);
    const x = tf.ones([50]);
    const gradient = tf.grad(f)(x).dataSync();
    deepStrictEqual(gradient, f(x).dataSync());
    deepStrictEqual(compile(tf.grad(f))(x).dataSync(), gradient);
  });
});

tensorTest("dropout has the same mask in float64", () => {
  tf.tidy(() => {
    const seed = tf.tensor1d([9, 9], "int32");
    for (const rate of [0.2, 0.3, 0.7]) {
      const f = (x: tf.Tensor) => dropout(x, rate, seed);
      const x = tf.ones([3000]);
      const single = f(x).dataSync();
      const double = compile(f, { precision: "float64" })(x).dataSync();
      deepStrictEqual(
        Array.from(single, (v) => v > 0),
        Array.from(double, (v) => v > 0),
      );
      const kept = double.find((value) => value > 0);
      strictEqual(kept, 1 / Number((1 - rate).toPrecision(7)));
    }
  });
});

Deno.test("seed and rate are checked", async () => {
  await initialize({ backend: "cpu" });
  tf.tidy(() => {
    const x = tf.ones([2]);
    const wrong = [
      tf.tensor1d([1, 2]),
      tf.tensor1d([1, 2, 3], "int32"),
      tf.tensor2d([[1, 2]], [1, 2], "int32") as unknown as tf.Tensor1D,
    ];
    for (const seed of wrong) {
      throws(() => randomUniform([2], seed), {
        name: "TypeError",
        message:
          `seed must be an int32 tensor of shape [2], got ${seed.dtype} of shape [${seed.shape}]`,
      });
    }
    const seed = tf.tensor1d([1, 2], "int32");
    for (const rate of [-0.1, 1, NaN]) {
      throws(() => dropout(x, rate, seed), {
        name: "RangeError",
        message: `rate must be in [0, 1), got ${rate}`,
      });
    }
  });
});
