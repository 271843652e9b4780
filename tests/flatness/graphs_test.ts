import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { flatness } from "../../lib/flatness/mod.ts";
import { reportText } from "../../lib/flatness/report_text.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import { trainedMask } from "../../lib/probes/problem.ts";
import { dot, plus } from "../../lib/probes/vectors.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { saveModel } from "../../lib/saved_models/save_model.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import { initialValues } from "../../lib/training/objective.ts";
import { fixturePath } from "../saved_models/onnx/fixtures.ts";
import { withFolder } from "../support/with_folder.ts";
import {
  normals,
  points,
  rectifier,
  writeTable,
  writeWeights,
} from "./files.ts";

await initialize({ backend: "tensorflow" });

/** The rectifier network as TensorFlow.js's converter writes graphs. */
async function writeGraph(folder: string): Promise<string> {
  const T = { T: { type: "DT_FLOAT" } };
  const weights = rectifier.weights();
  const constants = Object.keys(weights).map((name) => ({
    name,
    op: "Const",
    attr: { dtype: { type: "DT_FLOAT" } },
  }));
  const node = (name: string, op: string, ...input: string[]) => ({
    name,
    op,
    input,
    attr: T,
  });
  const shape = { dim: [{ size: "-1" }, { size: "2" }] };
  const nodes = [
    { name: "x", op: "Placeholder", attr: { shape: { shape } } },
    ...constants,
    node("a", "MatMul", "x", "dense1/kernel"),
    node("b", "BiasAdd", "a", "dense1/bias"),
    node("c", "Relu", "b"),
    node("y", "_FusedMatMul", "c", "output/kernel", "output/bias"),
  ];
  Object.assign(nodes.at(-1)!.attr, {
    fused_ops: { list: { s: [btoa("BiasAdd")] } },
  });
  await Deno.writeTextFile(
    join(folder, "model.json"),
    JSON.stringify({
      format: "graph-model",
      modelTopology: { node: nodes },
      weightsManifest: [{
        paths: ["w.bin"],
        weights: Object.entries(weights).map(([name, { shape }]) => ({
          name,
          shape,
          dtype: "float32",
        })),
      }],
    }),
  );
  const all = Object.values(weights).flatMap(({ values }) => values);
  const bytes = new Uint8Array(Float32Array.from(all).buffer);
  await Deno.writeFile(join(folder, "w.bin"), bytes);
  return join(folder, "model.json");
}

Deno.test("a graph has the numbers of the same network as layers", async () => {
  await withFolder(async (folder) => {
    const data = await writeTable(folder, "data.csv", points(60));
    const options = {
      data,
      architecture: rectifier.architecture,
      budget: "quick",
      examples: 60,
    } as const;
    const layers = await writeWeights(folder, "a.safetensors", {
      ...rectifier.weights(),
    });
    const before = tf.memory().numTensors;
    const one = await flatness({ ...options, model: layers });
    const other = await flatness({
      ...options,
      model: await writeGraph(folder),
    });
    strictEqual(other.model.format, "graphModel");
    deepStrictEqual(other.measurements, one.measurements);
    deepStrictEqual(other.rescaling?.moved, one.rescaling?.moved);
    strictEqual(tf.memory().numTensors, before);
  });
});

for (const name of ["residual", "convnet", "windows", "dynamo"]) {
  Deno.test(`derivatives of ${name}.onnx by its weights, in float64`, async () => {
    const model = await openModel(fixturePath(name));
    const shape = [6, ...model.inputShape as number[]];
    const objective = model.objective("softmaxCrossEntropy");
    const data = {
      count: 6,
      inputs: tf.randomUniform(shape, -1, 1, "float32", 5),
      labels: tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"),
    };
    const weights = initialValues(objective, 0);
    const surface = lossSurface({ objective, data, weights });
    const { gradient } = await surface.gradient(surface.weights);
    const isTrained = trainedMask(surface.layout);
    const direction = Float64Array.from(
      normals(gradient.length, 2),
      (x, i) => isTrained[i] ? x : 0,
    );
    const step = 1e-6;
    const [ahead, behind] = await surface.evaluateAll([
      plus(surface.weights, step, direction),
      plus(surface.weights, -step, direction),
    ]);
    const expected = (ahead!.loss - behind!.loss) / (2 * step);
    const actual = dot(gradient, direction);
    ok(Math.abs(actual - expected) < 1e-6 * Math.abs(expected), `${actual}`);
    surface.dispose();
    tf.dispose([data.inputs, data.labels]);
    model.dispose();
  });
}

Deno.test("what has no gradient is measured where none is needed", async () => {
  // As many outputs as the fixture has parts, each a class.
  const classes = 40;
  const values = normals(12 * 2 * classes, 1);
  const rows = Array.from({ length: 2 * classes }, (_, i) => i % classes);
  const inputs = Float32Array.from(values);
  const { measurements, selfChecks, rescaling, ...rest } = await flatness({
    model: fixturePath("further"),
    data: {
      name: "rows",
      kind: "classification",
      shape: [3, 4],
      classes,
      classNames: rows.slice(0, classes).map(String),
      train: { count: rows.length, inputs, labels: Int32Array.from(rows) },
    },
    budget: "quick",
  });
  const { loss, gradientNorm, inputNoiseRise, hessianTrace } = measurements;
  ok((loss!.value as number) > 0 && (inputNoiseRise!.error as number) > 0);
  for (const one of [gradientNorm!, hessianTrace!]) {
    strictEqual(one.value, null);
    ok(/no gradient of \w+, which the model computes/.test(one.note!));
  }
  strictEqual(selfChecks.weightsRestored, true);
  strictEqual(selfChecks.hessianDifference, null);
  const text = reportText({ measurements, selfChecks, rescaling, ...rest });
  ok(/Hessian trace; .*: TensorFlow\.js has no gradient of/.test(text), text);
});

Deno.test("layers without a gradient are measured where none is needed", () =>
  withFolder(async (folder) => {
    // TensorFlow.js has no gradient of it, and Slope's own has channels last.
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          filters: 2,
          kernelSize: 2,
          dilationRate: 2,
          dataFormat: "channelsFirst",
          inputShape: [1, 5, 5],
        }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2, activation: "softmax" }),
      ],
    });
    await saveModel(join(folder, "dilated.json"), model);
    model.dispose();
    const { measurements } = await flatness({
      model: join(folder, "dilated.json"),
      data: {
        name: "noise",
        kind: "classification",
        shape: [1, 5, 5],
        classes: 2,
        classNames: ["0", "1"],
        train: {
          count: 12,
          inputs: Float32Array.from(normals(12 * 25, 1)),
          labels: Int32Array.from({ length: 12 }, (_, i) => i % 2),
        },
      },
      budget: "quick",
    });
    const { loss, inputNoiseRise, hessianTrace } = measurements;
    ok((loss!.value as number) > 0 && (inputNoiseRise!.error as number) > 0);
    strictEqual(hessianTrace!.value, null);
    ok(/the model has no gradient: .*dilation/.test(hessianTrace!.note!));
  }));
