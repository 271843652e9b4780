/**
 * Models of graphs as objectives: their weights, gradients, and what has none.
 *
 * @module
 */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { initialize } from "../../lib/runtime/initialize.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import type { SavedModel } from "../../lib/saved_models/saved_model.ts";
import { prepareModel } from "../../lib/train_spec/prepare_model.ts";
import { initialValues } from "../../lib/training/objective.ts";
import { withFolder } from "../support/with_folder.ts";
import { fixtureBytes as kerasBytes } from "./keras/fixtures.ts";
import { fixturePath as onnxPath } from "./onnx/fixtures.ts";
import { writeFixture } from "./tensorflow/fixtures.ts";

await initialize({ backend: "cpu" });

/** The gradients of a loss on a few examples, by the weights and the inputs. */
function gradients(model: SavedModel, inputs: tf.Tensor): number[][] {
  const objective = model.objective("softmaxCrossEntropy");
  return tf.tidy(() => {
    const values = initialValues(objective, 0).map((numbers, i) =>
      tf.tensor(numbers, [...objective.parameters[i]!.shape])
    );
    const labels = tf.tensor1d([0, 1], "int32");
    return tf.grads((...all: tf.Tensor[]) =>
      objective.loss(all.slice(1), { inputs: all[0]!, labels }, {
        training: false,
      }).loss as tf.Scalar
    )([inputs, ...values]).map((gradient) => [...gradient.dataSync()]);
  });
}

/** Differences of the loss along each number of the inputs, as a check. */
function inputDifferences(model: SavedModel, inputs: tf.Tensor): number[] {
  const objective = model.objective("softmaxCrossEntropy");
  const numbers = [...inputs.dataSync()];
  const step = 1e-3;
  return tf.tidy(() => {
    const labels = tf.tensor1d([0, 1], "int32");
    const values = initialValues(objective, 0).map((own, i) =>
      tf.tensor(own, [...objective.parameters[i]!.shape])
    );
    const lossAt = (i: number, by: number) => {
      const moved = numbers.slice();
      moved[i] = moved[i]! + by;
      const batch = { inputs: tf.tensor(moved, inputs.shape), labels };
      return objective.loss(values, batch, { training: false }).loss
        .dataSync()[0]!;
    };
    return numbers.slice(0, 20).map((_, i) =>
      (lossAt(i, step) - lossAt(i, -step)) / (2 * step)
    );
  });
}

for (const name of ["lines", "keras", "activations"]) {
  Deno.test(`gradients of ${name}.onnx are those of its loss`, async () => {
    const model = await openModel(onnxPath(name));
    const shape = [2, ...model.inputShape as number[]];
    const inputs = tf.randomUniform(shape, -1, 1, "float32", 5);
    const [given, ...byWeights] = gradients(model, inputs);
    ok(
      byWeights.every((one) => one.some((x) => x !== 0)),
      "all weights matter",
    );
    const wrong = inputDifferences(model, inputs).filter((difference, i) =>
      Math.abs(difference - given![i]!) > 2e-3
    );
    // A kink within the step makes a difference wrong, not the gradient.
    ok(wrong.length <= 2, `${wrong}`);
    inputs.dispose();
    model.dispose();
  });
}

Deno.test("weights of a dilated convolution have gradients", async () => {
  const model = await openModel(onnxPath("lines"));
  strictEqual(model.withoutGradient, undefined);
  model.dispose();
});

Deno.test("what TensorFlow.js has no gradient of is told", async () => {
  const before = tf.memory().numTensors;
  const onnx = await openModel(onnxPath("further"));
  ok(/no gradient of \w+, which the model/.test(onnx.withoutGradient ?? ""));
  onnx.dispose();
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("a graph has the weights of the model that it was made of", async () => {
  await withFolder(async (folder) => {
    await writeFixture(folder, "images_keras3", "saved_model");
    const model = await openModel(folder);
    deepStrictEqual(
      model.parameters.map(({ role, filterAxis }) => [role, filterAxis]),
      [
        ["kernel", 3],
        ["bias", 0],
        ["statistic", 0],
        ["scale", 0],
        ["statistic", 0],
        ["offset", 0],
        ["kernel", null], // depthwise, of two filters a channel
        ["bias", 0],
        ["kernel", 1],
        ["bias", 0],
        ["kernel", 1],
        ["bias", 0],
      ],
    );
    strictEqual(model.lastActivation, "softmax");
    model.dispose();
  });
  const model = await openModel(onnxPath("convnet"));
  deepStrictEqual(model.inputShape, [9, 9, 2]); // PyTorch has [2, 9, 9]
  deepStrictEqual(
    model.parameters.map(({ name, shape, role }) => `${name} ${shape} ${role}`)
      .slice(0, 6),
    [
      "0.weight 3,3,2,4 kernel",
      "0.bias 4 bias",
      "1.weight 4 scale",
      "1.bias 4 offset",
      "1.running_mean 4 statistic",
      "1.running_var 4 statistic",
    ],
  );
  model.dispose();
});

Deno.test("examples with channels first are taken as they are", async () => {
  const last = await openModel(onnxPath("residual"));
  const first = await openModel(onnxPath("residual"), {
    inputShape: [3, 8, 8],
  });
  deepStrictEqual(first.inputShape, [3, 8, 8]);
  tf.tidy(() => {
    const x = tf.randomUniform([2, 8, 8, 3], -1, 1, "float32", 4);
    const a = last.predict(x), b = first.predict(tf.transpose(x, [0, 3, 1, 2]));
    deepStrictEqual([...b.dataSync()], [...a.dataSync()]);
  });
  last.dispose();
  first.dispose();
});

Deno.test("a graph is measured and not trained", async () => {
  const spec = { model: { file: onnxPath("mlp") } };
  const facts = { kind: "classification", shape: [4], classes: 3 };
  await rejects(
    prepareModel(spec as never, "", facts as never),
    /is a graph of operations, which can be measured but not trained/,
  );
  // What has layers is.
  await withFolder(async (folder) => {
    const path = join(folder, "a.keras");
    await Deno.writeFile(path, await kerasBytes("sequential_keras3.keras"));
    const model = await openModel(path);
    strictEqual(model.isGraph, undefined);
    model.dispose();
  });
});
