import { deepStrictEqual, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { classification, regression } from "../../lib/training/objective.ts";
import { assertClose } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

/** Numbers of tensors, which are freed. */
function numbers(...tensors: tf.Tensor[]): number[] {
  const values = tensors.flatMap((t) => [...t.dataSync()]);
  tf.dispose(tensors);
  return values;
}

tensorflowTest("classification: cross-entropy and wrong classes", () => {
  const objective = classification(mlp({ inputShape: [2], outputs: 3 }));
  const kernel = tf.tensor2d([[1, 0, 0], [0, 2, 0]]);
  const bias = tf.tensor1d([0, 0, 1]);
  const batch = {
    inputs: tf.tensor2d([[3, 0], [0, 1]]),
    labels: tf.tensor1d([0, 2], "int32"),
  };
  // Logits (3, 0, 1) and (0, 2, 1).
  const sum = (...z: number[]) =>
    Math.log(z.reduce((s, x) => s + Math.exp(x), 0));
  const expected = [sum(3, 0, 1) - 3, sum(0, 2, 1) - 1];
  const { losses, errors } = objective.evaluate([kernel, bias], batch);
  assertClose(numbers(losses), expected, 1e-6);
  deepStrictEqual(numbers(errors), [0, 1]);
  const { loss, statistics } = objective.loss([kernel, bias], batch, {
    training: true,
  });
  assertClose(numbers(loss), [(expected[0]! + expected[1]!) / 2], 1e-6);
  deepStrictEqual(statistics, []);
  tf.dispose([kernel, bias, batch.inputs, batch.labels]);
});

tensorflowTest(
  "classification: classes that are not among the k highest",
  () => {
    const network = mlp({ inputShape: [4], outputs: 4 });
    const parameters = [tf.eye(4) as tf.Tensor, tf.zeros([4])];
    const outputs = [[4, 3, 2, 1], [4, 3, 2, 1], [1, 1, 1, 0], [NaN, 1, 2, 3]];
    const batch = {
      inputs: tf.tensor2d(outputs),
      labels: tf.tensor1d([1, 3, 2, 3], "int32"),
    };
    // The ranks of the labels are 2, 4, 1 (shared) and none.
    for (
      const [top, wrong] of [[1, 3], [2, 2], [3, 2], [4, 1], [9, 1]] as const
    ) {
      const objective = classification(network, { top });
      const { losses, errors, sums } = objective.evaluate(parameters, batch);
      const [sum] = numbers(sums!);
      numbers(losses, errors);
      strictEqual(sum, wrong, `top ${top}`);
      deepStrictEqual(objective.measure!(Float64Array.of(sum!), 4), {
        topError: wrong / 4,
      });
    }
    throws(() => classification(network, { top: 0 }), /top must be/);
    tf.dispose([parameters, batch.inputs, batch.labels]);
  },
);

tensorflowTest("regression: half the mean of squares", () => {
  const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
  const parameters = [tf.tensor2d([[2]]), tf.tensor1d([1])];
  const batch = {
    inputs: tf.tensor2d([[0], [1]]),
    labels: tf.tensor1d([1, 6]),
  };
  const { losses, errors } = objective.evaluate(parameters, batch);
  deepStrictEqual(numbers(losses), [0, 4.5]);
  deepStrictEqual(numbers(errors), [0, 9]);
  const { loss } = objective.loss(parameters, batch, { training: true });
  deepStrictEqual(numbers(loss), [2.25]);
  tf.dispose([parameters, batch.inputs, batch.labels]);
});
