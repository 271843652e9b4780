import { ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/runtime/compile.ts";
import { nativeBackend, tensorTest } from "../support/tensor_test.ts";

/** Calls a compiled function on a scalar that is disposed afterwards. */
function call(f: (x: tf.Tensor) => unknown): void {
  const x = tf.scalar(1);
  try {
    tf.dispose(compile(f)(x) as tf.Tensor);
  } finally {
    x.dispose();
  }
}

const outside = tf.tidy(() => tf.variable(tf.scalar(2), true, "outside"));

const cases: Record<
  string,
  { f: (x: tf.Tensor) => unknown; message: RegExp; name?: string }
> = {
  "reading an argument": {
    f: (x) => tf.scalar(x.dataSync()[0]!),
    message: /cannot read a tensor's values .* return the tensor and read it/,
  },
  "reading an intermediate tensor": {
    f: (x) => (tf.exp(x).arraySync() as number) > 1 ? x : tf.neg(x),
    message: /cannot read a tensor's values/,
  },
  "reading a captured tensor": {
    f: (x) => tf.mul(x, outside.dataSync()[0]!),
    message: /cannot read a tensor's values/,
  },
  "reading a constant that was used": {
    f: (x) => {
      const c = tf.scalar(3);
      const y = tf.mul(x, c);
      return tf.mul(y, c.dataSync()[0]!);
    },
    message: /cannot read a tensor's values/,
  },
  "shapes that depend on data": {
    f: (x) => tf.unique(tf.reshape(x, [1])).values,
    message: /shape that depends on data/,
  },
  "an asynchronous function": {
    f: async (x) => await Promise.resolve(x),
    message: /result of a compiled function must be .* got a promise/,
  },
  "a number as result": {
    f: () => 3,
    message: /got 3: wrap numbers in tf\.scalar/,
  },
  "a string within the result": {
    f: (x) => ({ x, list: [x, "text"] }),
    message: /The result of a compiled function\.list\[1\] .* got "text"/,
  },
  "a Map as result": {
    f: (x) => new Map([["x", x]]),
    message: /got an object/,
  },
  "making a variable": {
    f: (x) => tf.mul(x, tf.variable(tf.scalar(1))),
    message: /cannot make variables: make them before compile\(\)/,
  },
  "making an optimizer's slots": {
    f: () => tf.train.adam().minimize(() => tf.square(outside) as tf.Scalar),
    message: /cannot make variables.*applying it once outside/,
  },
  "disposing a variable": {
    f: () => outside.dispose(),
    message: /cannot dispose a variable: dispose it outside/,
  },
  "random numbers without a seed": {
    f: (x) => tf.add(x, tf.randomNormal([2])),
    message: /cannot draw random numbers without a seed/,
  },
  "dropout of TensorFlow.js": {
    f: (x) => tf.dropout(x, 0.5),
    message: /cannot draw random numbers without a seed/,
  },
  "keeping a tensor": {
    f: (x) => tf.keep(tf.neg(x)),
    message: /cannot keep tensors \(tf\.keep\): return them/,
  },
  "float64 within float32": {
    f: (x) => compile((x: tf.Tensor) => x, { precision: "float64" })(x),
    message: /float64 function cannot be part of a float32 one/,
  },
  "operations that do not fit": {
    f: (x) => tf.matMul(tf.reshape(x, [1, 1]), tf.zeros([2, 2])),
    message: /^TensorFlowError: .*MatMul could not be recorded: /,
    name: "TensorFlowError",
  },
};

for (
  const [deed, { f, message, name = "TypeError" }] of Object.entries(cases)
) {
  tensorTest(`${deed} is refused while recording`, () => {
    throws(() => call(f), (error: unknown) => {
      ok(error instanceof Error);
      strictEqual(error.name, name);
      ok(
        message.test(String(error)) || message.test(error.message),
        `${error}`,
      );
      return true;
    });
    strictEqual(nativeBackend().recording, undefined);
    strictEqual(outside.dataSync()[0], 2);
    const { random } = Math;
    ok(random() < 1);
  });
}

tensorTest("keeping a tensor from outside changes nothing", () => {
  const x = tf.scalar(5);
  const f = compile(() => tf.neg(tf.keep(x)));
  tf.dispose([f(), f()]);
  strictEqual(x.dataSync()[0], 5);
  x.dispose();
});

tensorTest("disposing a tensor from outside is refused and undone", () => {
  const x = tf.scalar(5), held = tf.scalar(6);
  const bytes = tf.memory().numBytes;
  const f = compile((x: tf.Tensor) => {
    const sum = tf.add(x, held);
    held.dispose();
    return sum;
  });
  throws(() => f(x), /cannot dispose a tensor from outside/);
  strictEqual(tf.memory().numBytes, bytes);
  strictEqual(held.dataSync()[0], 6);
  tf.dispose([x, held]);
});

tensorTest(
  "random numbers with a seed are the same at each call, as without compile",
  () => {
    const draw = () => tf.randomNormal([2], 0, 1, "float32", 7);
    const compiled = compile(draw);
    const results = [draw(), compiled(), compiled()];
    const [a, b, c] = results.map((t) => t.dataSync().join());
    strictEqual(a, b);
    strictEqual(b, c);
    tf.dispose(results);
  },
);

tensorTest("arguments that are not tensors are refused by place", () => {
  const f = compile((...args: unknown[]) => args[0]);
  const x = tf.scalar(1);
  throws(() => f(x, 2), {
    name: "TypeError",
    message:
      "Argument 2 of a compiled function must be a tensor, or arrays or objects of tensors, got 2: wrap numbers in tf.scalar",
  });
  throws(() => f({ a: [x, "b"] }), /Argument 1 of .*\.a\[1\] .* got "b"/);
  x.dispose();
  throws(() => f(x), /disposed/);
});

tensorTest("options are checked at once", () => {
  throws(() => compile(() => {}, { precision: "float16" as "float32" }), {
    name: "RangeError",
    message:
      'precision must be "float32", "float64" or "bfloat16", got "float16"',
  });
});
