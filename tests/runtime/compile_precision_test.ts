import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { batchNormalisation } from "../../lib/runtime/batch_normalisation.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { likelyDouble } from "../../lib/runtime/tensorflow/precision.ts";
import { tensorTest } from "../support/tensor_test.ts";

/** The values of a function of tensors of doubles, in float64. */
function exact(
  f: (...args: tf.Tensor[]) => tf.Tensor,
  ...args: (number | number[])[]
): number[] {
  return tf.tidy(() => {
    const compiled = compile(f, { precision: "float64" });
    const result = compiled(...args.map((values) => float64(values)));
    const values = result.dataSync() as unknown;
    ok(values instanceof Float64Array);
    compiled.dispose();
    return [...values];
  });
}

/** Asserts that numbers agree to a relative 1e-15. */
function assertExact(actual: number[], expected: number[]): void {
  strictEqual(actual.length, expected.length);
  actual.forEach((value, i) => {
    const wanted = expected[i]!;
    const error = Math.abs(value - wanted) / Math.max(Math.abs(wanted), 1e-300);
    ok(error <= 1e-15, `${value} is off ${wanted} by ${error}`);
  });
}

tensorTest("float64 agrees with closed forms to 1e-15", () => {
  const x = [0.1, 0.7, 1.3, 2.9];
  const cases: [(x: tf.Tensor) => tf.Tensor, (x: number) => number][] = [
    [tf.tanh, Math.tanh],
    [tf.exp, Math.exp],
    [tf.log, Math.log],
    [tf.sqrt, Math.sqrt],
    [tf.square, (x) => x * x],
    [tf.sin, Math.sin],
    [(x) => tf.div(1, x), (x) => 1 / x],
    [(x) => tf.pow(x, 3), (x) => x ** 3],
    [(x) => tf.mul(tf.add(x, 0.2), 0.3), (x) => (x + 0.2) * 0.3],
    [(x) => tf.relu(tf.sub(x, 0.5)), (x) => Math.max(0, x - 0.5)],
    [(x) => tf.sigmoid(x), (x) => 1 / (1 + Math.exp(-x))],
    [(x) => tf.maximum(x, 0.9), (x) => Math.max(x, 0.9)],
    [(x) => tf.where(tf.greater(x, 1), x, 0.1), (x) => x > 1 ? x : 0.1],
  ];
  for (const [f, closed] of cases) assertExact(exact(f, x), x.map(closed));
});

tensorTest("Numbers that were computed are fractions again in float64", () => {
  const third = 1 / 3;
  assertExact(exact((x) => tf.mul(x, third), 1), [third]);
  assertExact(exact((x) => tf.add(x, 1 / 784), 0), [1 / 784]);
});

tensorTest("float64 gradients agree with closed forms to 1e-15", () => {
  const x = [0.1, 0.7, 1.3];
  const gradient = (f: (x: tf.Tensor) => tf.Tensor) => exact(tf.grad(f), x);
  assertExact(gradient(tf.exp), x.map(Math.exp));
  assertExact(gradient(tf.log), x.map((x) => 1 / x));
  assertExact(
    gradient((x) => tf.mul(0.1, tf.square(x))),
    x.map((x) => 0.2 * x),
  );
});

tensorTest("float64 matrix products and convolutions sum in double", () => {
  // 1 + 1e-12 − 1 vanishes in float32.
  const [product] = exact(
    (a, b) => tf.matMul(tf.reshape(a, [1, 3]), tf.reshape(b, [3, 1])),
    [1, 1e-12, -1],
    [1, 1, 1],
  );
  ok(Math.abs(product! - 1e-12) < 1e-15);
  const [filtered] = exact(
    (x, w) =>
      tf.conv2d(
        tf.reshape(x, [1, 1, 3, 1]) as tf.Tensor4D,
        tf.reshape(w, [1, 3, 1, 1]) as tf.Tensor4D,
        1,
        "valid",
      ),
    [1, 1e-12, -1],
    [1, 1, 1],
  );
  ok(Math.abs(filtered! - 1e-12) < 1e-15);
});

tensorTest(
  "float64 has pooling, softmax, batch normalisation and casts",
  () => {
    assertExact(
      exact(
        (x) =>
          tf.maxPool(tf.reshape(x, [1, 2, 2, 1]) as tf.Tensor4D, 2, 2, "valid"),
        [0.1, 0.4, 0.3, 0.2],
      ),
      [0.4],
    );
    assertExact(
      exact(
        (x) =>
          tf.avgPool(tf.reshape(x, [1, 2, 2, 1]) as tf.Tensor4D, 2, 2, "valid"),
        [0.1, 0.4, 0.3, 0.2],
      ),
      [0.25],
    );
    const total = Math.exp(0.1) + Math.exp(0.7);
    assertExact(
      exact((x) => tf.softmax(x), [0.1, 0.7]),
      [Math.exp(0.1) / total, Math.exp(0.7) / total],
    );
    assertExact(
      exact(
        (x, mean, variance) =>
          tf.batchNorm2d(
            tf.reshape(x, [2, 1]) as tf.Tensor2D,
            mean as tf.Tensor1D,
            variance as tf.Tensor1D,
            tf.tensor1d([0.5]),
            tf.tensor1d([2]),
            1e-5,
          ),
        [0.1, 0.7],
        [0.3],
        [0.2],
      ),
      [0.1, 0.7].map((x) => (x - 0.3) / Math.sqrt(0.2 + 1e-5) * 2 + 0.5),
    );
    assertExact(
      exact((x) => tf.cast(tf.cast(tf.mul(x, 10), "int32"), "float32"), [0.37]),
      [3],
    );
  },
);

tensorTest(
  "numbers in the source of a float64 function are exact decimals",
  () => {
    const decimals = [0.1, 0.3, 1e-3, 123.456, 1e10, 2 / 4, 1e-8, 7, -0.9];
    for (const decimal of decimals) {
      deepStrictEqual(exact((x) => tf.mul(x, tf.scalar(decimal)), 1), [
        decimal,
      ]);
    }
    deepStrictEqual(exact((x) => tf.add(x, 0.1), 0.2), [0.1 + 0.2]);
  },
);

Deno.test("likelyDouble rounds to its float32 and finds what was written", () => {
  fc.assert(fc.property(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    (x) => strictEqual(Math.fround(likelyDouble(x)), x),
  ));
  fc.assert(fc.property(
    fc.integer({ min: -999_999, max: 999_999 }),
    fc.integer({ min: -20, max: 20 }),
    (digits, exponent) => {
      const decimal = Number(`${digits}e${exponent}`);
      strictEqual(likelyDouble(Math.fround(decimal)), decimal);
    },
  ));
  for (let q = 1; q <= 250; q++) {
    for (let p = 1; p <= 250; p++) {
      // A decimal of six digits may round to the same float32.
      const found = likelyDouble(Math.fround(-p / q));
      const isDecimal = found === Number(found.toPrecision(6));
      ok(found === -p / q || isDecimal, `${p}/${q}: ${found}`);
    }
  }
  strictEqual(likelyDouble(Math.fround(1 / 784)), 1 / 784);
  // What is neither stays the shortest decimal: √2, π.
  strictEqual(likelyDouble(Math.fround(Math.SQRT2)), 1.4142135);
  strictEqual(likelyDouble(Math.fround(Math.PI)), 3.1415927);
  strictEqual(likelyDouble(NaN), NaN);
  strictEqual(likelyDouble(Infinity), Infinity);
});

tensorTest(
  "float64 arguments pass between compiled functions undiminished",
  () => {
    const third = exact((x) => tf.div(x, 3), 1);
    deepStrictEqual(third, [1 / 3]);
    tf.tidy(() => {
      const twice = compile((x: tf.Tensor) => tf.mul(x, 2), {
        precision: "float64",
      });
      const x = float64(1 / 3);
      strictEqual(twice(twice(x)).dataSync()[0], 4 / 3);
      // Elsewhere it is a float32.
      strictEqual(tf.mul(x, 2).dataSync()[0], Math.fround(2 / 3));
      strictEqual(
        compile((x: tf.Tensor) => tf.mul(x, 2))(x).dataSync()[0],
        Math.fround(2 / 3),
      );
      strictEqual(x.dtype, "float32");
    });
  },
);

tensorTest("a central difference in float64 sees the second derivative", () => {
  // d²/dx² tanh(x) = −2 tanh(x) / cosh²(x), which tf.grad of tf.grad gets wrong.
  const x = 0.4, step = 1e-5;
  const [after] = exact(tf.grad(tf.tanh), x + step);
  const [before] = exact(tf.grad(tf.tanh), x - step);
  const expected = -2 * Math.tanh(x) / Math.cosh(x) ** 2;
  ok(Math.abs((after! - before!) / (2 * step) - expected) < 1e-9);
});

tensorTest("bfloat16 rounds the operands of products and nothing else", () => {
  const x = tf.tensor2d([[1 + 2 ** -9, 0], [0, 1]]); // rounds to 1
  const product = compile(
    (x: tf.Tensor2D) => ({ product: tf.matMul(x, x), sum: tf.add(x, x) }),
    { precision: "bfloat16" },
  )(x);
  deepStrictEqual([...product.product.dataSync()], [1, 0, 0, 1]);
  strictEqual(product.sum.dataSync()[0], 2 + 2 ** -8);
  strictEqual(product.product.dtype, "float32");
  tf.dispose([x, product]);
});

tensorTest("bfloat16 trains through convolutions near float32", () => {
  const images = tf.randomNormal([4, 8, 8, 3], 0, 1, "float32", 1);
  const filter = tf.randomNormal([3, 3, 3, 5], 0, 0.3, "float32", 2);
  const gradients = tf.grads((x: tf.Tensor, w: tf.Tensor) =>
    tf.mean(
      tf.square(
        tf.relu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same")),
      ),
    )
  );
  const f = (x: tf.Tensor, w: tf.Tensor) => gradients([x, w]);
  const full = compile(f)(images, filter);
  const half = compile(f, { precision: "bfloat16" })(images, filter);
  full.forEach((gradient, i) => {
    const difference = tf.tidy(() =>
      tf.norm(tf.sub(half[i]!, gradient)).dataSync()[0]! /
      tf.norm(gradient).dataSync()[0]!
    );
    ok(difference > 1e-5 && difference < 0.02, String(difference));
  });
  tf.dispose([images, filter, full, half]);
});

tensorTest("XLA gives what the graph gives", () => {
  const f = (x: tf.Tensor) =>
    tf.grad((x) =>
      tf.sum(tf.square(tf.sin(tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D))))
    )(x);
  const x = tf.tensor2d([[0.1, 0.2], [0.3, 0.4]]);
  const [plain, jitted] = [compile(f)(x), compile(f, { jit: true })(x)];
  const wanted = plain.dataSync();
  jitted.dataSync().forEach((value, i) =>
    ok(Math.abs(value - wanted[i]!) < 1e-6)
  );
  const double = compile(tf.tanh, { jit: true, precision: "float64" });
  const y = tf.tidy(() => double(float64(0.1)).dataSync()[0]);
  ok(Math.abs(y! - Math.tanh(0.1)) < 1e-15);
  tf.dispose([x, plain, jitted]);
});

tensorTest("batch normalisation runs in float64 and in bfloat16", () => {
  const x = [1, 2, 3, 6];
  const f = (x: tf.Tensor) =>
    tf.tidy(() =>
      batchNormalisation(tf.reshape(x, [4, 1]), tf.ones([1]), tf.zeros([1]))
        .output
    );
  const expected = x.map((x) => (x - 3) / Math.sqrt(3.5 + 1e-5));
  assertExact(exact(f, x), expected);
  const reduced = tf.tidy(() =>
    compile(f, { precision: "bfloat16" })(tf.tensor1d(x)).dataSync()
  );
  reduced.forEach((value, i) => ok(Math.abs(value - expected[i]!) < 1e-6));
});
