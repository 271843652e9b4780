/** Stock models as objectives. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  type LossName,
  objectiveOfLayersModel,
} from "../../lib/training/layers_model.ts";
import type { Batch } from "../../lib/training/objective.ts";
import { assertClose, waves } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { contents, inputShape, model, weightsOf } from "./stock_model.ts";

const { layers } = tf;

const seed = (a: number) => tf.tensor1d([a, 7], "int32");

const classes = (): Batch => ({
  inputs: waves([4, ...inputShape]),
  labels: tf.tensor1d([0, 2, 1, 2], "int32"),
});

const targets = (): Batch => ({
  inputs: waves([4, ...inputShape]),
  labels: tf.tensor1d([0, 1, 1, 0]),
});

const losses: [LossName, () => Batch, Parameters<typeof model>[0]][] = [
  ["categoricalCrossentropy", classes, {}],
  ["sparseCategoricalCrossentropy", classes, {}],
  ["binaryCrossentropy", targets, { units: 1, activation: "sigmoid" }],
  ["meanSquaredError", targets, { units: 1, activation: "linear" }],
  ["meanAbsoluteError", targets, { units: 1, activation: "linear" }],
];

for (const [loss, batchOf, options] of losses) {
  tensorflowTest(`${loss} is what model.evaluate says`, () => {
    const before = tf.memory().numTensors;
    const stock = model({ dropout: 0.5, ...options });
    const objective = objectiveOfLayersModel(stock, loss);
    const optimizer = tf.train.sgd(1);
    tf.tidy(() => {
      const batch = batchOf();
      const weights = weightsOf(stock);
      stock.compile({ optimizer, loss });
      const labels = loss === "categoricalCrossentropy"
        ? tf.oneHot(batch.labels as tf.Tensor1D, 3)
        : tf.cast(tf.reshape(batch.labels, [4, 1]), "float32");
      const [expected] = (stock.evaluate(batch.inputs, labels) as tf.Scalar)
        .dataSync();
      const result = objective.loss(weights, batch, { training: false });
      deepStrictEqual(result.statistics, []);
      const evaluation = objective.evaluate(weights, batch);
      assertClose(
        [result.loss.dataSync()[0]!, tf.mean(evaluation.losses).dataSync()[0]!],
        [expected!, expected!],
        1e-6,
      );
      deepStrictEqual(evaluation.losses.shape, [4]);
      deepStrictEqual(evaluation.errors.shape, [4]);
      const outputs = stock.predict(batch.inputs) as tf.Tensor;
      const labelsNow = [...batch.labels.dataSync()];
      const errors = outputs.shape[1] === 3
        ? [...tf.argMax(outputs, 1).dataSync()].map((c, i) =>
          c === labelsNow[i] ? 0 : 1
        )
        : [...outputs.dataSync()].map((y, i) =>
          loss === "binaryCrossentropy"
            ? (y > 0.5 ? 1 : 0) === labelsNow[i] ? 0 : 1
            : (y - labelsNow[i]!) ** 2
        );
      assertClose([...evaluation.errors.dataSync()], errors, 1e-6);
    });
    stock.dispose();
    optimizer.dispose();
    strictEqual(tf.memory().numTensors, before);
  });
}

tensorflowTest(
  "in training: gradients are those of tf.variableGrads, statistics those that the model would write",
  () => {
    const before = tf.memory().numTensors;
    const stock = model({ regulariser: "l2" });
    const objective = objectiveOfLayersModel(
      stock,
      "sparseCategoricalCrossentropy",
    );
    const other = waves([3, 3, 2, 3], 40);
    tf.tidy(() => {
      const batch = classes();
      const weights = weightsOf(stock).map((w) => tf.clone(w));
      weights[0] = other;
      const own = contents(weightsOf(stock));
      const trained = objective.parameters.flatMap(({ role }, i) =>
        role === "statistic" ? [] : [i]
      );
      let statistics: tf.Tensor[] = [];
      const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) => {
        const all = weights.slice();
        trained.forEach((at, i) => all[at] = values[i]!);
        const result = objective.loss(all, batch, { training: true });
        statistics = result.statistics.map((t) => tf.keep(t));
        return result.loss as tf.Scalar;
      })(trained.map((i) => weights[i]!));
      const moved = contents(statistics);
      tf.dispose(statistics);
      deepStrictEqual(contents(weightsOf(stock)), own, "the model was changed");

      // The same by the model itself, which writes.
      stock.setWeights(weights);
      const labels = tf.oneHot(batch.labels as tf.Tensor1D, 3);
      const reference = tf.variableGrads(() => {
        const output = stock.apply(batch.inputs, {
          training: true,
        }) as tf.Tensor;
        const mean = tf.mean(
          tf.metrics.categoricalCrossentropy(labels, output),
        );
        return tf.addN([mean, ...stock.calculateLosses()]) as tf.Scalar;
      });
      assertClose(
        [...value.dataSync()],
        [...reference.value.dataSync()],
        1e-6,
      );
      const expected = stock.trainableWeights.map((w) =>
        reference.grads[(w.read() as tf.Variable).name]!
      );
      for (const [i, gradient] of grads.entries()) {
        assertClose(
          [...gradient.dataSync()],
          [...expected[i]!.dataSync()],
          1e-6,
        );
      }
      const written = stock.weights.filter((_, i) =>
        objective.parameters[i]!.role === "statistic"
      ).map((w) => [...w.read().dataSync()]);
      strictEqual(written.length, 2);
      written.forEach((values, i) => assertClose(moved[i]!, values, 1e-6));
      ok(written[0]!.some((x, i) => x !== own.at(-4)![i]));
    });
    tf.dispose(other);
    stock.dispose();
    strictEqual(tf.memory().numTensors, before);
  },
);

tensorflowTest("regularisers count in training only", () => {
  const plain = model(), regular = model({ regulariser: "l2" });
  regular.setWeights(plain.getWeights());
  tf.tidy(() => {
    const batch = classes();
    const loss = (stock: tf.LayersModel, training: boolean) =>
      objectiveOfLayersModel(stock, "categoricalCrossentropy")
        .loss(weightsOf(stock), batch, { training }).loss.dataSync()[0]!;
    const kernel = [...plain.weights[0]!.read().dataSync()];
    const penalty = 0.1 * kernel.reduce((sum, x) => sum + x * x, 0);
    assertClose([loss(regular, true)], [loss(plain, true) + penalty], 1e-5);
    strictEqual(loss(regular, false), loss(plain, false));
  });
  tf.dispose([plain.weights, regular.weights].flat().map((w) => w.read()));
});

tensorflowTest(
  "dropout: the mask is the seed's, and none in evaluation",
  () => {
    const stock = tf.sequential({
      layers: [
        layers.dropout({ inputShape: [50, 4], rate: 0.5 }),
        layers.spatialDropout1d({ rate: 0.25 }),
        layers.dropout({ rate: 0.5, noiseShape: [2, 50, 1] }),
        layers.flatten(),
      ],
    });
    const objective = objectiveOfLayersModel(stock, "meanAbsoluteError");
    tf.tidy(() => {
      const inputs = tf.ones([2, 50, 4]);
      // |0 − output|, averaged over an example: what dropout leaves of ones.
      const batch = { inputs, labels: tf.zeros([2, 200]) };
      const mean = (a: number) =>
        objective.loss([], batch, { training: true, seed: seed(a) }).loss
          .dataSync()[0]!;
      strictEqual(mean(1), mean(1));
      ok(mean(1) !== mean(2));
      ok(Math.abs(mean(1) - 1) < 0.5);
      const { loss } = objective.loss([], batch, { training: false });
      strictEqual(loss.dataSync()[0], 1);
      throws(
        () => objective.loss([], batch, { training: true }),
        /dropout needs a seed to be trained/,
      );
      // Afterwards the layers are as they were.
      deepStrictEqual(
        [...(stock.predict(inputs) as tf.Tensor).dataSync()],
        new Array(400).fill(1),
      );
      ok(stock.layers.every((layer) => !Object.hasOwn(layer, "call")));
    });
  },
);

tensorflowTest("roles and filter axes of many layers", () => {
  const nested = tf.sequential({
    name: "nested",
    layers: [
      layers.depthwiseConv2d({
        name: "depthwise",
        inputShape: [8, 8, 3],
        kernelSize: 3,
      }),
      layers.separableConv2d({ name: "separable", filters: 4, kernelSize: 3 }),
      layers.prelu({ name: "prelu" }),
      layers.conv2dTranspose({ name: "transpose", filters: 5, kernelSize: 2 }),
    ],
  });
  const stock = tf.sequential({
    layers: [
      nested,
      layers.batchNormalization({ name: "normal" }),
      layers.reshape({ targetShape: [25, 5] }),
      layers.layerNormalization({ name: "layer" }),
      layers.timeDistributed({
        layer: layers.dense({ name: "dense", units: 6 }),
      }) as tf.layers.Layer,
      layers.bidirectional({
        name: "both",
        layer: layers.gru({ units: 2 }) as tf.RNN,
        mergeMode: "concat",
      }),
      layers.dense({ name: "frozen", units: 1, trainable: false }),
    ],
  });
  const { parameters } = objectiveOfLayersModel(stock, "meanSquaredError");
  const of = (text: string) =>
    parameters.filter(({ name }) => name.includes(text)).map((p) => [
      p.name.slice(p.name.lastIndexOf("/") + 1),
      p.role,
      p.filterAxis,
    ]);
  deepStrictEqual(of("depthwise/"), [
    ["depthwise_kernel", "kernel", 2],
    ["bias", "bias", 0],
  ]);
  deepStrictEqual(of("separable/"), [
    ["depthwise_kernel", "kernel", 2],
    ["pointwise_kernel", "kernel", 3],
    ["bias", "bias", 0],
  ]);
  deepStrictEqual(of("prelu/"), [["alpha", "kernel", null]]);
  deepStrictEqual(of("transpose/"), [["kernel", "kernel", 2], [
    "bias",
    "bias",
    0,
  ]]);
  deepStrictEqual(of("normal/"), [
    ["gamma", "scale", 0],
    ["beta", "offset", 0],
    ["moving_mean", "statistic", 0],
    ["moving_variance", "statistic", 0],
  ]);
  deepStrictEqual(of("layer/"), [["gamma", "scale", 0], ["beta", "offset", 0]]);
  deepStrictEqual(of("frozen/"), [
    ["kernel", "statistic", 1],
    ["bias", "statistic", 0],
  ]);
  strictEqual(
    new Set(parameters.map(({ name }) => name)).size,
    parameters.length,
  );
  strictEqual(
    parameters.filter(({ name }) => name.endsWith("recurrent_kernel")).length,
    2,
  );
  stock.dispose();
});

tensorflowTest("what cannot be an objective is refused", () => {
  const stock = model();
  throws(
    () => objectiveOfLayersModel(stock, "meanSquareError" as LossName),
    /loss must be .* got "meanSquareError"; did you mean "meanSquaredError"\?$/,
  );
  const [a, b] = [tf.input({ shape: [2] }), tf.input({ shape: [2] })];
  const sum = layers.add().apply([a, b]) as tf.SymbolicTensor;
  throws(
    () =>
      objectiveOfLayersModel(
        tf.model({ inputs: [a, b], outputs: sum }),
        "meanSquaredError",
      ),
    /one input and one output, got 2 and 1/,
  );
  const noisy = tf.sequential({
    layers: [
      layers.gaussianNoise({ name: "noise", stddev: 1, inputShape: [1] }),
    ],
  });
  const objective = objectiveOfLayersModel(noisy, "meanSquaredError");
  tf.tidy(() => {
    const batch = { inputs: tf.ones([1, 1]), labels: tf.zeros([1]) };
    const { loss } = objective.loss([], batch, { training: false });
    strictEqual(loss.dataSync()[0], 1);
    throws(
      () => objective.loss([], batch, { training: true, seed: seed(1) }),
      /random numbers of noise \(GaussianNoise\) do not depend on a seed/,
    );
  });
});
