import { deepStrictEqual, rejects, strictEqual, throws } from "node:assert";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import {
  getMetaGraphsFromSavedModel,
  loadSavedModel,
} from "@tensorflow/tfjs-node-gpu/dist/saved_model.js";
import { nativeBackend, tensorTest } from "../../support/tensor_test.ts";

/** Made by `make.py` beside it. */
const folder = fileURLToPath(
  new URL("../../golden/saved_model", import.meta.url),
);

tensorTest("a SavedModel is loaded, run and deleted", async () => {
  const { slope } = nativeBackend();
  const model = await loadSavedModel(folder);
  strictEqual(slope.getNumOfSavedModels(), 1);
  const x = tf.tensor2d([[1, 0], [0, 1], [1, 1]]);
  for (let i = 0; i < 3; i++) {
    const y = model.predict(x) as tf.Tensor;
    deepStrictEqual(y.shape, [3, 2]);
    deepStrictEqual([...y.dataSync()], [11, 22, 13, 24, 14, 26]);
    y.dispose();
  }
  x.dispose();
  model.dispose();
  strictEqual(slope.getNumOfSavedModels(), 0);
});

tensorTest(
  "a SavedModel takes and gives uint8, int64 and strings",
  async () => {
    const { warn } = console;
    console.warn = () => {}; // upstream's remark about int64
    try {
      const model = await loadSavedModel(folder, ["serve"], "types");
      const inputs = {
        a: tf.tensor1d([1, 255], "int32"),
        b: tf.tensor1d([10, -1], "int32"),
        c: tf.tensor1d(["x", "y".repeat(30)]),
      };
      const outputs = model.predict(inputs) as tf.NamedTensorMap;
      const sums = nativeBackend().readSync(outputs["sum"]!.dataId) as unknown;
      deepStrictEqual(sums, BigInt64Array.of(11n, 254n));
      deepStrictEqual(outputs["text"]!.arraySync(), [
        "x!",
        "y".repeat(30) + "!",
      ]);
      model.dispose();
      tf.dispose([inputs, outputs]);
    } finally {
      console.warn = warn;
    }
  },
);

tensorTest("a SavedModel's signatures can be listed", async () => {
  const [graph] = await getMetaGraphsFromSavedModel(folder);
  deepStrictEqual(graph!.tags, ["serve"]);
  deepStrictEqual(Object.keys(graph!.signatureDefs).sort(), [
    "serving_default",
    "types",
  ]);
});

tensorTest(
  "errors name the folder, the operation, the number of inputs",
  async () => {
    const { slope } = nativeBackend();
    throws(() => slope.loadSavedModel("/no/such/folder", "serve"), {
      name: "TensorFlowError",
      message: /SavedModel in \/no\/such\/folder could not be loaded/,
    });
    throws(
      () => slope.loadSavedModel(folder, "train"),
      /could not be loaded.*tags/s,
    );
    strictEqual(slope.getNumOfSavedModels(), 0);
    const id = slope.loadSavedModel(folder, "serve");
    const run = (inputs: number[], input: string, output: string) =>
      slope.runSavedModel(id, inputs, input, output);
    const x = slope.createTensor([1, 2], 1, [1, 2]);
    const name = "serving_default_x:0", y = "StatefulPartitionedCall:0";
    throws(() => run([x], "nothing", y), /no operation named nothing/);
    throws(() => run([], name, y), /takes 1 inputs, got 0/);
    throws(
      () => run([x], name, "StatefulPartitionedCall:7"),
      /The SavedModel failed/,
    );
    slope.deleteTensor(x);
    slope.deleteSavedModel(id);
    throws(() => run([], name, y), /SavedModel \d+ was deleted/);
    throws(() => slope.deleteSavedModel(id), /SavedModel \d+ was deleted/);
    await rejects(loadSavedModel(folder, ["serve"], "nothing"), /nothing/);
  },
);
