import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/runtime/compile.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import {
  currentTensorFlowBackend,
  setTensorFlowBackend,
} from "../../lib/runtime/state.ts";
import { waves } from "./agreement.ts";
import { tensorTest } from "../support/tensor_test.ts";

type Settings = NonNullable<
  Parameters<typeof tf.layers.batchNormalization>[0]
>;

/** Output, gradient by the input, and the layer's weights after four steps. */
function train(shape: number[], settings: Settings): number[][] {
  return tf.tidy(() => {
    const layer = tf.layers.batchNormalization(settings);
    layer.build(shape);
    const x = tf.add(tf.mul(waves(shape), 2), 1);
    const c = waves(shape, 1);
    let output: tf.Tensor | undefined, gradient: tf.Tensor | undefined;
    for (let i = 0; i < 3; i++) {
      const step = (x: tf.Tensor) => {
        output = layer.call(x, { training: true }) as tf.Tensor;
        return tf.sum(tf.mul(c, output)) as tf.Scalar;
      };
      // Upstream has no gradient for other axes than the last.
      gradient = settings.axis === undefined ? tf.grad(step)(x) : step(x);
    }
    output = layer.call(x, { training: true }) as tf.Tensor;
    const tensors = [output, gradient!, ...layer.getWeights()];
    const numbers = tensors.map((tensor) => [...tensor.dataSync()]);
    tf.dispose(layer.getWeights());
    return numbers;
  });
}

const cases: [string, number[], Settings][] = [
  ["images", [6, 4, 4, 3], {}],
  ["vectors", [16, 5], { epsilon: 1e-4, momentum: 0.9 }],
  ["sequences", [6, 4, 3], {}],
  ["another axis", [6, 4, 4, 3], { axis: 1 }],
];

for (const [name, shape, settings] of cases) {
  tensorTest(
    `tf.layers.batchNormalization on ${name} trains as upstream's`,
    () => {
      const fused = train(shape, settings);
      const native = currentTensorFlowBackend();
      setTensorFlowBackend(undefined); // upstream's own code
      const upstream = train(shape, settings);
      setTensorFlowBackend(native);
      strictEqual(fused.length, 6);
      fused.forEach((values, k) => {
        strictEqual(values.length, upstream[k]!.length);
        values.forEach((value, i) => {
          const error = Math.abs(value - upstream[k]![i]!);
          ok(error <= 1e-5, `part ${k} is off by ${error}`);
        });
      });
    },
  );
}

tensorTest(
  "a stock model with batch normalisation fits and predicts",
  async () => {
    const layer = tf.layers.batchNormalization({
      inputShape: [2],
      momentum: 0.5,
    });
    const model = tf.sequential({
      layers: [
        layer,
        tf.layers.dense({ units: 1, kernelInitializer: "zeros" }),
      ],
    });
    const optimizer = tf.train.sgd(0.1);
    model.compile({ optimizer, loss: "meanSquaredError" });
    const x = waves([64, 2]) as tf.Tensor2D;
    const y = tf.tidy(() => tf.sum(x, 1, true));
    const { history } = await model.fit(x, y, {
      epochs: 20,
      batchSize: 16,
      shuffle: false,
    });
    const losses = history["loss"] as number[];
    ok(losses.at(-1)! < 0.25 * losses[0]!, losses.join());
    const output = model.predict(x) as tf.Tensor;
    const error = tf.tidy(() => tf.mean(tf.abs(tf.sub(output, y))));
    ok(error.dataSync()[0]! < 0.4);
    error.dispose();
    tf.dispose([x, y, output]);
    model.dispose();
    optimizer.dispose();
  },
);

tensorTest("inference, and the layer's name, are left as they were", () => {
  const layer = tf.layers.batchNormalization({ inputShape: [2] });
  const model = tf.sequential({ layers: [layer] });
  const x = tf.tensor2d([[3, 4]]);
  const output = model.predict(x) as tf.Tensor;
  const [a, b] = output.dataSync();
  ok(Math.abs(a! - 3 / Math.sqrt(1.001)) < 1e-5);
  ok(Math.abs(b! - 4 / Math.sqrt(1.001)) < 1e-5);
  tf.dispose([x, output]);
  model.dispose();
});

Deno.test("the first layer of a program keeps its name", async () => {
  await initialize({ backend: "tensorflow" });
  const text = `
    import * as tf from "@tensorflow/tfjs";
    import { initialize } from "./lib/runtime/initialize.ts";
    await initialize({ backend: "tensorflow" });
    console.log(tf.layers.batchNormalization().name);
  `;
  const root = new URL("../../", import.meta.url);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", text],
    cwd: root,
  }).output();
  deepStrictEqual(
    new TextDecoder().decode(stdout).trim(),
    "batch_normalization_BatchNormalization1",
  );
});

tensorTest("a training step of a stock layer can be compiled", () => {
  const layer = tf.layers.batchNormalization({ momentum: 0.5 });
  layer.build([null, 2]);
  const step = compile((x: tf.Tensor) =>
    layer.call(x, { training: true }) as tf.Tensor
  );
  const x = tf.tensor2d([[0, 10], [2, 30]]);
  step(x).dispose();
  step(x).dispose();
  const weights = layer.getWeights();
  const [mean] = weights.slice(2);
  deepStrictEqual([...mean!.dataSync()], [0.75, 15]);
  tf.dispose([x, ...weights]);
});
