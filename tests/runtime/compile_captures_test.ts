import { deepStrictEqual, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/runtime/compile.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { nativeBackend, tensorTest } from "../support/tensor_test.ts";

/** The first value of a tensor, which is disposed. */
function take(tensor: tf.Tensor): number {
  const [value] = tensor.dataSync();
  tensor.dispose();
  return value!;
}

function variable(value: number): tf.Variable {
  return tf.tidy(() => tf.variable(tf.scalar(value)));
}

tensorTest("a captured variable is read afresh at each call", () => {
  const w = variable(3);
  const x = tf.scalar(2);
  const f = compile((x: tf.Tensor) => tf.mul(x, w));
  strictEqual(take(f(x)), 6);
  tf.tidy(() => w.assign(tf.scalar(5)));
  strictEqual(take(f(x)), 10);
  strictEqual(f.variants, 1);
  tf.dispose([w, x]);
});

tensorTest("a copy of a variable's value stays what it was", () => {
  const w = variable(1);
  const start = w.clone(); // shares the variable's data
  const distance = compile(() => tf.sub(w, start));
  strictEqual(take(distance()), 0);
  tf.tidy(() => w.assign(tf.scalar(4)));
  strictEqual(take(distance()), 3);
  tf.dispose([w, start]);
});

tensorTest("a copy made inside follows the variable", () => {
  const w = variable(1);
  const f = compile(() => tf.add(tf.clone(w), w));
  strictEqual(take(f()), 2);
  tf.tidy(() => w.assign(tf.scalar(4)));
  strictEqual(take(f()), 8);
  w.dispose();
});

tensorTest("captured tensors are inputs, not constants", () => {
  const x = tf.tensor1d([1, 2]); // not yet on the device
  const f = compile(() => tf.sum(x));
  strictEqual(take(f()), 3);
  strictEqual(take(f()), 3);
  x.dispose();
  throws(() => f(), {
    name: "Error",
    message:
      "A compiled function uses a tensor from outside that was disposed: keep it alive, or pass it as an argument",
  });
});

tensorTest("a disposed variable is missed by name", () => {
  const w = variable(1);
  const f = compile(() => tf.add(w, 1));
  take(f());
  w.dispose();
  throws(() => f(), /from outside that was disposed/);
});

tensorTest(
  "variables are assigned at each call, recording changes none",
  () => {
    const a = variable(1), b = variable(1);
    const next = compile(() => {
      const sum = tf.add(a, b);
      a.assign(b);
      b.assign(sum as tf.Scalar);
      return a; // as it is now
    });
    const fibonacci = Array.from({ length: 6 }, () => take(next()));
    deepStrictEqual(fibonacci, [1, 2, 3, 5, 8, 13]);
    strictEqual(b.dataSync()[0], 21);
    strictEqual(next.variants, 1);
    tf.dispose([a, b]);
  },
);

tensorTest(
  "a variable can be assigned a tensor from outside or an argument",
  () => {
    const v = variable(0);
    const outside = tf.scalar(7), argument = tf.scalar(8);
    const reset = compile(() => v.assign(outside));
    const set = compile((x: tf.Scalar) => v.assign(x));
    set(argument);
    strictEqual(v.dataSync()[0], 8);
    reset();
    strictEqual(v.dataSync()[0], 7);
    set(argument);
    reset();
    strictEqual(v.dataSync()[0], 7);
    tf.dispose([v, outside, argument]);
  },
);

tensorTest("a variable that was given doubles is compiled for anew", () => {
  const v = variable(0);
  const step = compile(() => {
    v.assign(tf.add(v, 0.1));
    return tf.clone(v);
  }, { precision: "float64" });
  strictEqual(take(step()), 0.1);
  strictEqual(take(step()), 0.2);
  strictEqual(take(step()), 0.1 + 0.1 + 0.1);
  strictEqual(step.variants, 2); // at first it held a float32
  strictEqual(v.dataSync()[0], 0.1 + 0.1 + 0.1);
  strictEqual(take(tf.add(v, 0)), Math.fround(0.1 + 0.1 + 0.1));
  v.dispose();
});

tensorTest("an error while recording leaves variables as they were", () => {
  const v = variable(3);
  const { slope } = nativeBackend();
  tf.dispose(tf.neg(v));
  const handles = slope.getNumOfTensors();
  const f = compile(() => {
    v.assign(tf.mul(v, 2));
    throw new RangeError("of the function's own");
  });
  throws(() => f(), /of the function's own/);
  strictEqual(v.dataSync()[0], 3);
  strictEqual(slope.getNumOfTensors(), handles);
  strictEqual(take(tf.add(v, 1)), 4); // nothing is recorded any more
  v.dispose();
});

tensorTest("tensors of another backend are taken over", async () => {
  await initialize({ backend: "cpu" });
  const x = tf.tensor1d([1, 2, 3]), v = variable(10);
  await initialize({ backend: "tensorflow" });
  const f = compile(() => {
    v.assign(tf.add(v, tf.sum(x)));
    return tf.clone(v);
  });
  strictEqual(take(f()), 16);
  strictEqual(take(f()), 22);
  tf.dispose([x, v]);
});
