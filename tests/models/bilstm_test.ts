/** The bidirectional LSTM against PyTorch's, and what padding and large ids do. */
import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  strictEqual,
  throws,
} from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { bilstm, type Network } from "../../lib/models/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { classification, initialValues } from "../../lib/training/objective.ts";
import golden from "../golden/bilstm.json" with { type: "json" };
import { assertClose } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const small = bilstm({
  inputShape: [5],
  vocabulary: 7,
  embedding: 3,
  units: 2,
});

/** The parameters of `bilstm.py`. */
const values = small.parameters.map(({ shape }, phase) =>
  Float64Array.from(
    { length: shape.reduce((a, b) => a * b, 1) },
    (_, i) => 0.8 * Math.sin(0.7 * i * i + i + phase),
  )
);

/** Loss and gradients of the golden batch. */
function lossAndGradients(
  parameters: tf.Tensor[],
  inputs: tf.Tensor,
  labels: tf.Tensor,
) {
  const { loss } = classification(small);
  return tf.valueAndGrads((...all: tf.Tensor[]) =>
    loss(all, { inputs, labels }, { training: true }).loss as tf.Scalar
  )(parameters);
}

tensorflowTest("bilstm: PyTorch's outputs, loss and gradients", () => {
  const before = tf.memory().numTensors;
  const parameters = values.map((v, i) =>
    float64(v, small.parameters[i]!.shape)
  );
  const inputs = float64(golden.ids.flat(), [4, 5]);
  const labels = tf.tensor1d(golden.labels, "int32");
  const precision = "float64";
  const output = compile(
    (all: tf.Tensor[], inputs: tf.Tensor) =>
      small.apply(all, inputs, { training: false }).output,
    { precision },
  );
  const gradient = compile(lossAndGradients, { precision });
  const logits = output(parameters, inputs);
  const numbers = [...logits.dataSync()];
  assertClose(numbers.filter((_, i) => i % 2 === 1), golden.outputs, 1e-14);
  ok(numbers.every((z, i) => i % 2 === 1 || z === 0));
  const { value, grads } = gradient(parameters, inputs, labels);
  assertClose([...value.dataSync()], [golden.loss], 1e-14);
  grads.forEach((g, i) =>
    assertClose([...g.dataSync()], golden.gradients[i]!, 1e-14)
  );
  // Padding moves nothing, to the last bit.
  deepStrictEqual([...grads[0]!.dataSync()].slice(0, 3), [0, 0, 0]);
  tf.dispose([parameters, inputs, labels, logits, value, grads]);
  output.dispose();
  gradient.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
});

Deno.test("bilstm: the same on wasm, without a graph", async () => {
  await initialize({ backend: "wasm" });
  tf.tidy(() => {
    const parameters = values.map((v, i) =>
      tf.tensor(Float32Array.from(v), [...small.parameters[i]!.shape])
    );
    const { value, grads } = lossAndGradients(
      parameters,
      tf.tensor2d(golden.ids),
      tf.tensor1d(golden.labels, "int32"),
    );
    assertClose([...value.dataSync()], [golden.loss], 1e-6);
    grads.forEach((g, i) =>
      assertClose([...g.dataSync()], golden.gradients[i]!, 1e-6)
    );
  });
  await initialize();
});

/** The logits of texts. */
function logitsOf(network: Network, texts: number[][]): number[] {
  return tf.tidy(() => {
    const parameters = initialValues(classification(network), 4).map((v, i) =>
      tf.tensor(v, [...network.parameters[i]!.shape])
    );
    const { output } = network.apply(parameters, tf.tensor2d(texts), {
      training: false,
    });
    return [...output.dataSync()];
  });
}

tensorflowTest("bilstm: padding changes nothing, order does", () => {
  const sized = (length: number, classes = 2) =>
    bilstm({
      inputShape: [length],
      vocabulary: 9,
      embedding: 4,
      units: 3,
      classes,
    });
  const [, z] = logitsOf(sized(3), [[5, 6, 7]]);
  const [, padded, , other] = logitsOf(sized(6), [
    [0, 0, 0, 5, 6, 7],
    [0, 0, 0, 6, 5, 7],
  ]);
  assertClose([padded!], [z!], 1e-6);
  ok(Math.abs(other! - z!) > 1e-4);
  // Of two classes one number is trained, of others each has its own.
  strictEqual(sized(3).parameters.at(-1)!.shape[0], 1);
  strictEqual(sized(3, 4).parameters.at(-1)!.shape[0], 4);
  strictEqual(logitsOf(sized(3, 4), [[5, 6, 7]]).length, 4);
});

tensorflowTest("bilstm: ids beyond the vocabulary are the unknown word", () => {
  const few = bilstm({
    inputShape: [3],
    vocabulary: 6,
    embedding: 4,
    units: 3,
  });
  const [known, unknown, beyond] = [2, 1, 6].map((id) =>
    logitsOf(few, [[3, id, 4]])
  );
  deepStrictEqual(beyond, unknown);
  notDeepStrictEqual(known, unknown);
});

Deno.test("bilstm: embeddings begin as the vectors that are given", () => {
  const wordVectors = {
    name: "three",
    width: 2,
    ids: [2, 3, 9],
    values: Float32Array.from({ length: 20 }, (_, i) => 100 + i),
  };
  const network = bilstm({
    inputShape: [3],
    vocabulary: 5,
    units: 2,
    wordVectors,
  });
  const [table] = initialValues(classification(network), 0);
  strictEqual(table!.length, 10);
  deepStrictEqual([...table!.subarray(0, 2)], [0, 0]);
  deepStrictEqual([...table!.subarray(4, 8)], [104, 105, 106, 107]);
  ok([2, 3, 8, 9].every((i) => table![i] !== 0 && Math.abs(table![i]!) < 10));
  strictEqual(network.spec.vectors, "three");
});

Deno.test("bilstm: refuses what cannot be", () => {
  throws(() => bilstm({ inputShape: [4, 4, 3] }), /sequences \[length\]/);
  throws(() => bilstm({ inputShape: [4], units: 0 }), /units must be/);
  throws(() => bilstm({ inputShape: [4], vocabulary: 1.5 }), /vocabulary must/);
  throws(
    () => bilstm({ inputShape: [4], deviation: -1 }),
    /deviation must be > 0/,
  );
  throws(() => bilstm({ inputShape: [4], classes: 0 }), /classes must be/);
});
