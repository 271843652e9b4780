/** Dilated convolutions of layers models: the same outputs, and gradients. */
import { ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mendDilations } from "../../lib/training/layers_model/dilations.ts";
import { objectiveOfLayersModel } from "../../lib/training/layers_model.ts";
import { assertClose } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const { layers } = tf;

/** Layers, and the shape of an example. */
function cases(padding: "same" | "valid") {
  const common = { padding, activation: "tanh" } as const;
  return {
    conv1d: [
      layers.conv1d({ ...common, filters: 3, kernelSize: 3, dilationRate: 2 }),
      [9, 2],
    ],
    conv2d: [
      layers.conv2d({
        ...common,
        filters: 3,
        kernelSize: [2, 3],
        dilationRate: [3, 2],
      }),
      [8, 7, 2],
    ],
    separableConv2d: [
      layers.separableConv2d({
        ...common,
        filters: 3,
        kernelSize: 3,
        dilationRate: 2,
        depthMultiplier: 2,
      }),
      [7, 8, 2],
    ],
  } as unknown as Record<string, [tf.layers.Layer, number[]]>;
}

for (const padding of ["same", "valid"] as const) {
  for (const [name, [layer, inputShape]] of Object.entries(cases(padding))) {
    tensorflowTest(
      `${name}, ${padding}: what it gave before, with a gradient`,
      () => {
        const input = tf.input({ shape: inputShape });
        const model = tf.model({
          inputs: input,
          outputs: layers.globalAveragePooling1d().apply(
            layers.reshape({ targetShape: [-1, 3] }).apply(layer.apply(input)),
          ) as tf.SymbolicTensor,
        });
        const x = tf.randomNormal([2, ...inputShape], 0, 1, "float32", 5);
        const before = model.predict(x) as tf.Tensor;
        const objective = objectiveOfLayersModel(model, "meanSquaredError");
        mendDilations(model); // once is enough
        const after = model.predict(x) as tf.Tensor;
        assertClose([...after.dataSync()], [...before.dataSync()], 1e-6);
        const parameters = model.getWeights();
        const labels = tf.zeros([2, 3]);
        const loss = (...values: tf.Tensor[]) =>
          objective.loss(values, { inputs: x, labels }, { training: true })
            .loss;
        const { grads } = tf.valueAndGrads(loss as () => tf.Scalar)(parameters);
        // Along the first weight, against a difference.
        const h = 1e-2;
        const along = (step: number) =>
          tf.tidy(() => {
            const [first, ...others] = parameters as [
              tf.Tensor,
              ...tf.Tensor[],
            ];
            const unit = tf.reshape(
              tf.oneHot(tf.tensor1d([0], "int32"), first.size),
              first.shape,
            );
            return loss(tf.add(first, tf.mul(unit, step)), ...others)
              .dataSync()[0]!;
          });
        const difference = (along(h) - along(-h)) / (2 * h);
        const derivative = grads[0]!.dataSync()[0]!;
        ok(
          Math.abs(difference - derivative) < 2e-3,
          `${difference} ${derivative}`,
        );
        tf.dispose([x, before, after, labels, ...grads]);
        model.dispose();
      },
    );
  }
}

for (
  const [depthwise, seen] of [
    [false, "16,17,18,23,24,25,30,31,32"], // as TensorFlow.js has it
    [true, "8,10,12,22,24,26,36,38,40"],
  ] as const
) {
  tensorflowTest(`a depthwise convolution, of Keras: ${depthwise}`, () => {
    const model = tf.sequential({
      layers: [layers.depthwiseConv2d({
        kernelSize: 3,
        dilationRate: 2,
        padding: "same",
        inputShape: [7, 7, 1],
        depthwiseInitializer: "ones",
      })],
    });
    mendDilations(model, { depthwise });
    // Which pixels see the one in the middle tells how far they look.
    const found = tf.tidy(() => {
      const all = tf.oneHot(tf.tensor1d([24], "int32"), 49);
      const x = tf.cast(tf.reshape(all, [1, 7, 7, 1]), "float32");
      const y = (model.predict(x) as tf.Tensor).dataSync();
      return [...y].flatMap((value, i) => value > 0 ? [i] : []);
    });
    strictEqual(found.join(), seen);
    model.dispose();
  });
}
