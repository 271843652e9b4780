import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/runtime/compile.ts";
import { nativeBackend, tensorTest } from "../support/tensor_test.ts";

/** Two variables and their loss, fresh each time. */
function problem(): {
  variables: tf.Variable[];
  loss: () => tf.Scalar;
  values: () => number[];
} {
  const variables = tf.tidy(() => [
    tf.variable(tf.tensor1d([1, -2, 3])),
    tf.variable(tf.scalar(0.5)),
  ]);
  const [w, b] = variables as [tf.Variable, tf.Variable];
  return {
    variables,
    loss: () => tf.sum(tf.square(tf.add(tf.tanh(w), tf.mul(b, w)))),
    values: () => variables.flatMap((v) => [...v.dataSync()]),
  };
}

const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.01, 0.9),
  nesterov: () => tf.train.momentum(0.01, 0.9, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5, undefined, true),
  adam: () => tf.train.adam(0.1),
  adamax: () => tf.train.adamax(0.1),
};

for (const [name, make] of Object.entries(optimizers)) {
  tensorTest(`minimize of tf.train.${name} can be compiled`, () => {
    const runs = [false, true].map((compiled) => {
      const { variables, loss, values } = problem();
      const optimizer = make();
      const minimize = () => optimizer.minimize(loss, true)!;
      tf.dispose(minimize()); // makes the optimizer's variables
      const step = compiled ? compile(minimize) : minimize;
      const losses: number[] = [];
      for (let i = 0; i < 5; i++) {
        const loss = step();
        losses.push(loss.dataSync()[0]!);
        loss.dispose();
      }
      const after = values();
      tf.dispose(variables);
      optimizer.dispose();
      // Momentum forgets the tensor of its learning rate.
      const { c } = optimizer as { c?: tf.Tensor };
      if (c && !c.isDisposed) c.dispose();
      return [...losses, ...after];
    });
    const [eager, compiled] = runs as [number[], number[]];
    eager.forEach((value, i) => {
      ok(
        Math.abs(compiled[i]! - value) <= 1e-5 * Math.max(1, Math.abs(value)),
        `${compiled} should be ${eager}`,
      );
    });
    ok(eager[4]! < eager[0]!);
  });
}

/** A loss over conv, pool and dense layers, as a function of its weights. */
function network(images: tf.Tensor4D, labels: tf.Tensor2D) {
  return (...weights: tf.Tensor[]): tf.Scalar => {
    const [filter, bias, kernel, offset] = weights as [
      tf.Tensor4D,
      tf.Tensor1D,
      tf.Tensor2D,
      tf.Tensor1D,
    ];
    const convolved = tf.add(tf.conv2d(images, filter, 1, "same"), bias);
    const pooled = tf.maxPool(tf.relu(convolved) as tf.Tensor4D, 2, 2, "valid");
    const flat = tf.reshape(pooled, [images.shape[0], -1]);
    const logits = tf.add(tf.matMul(flat, kernel), offset);
    return tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar;
  };
}

tensorTest(
  "gradients of a conv–pool–dense net are those taken one by one",
  () => {
    const normal = (shape: number[], seed: number) =>
      tf.randomNormal(shape, 0, 0.5, "float32", seed);
    const images = normal([6, 8, 8, 3], 1) as tf.Tensor4D;
    const classes = tf.tensor1d([0, 1, 2, 3, 4, 0], "int32");
    const labels = tf.tidy(() =>
      tf.oneHot(classes, 5).toFloat()
    ) as tf.Tensor2D;
    const weights = [
      normal([3, 3, 3, 4], 2),
      normal([4], 3),
      normal([64, 5], 4),
      normal([5], 5),
    ];
    const gradients = tf.valueAndGrads(network(images, labels));
    const f = (weights: tf.Tensor[]) => gradients(weights);
    const eager = f(weights);
    const compiled = compile(f);
    for (let round = 0; round < 2; round++) {
      const { value, grads } = compiled(weights);
      [value, ...grads].forEach((tensor, i) => {
        const wanted = [eager.value, ...eager.grads][i]!;
        deepStrictEqual(tensor.shape, wanted.shape);
        const error = tf.tidy(() => tf.max(tf.abs(tf.sub(tensor, wanted))));
        ok(error.dataSync()[0]! < 1e-5);
        error.dispose();
      });
      tf.dispose([value, grads]);
    }
    strictEqual(compiled.variants, 1);
    tf.dispose([images, classes, labels, ...weights, eager.value, eager.grads]);
  },
);

tensorTest("a thousand compiled steps leave tensors and handles flat", () => {
  const { variables, loss } = problem();
  const gradients = () => tf.variableGrads(loss);
  const step = compile((rate: tf.Tensor) => {
    const { value, grads } = gradients();
    for (const v of variables) {
      v.assign(tf.sub(v, tf.mul(rate, grads[v.name]!)));
    }
    return value;
  });
  const rate = tf.scalar(0.01);
  step(rate).dispose();
  const tensors = tf.memory().numTensors;
  const handles = nativeBackend().slope.getNumOfTensors();
  for (let i = 0; i < 1000; i++) step(rate).dispose();
  strictEqual(tf.memory().numTensors, tensors);
  strictEqual(nativeBackend().slope.getNumOfTensors(), handles);
  tf.dispose([rate, ...variables]);
});

tensorTest("a stock model's forward pass and loss can be compiled", () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 1],
        filters: 3,
        kernelSize: 3,
        activation: "relu",
      }),
      tf.layers.batchNormalization(),
      tf.layers.flatten(),
      tf.layers.dense({ units: 4, activation: "softmax" }),
    ],
  });
  const x = tf.randomNormal([5, 8, 8, 1], 0, 1, "float32", 3);
  const predict = compile((x: tf.Tensor) => model.predict(x) as tf.Tensor);
  const [eager, compiled] = [model.predict(x) as tf.Tensor, predict(x)];
  const wanted = eager.dataSync();
  compiled.dataSync().forEach((value, i) =>
    ok(Math.abs(value - wanted[i]!) < 1e-6)
  );
  tf.dispose([x, eager, compiled]);
  model.dispose();
});
