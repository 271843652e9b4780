import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile } from "../../lib/runtime/compile.ts";
import { nativeBackend, tensorTest } from "../support/tensor_test.ts";

/** Calls with numbers in, numbers out; nothing is left behind. */
function numbers(
  f: (...args: tf.Tensor[]) => tf.Tensor,
  ...args: number[]
): number {
  const tensors = args.map((value) => tf.scalar(value));
  const result = f(...tensors);
  const [value] = result.dataSync();
  tf.dispose([tensors, result]);
  return value!;
}

tensorTest("a compiled function gives what the function gives", () => {
  const f = (x: tf.Tensor, y: tf.Tensor) =>
    tf.tidy(() => tf.sub(tf.mul(x, tf.tanh(y)), tf.maximum(x, y)));
  const compiled = compile(f);
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: true, min: -10, max: 10 }), { minLength: 1 }),
      (values) => {
        const x = tf.tensor1d(values), y = tf.reverse(x);
        const expected = f(x, y), actual = compiled(x, y);
        deepStrictEqual(actual.shape, expected.shape);
        const wanted = expected.dataSync();
        actual.dataSync().forEach((value, i) =>
          ok(Math.abs(value - wanted[i]!) <= 1e-5 * (1 + Math.abs(wanted[i]!)))
        );
        tf.dispose([x, y, expected, actual]);
      },
    ),
    { numRuns: 20 },
  );
  compiled.dispose();
});

tensorTest(
  "arguments and results are nested as the function nests them",
  () => {
    const compiled = compile((
      { a, list }: { a: tf.Tensor; list: tf.Tensor[] },
      nothing: undefined,
    ) => ({
      sum: list.reduce((sum, x) => tf.add(sum, x), a),
      same: a,
      pair: [list[0]!, { b: tf.neg(list[1]!) }] as const,
      none: nothing,
    }));
    const args = {
      a: tf.scalar(1),
      list: [tf.tensor1d([2]), tf.tensor1d([3])],
    };
    const result = compiled(args, undefined);
    deepStrictEqual(Object.keys(result), ["sum", "same", "pair", "none"]);
    deepStrictEqual(result.sum.shape, [1]);
    strictEqual(result.sum.dataSync()[0], 6);
    strictEqual(result.same.dataSync()[0], 1);
    ok(result.same !== args.a);
    strictEqual(result.pair[0].dataSync()[0], 2);
    strictEqual(result.pair[1].b.dataSync()[0], -3);
    strictEqual(result.none, undefined);
    tf.dispose([args.a, ...args.list]);
    tf.dispose([result.sum, result.same, result.pair[0], result.pair[1].b]);
  },
);

tensorTest("one tensor may be several results and arguments", () => {
  const compiled = compile((
    x: tf.Tensor,
    y: tf.Tensor,
  ) => [x, x, tf.add(x, y)]);
  const x = tf.scalar(2);
  const results = compiled(x, x);
  results[0]!.dispose();
  deepStrictEqual(results.slice(1).map((t) => t.dataSync()[0]), [2, 4]);
  tf.dispose([x, ...results.slice(1)]);
});

tensorTest("a function without result is called for its assignments", () => {
  const counter = tf.tidy(() => tf.variable(tf.scalar(0)));
  const count = compile(() => counter.assign(tf.add(counter, 1)));
  strictEqual(count(), undefined);
  count();
  strictEqual(counter.dataSync()[0], 2);
  counter.dispose();
});

tensorTest(
  "the function is recorded once a combination of shapes and types",
  () => {
    let runs = 0;
    const compiled = compile((x: tf.Tensor | tf.Tensor[]) => {
      runs++;
      return tf.add(Array.isArray(x) ? x[0]! : x, 1);
    });
    const inputs = [
      tf.zeros([2]),
      tf.zeros([3]),
      tf.zeros([2, 1]),
      tf.zeros([2], "int32"),
      [tf.zeros([2])],
    ];
    for (let round = 0; round < 2; round++) {
      inputs.forEach((input) => compiled(input).dispose());
    }
    strictEqual(runs, 5);
    strictEqual(compiled.variants, 5);
    compiled.dispose();
    strictEqual(compiled.variants, 0);
    compiled(inputs[0]!).dispose();
    strictEqual(runs, 6);
    tf.dispose(inputs);
  },
);

tensorTest(
  "it can be called inside tf.tidy, and frees what is not returned",
  () => {
    const compiled = compile((x: tf.Tensor) => {
      const y = tf.exp(x);
      return tf.add(tf.sin(y), tf.cos(y));
    });
    const x = tf.scalar(0.5);
    tf.tidy(() => {
      compiled(x);
      compiled(x);
    });
    const tensors = tf.memory().numTensors;
    const handles = nativeBackend().slope.getNumOfTensors();
    for (let i = 0; i < 1000; i++) compiled(x).dispose();
    strictEqual(tf.memory().numTensors, tensors);
    strictEqual(nativeBackend().slope.getNumOfTensors(), handles);
    x.dispose();
  },
);

tensorTest("compiled functions nest", () => {
  const inner = compile((x: tf.Tensor) => tf.mul(x, x));
  const outer = compile((x: tf.Tensor) =>
    tf.add(inner(x), inner(tf.add(x, 1)))
  );
  strictEqual(numbers(outer, 3), 9 + 16);
  strictEqual(inner.variants, 0);
  strictEqual(numbers(inner, 5), 25);
});

tensorTest("gradients inside and outside of a compiled function", () => {
  const cube = (x: tf.Tensor) => tf.mul(x, tf.mul(x, x));
  strictEqual(numbers(compile(tf.grad(cube)), 2), 12);
  strictEqual(numbers(tf.grad(compile(cube)), 2), 12);
  const both = (x: tf.Tensor) => tf.add(cube(x), compile(cube)(x));
  strictEqual(numbers(tf.grad(both), 2), 24);
});

tensorTest("integers, booleans and strings go through", () => {
  const compiled = compile((i: tf.Tensor, b: tf.Tensor, s: tf.Tensor) => ({
    i: tf.add(i, tf.scalar(1, "int32")),
    b: tf.logicalNot(b),
    s: tf.concat([s, tf.tensor1d(["constant ä"])]),
  }));
  const args = [
    tf.tensor1d([2 ** 30], "int32"),
    tf.tensor1d([true, false], "bool"),
    tf.tensor1d(["x".repeat(30)]),
  ] as const;
  const { i, b, s } = compiled(...args);
  deepStrictEqual([...i.dataSync()], [2 ** 30 + 1]);
  deepStrictEqual([...b.dataSync()], [0, 1]);
  deepStrictEqual(s.arraySync(), ["x".repeat(30), "constant ä"]);
  deepStrictEqual([i.dtype, b.dtype, s.dtype], ["int32", "bool", "string"]);
  tf.dispose([...args, i, b, s]);
});

tensorTest("gathering with computed indices is recorded", () => {
  const table = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
  const step = compile((indices: tf.Tensor1D) =>
    tf.grad((t) => tf.sum(tf.square(tf.gather(t, indices))))(table)
  );
  const indices = tf.tensor1d([2, 0, 2], "int32");
  const gradient = step(indices);
  deepStrictEqual([...gradient.dataSync()], [2, 4, 0, 0, 20, 24]);
  const outside = tf.tensor1d([3, 0, 0], "int32");
  throws(() => step(outside), /A compiled function failed.*indices/s);
  tf.dispose([table, indices, gradient, outside]);
});

tensorTest("on another backend the function runs as it is", () => {
  const compiled = compile((x: tf.Tensor) => tf.mul(tf.add(x, 1), 2));
  strictEqual(numbers(compiled, 3), 8);
  strictEqual(compiled.variants, 0);
  const exact = compile((x: tf.Tensor) => x, { precision: "float64" });
  throws(() => tf.tidy(() => numbers(exact, 1)), {
    name: "RangeError",
    message: "float64 needs the tensorflow backend, but cpu is in use",
  });
}, "cpu");
