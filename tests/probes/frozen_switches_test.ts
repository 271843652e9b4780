import { deepStrictEqual, ok, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { withFrozenSwitches } from "../../lib/probes/frozen_switches.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import type { BackendName } from "../../lib/runtime/initialize.ts";
import { tensorTest } from "../support/tensor_test.ts";

type Function = (x: tf.Tensor) => tf.Tensor;

const four = (x: tf.Tensor) => tf.reshape(x, [1, 4, 4, 1]) as tf.Tensor4D;
const functions: Record<string, Function> = {
  relu: tf.relu,
  relu6: (x) => tf.relu6(tf.mul(x, 5)),
  leakyRelu: (x) => tf.leakyRelu(x, 0.3),
  prelu: (x) => tf.prelu(x, tf.tensor1d([0.25])),
  abs: tf.abs,
  maximum: (x) => tf.maximum(x, tf.square(x)),
  minimum: (x) => tf.minimum(tf.square(x), tf.tensor([0.5])),
  max: (x) => tf.max(tf.square(tf.reshape(x, [4, 4])), 1),
  maxKept: (x) => tf.max(tf.reshape(x, [4, 4]), [0], true),
  min: (x) => tf.min(tf.square(x)),
  maxPool: (x) => tf.maxPool(four(x), 2, 2, "valid"),
  maxPoolSame: (x) => tf.maxPool(four(x), 3, 2, "same"),
  maxPoolOverlap: (x) => tf.maxPool(four(x), [2, 3], [1, 2], "valid"),
  maxPoolUneven: (x) =>
    tf.maxPool(
      tf.reshape(x, [1, 2, 4, 2]) as tf.Tensor4D,
      [2, 3],
      [2, 2],
      "same",
    ),
};
const at = Array.from({ length: 16 }, (_, i) => Math.sin(2.3 * i + 0.4));

/** The value and gradient of the function's weighted sum. */
function both(f: Function) {
  return (x: tf.Tensor) => {
    const sum = (x: tf.Tensor) => {
      const y = tf.reshape(f(x), [-1]);
      return tf.sum(tf.mul(y, tf.range(1, y.size + 1)));
    };
    const { value, grad } = tf.valueAndGrad(sum)(x);
    return tf.concat([tf.reshape(value, [1]), grad]);
  };
}

function frozen(f: Function, here: tf.Tensor, there: tf.Tensor): tf.Tensor {
  return withFrozenSwitches(
    () => both(f)(here),
    ({ replay }) => replay(() => both(f)(there)),
  );
}

for (const backend of ["tensorflow", "cpu"] as BackendName[]) {
  tensorTest("At the point itself nothing changes", () => {
    for (const [name, f] of Object.entries(functions)) {
      tf.tidy(() => {
        const x = tf.tensor1d(at);
        const plain = both(f)(x).dataSync();
        const replayed = frozen(f, x, x).dataSync();
        plain.forEach((value, i) =>
          ok(Math.abs(value - replayed[i]!) < 1e-6, `${name}: ${replayed}`)
        );
        // The kernels are TensorFlow.js's own again.
        deepStrictEqual(both(f)(x).dataSync(), plain);
      });
    }
  }, backend);
}

tensorTest("Compiled in float64, elsewhere the same pieces are used", () => {
  for (const [name, f] of Object.entries(functions)) {
    const compiled = compile(
      (x: tf.Tensor, y: tf.Tensor) => frozen(f, x, y),
      { precision: "float64" },
    );
    tf.tidy(() => {
      const x = float64(at), y = float64(at.map((v) => -v));
      // The pieces are at most quadratic: value and slope at −x follow from x.
      const there = compiled(x, y).dataSync();
      const halfway = compiled(x, float64(at.map(() => 0))).dataSync();
      const here = compiled(x, x).dataSync();
      for (let i = 1; i < here.length; i++) {
        const mean = (here[i]! + there[i]!) / 2; // slopes are linear
        ok(Math.abs(mean - halfway[i]!) < 1e-12, `${name} ${i}`);
      }
    });
    compiled.dispose();
  }
});

tensorTest("What cannot be frozen is named", () => {
  tf.tidy(() => {
    const x = tf.tensor1d(at);
    const names = withFrozenSwitches(
      () => tf.clipByValue(tf.selu(x), -1, 1),
      ({ unfrozen }) => unfrozen,
    );
    deepStrictEqual(names, ["ClipByValue", "Selu"]);
  });
});

tensorTest(
  "A function that goes other ways is refused, and all is put back",
  () => {
    tf.tidy(() => {
      const x = tf.tensor1d(at);
      const relu = tf.getKernel("Relu", "tensorflow");
      throws(
        () =>
          withFrozenSwitches(
            () => tf.relu(x),
            ({ replay }) => replay(() => tf.relu(tf.abs(x))),
          ),
        /other ways/,
      );
      deepStrictEqual(tf.getKernel("Relu", "tensorflow"), relu);
    });
  },
);

for (const backend of ["tensorflow", "cpu", "wasm"] as BackendName[]) {
  tensorTest("Activations that are fused with a product are frozen too", () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[1, -2], [3, 0.5]]);
      const a = tf.tensor2d([[1, -1], [0.5, 2]]);
      const alpha = tf.tensor1d([0.5, 0.25]);
      for (
        const activation of ["relu", "relu6", "leakyrelu", "prelu"] as const
      ) {
        const f = (x: tf.Tensor2D) =>
          tf.fused.matMul({
            a: x,
            b: a,
            activation,
            ...(activation === "prelu"
              ? { preluActivationWeights: alpha }
              : {}),
            leakyreluAlpha: 0.1,
          });
        const plain = f(x).dataSync();
        const half = tf.mul(x, 0.5) as tf.Tensor2D;
        const minus = tf.neg(x) as tf.Tensor2D;
        const [same, there, nearer] = [x, minus, half].map((at) =>
          withFrozenSwitches(
            () => f(x),
            ({ replay }) => replay(() => f(at)),
          ).dataSync()
        );
        plain.forEach((value, i) => {
          ok(Math.abs(value - same![i]!) < 1e-6, activation);
          // Linear in x where nothing switches: f(−x) = −f(x).
          ok(Math.abs(there![i]! + value) < 1e-6, activation);
          ok(Math.abs(nearer![i]! - value / 2) < 1e-6, activation);
        });
      }
    });
  }, backend);
}
