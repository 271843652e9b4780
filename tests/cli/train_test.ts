import { Ajv2020 } from "ajv/dist/2020.js";
import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { exitCodeOf } from "../../lib/cli/command.ts";
import { train } from "../../lib/cli/train.ts";
import { flatness } from "../../lib/flatness/flatness.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import { runTraining } from "../../lib/train_spec/run_training.ts";
import { parseTrainSpec, trainJsonSchema } from "../../lib/train_spec/spec.ts";
import { encodeZip } from "../../lib/zip/mod.ts";
import { fixtureBytes } from "../saved_models/keras/fixtures.ts";
import { classNames, writePictures } from "../datasets/streamed/picture_set.ts";
import { captureConsole } from "../support/capture_console.ts";
import { npy } from "../support/npy.ts";
import { withFolder } from "../support/with_folder.ts";

const page = await Deno.readTextFile(
  new URL("../../docs/train.md", import.meta.url),
);

/** The block of a language in the page. */
function block(language: string): string {
  return new RegExp("```" + language + "\\n([^`]*)```").exec(page)![1]!;
}

const example = JSON.parse(block("json"));

async function run(...args: string[]) {
  let code = -1;
  const { out, error } = await captureConsole(async () => {
    code = await exitCodeOf(train, args);
  });
  return { code, out, error };
}

/** Writes the page's example; gives its path. */
async function writeExample(folder: string, spec = example): Promise<string> {
  await Deno.writeTextFile(join(folder, "flowers.csv"), block("csv"));
  const path = join(folder, "flowers.json");
  await Deno.writeTextFile(path, JSON.stringify(spec));
  return path;
}

Deno.test("the example of docs/train.md does what the page says", async () => {
  await withFolder(async (folder) => {
    const path = await writeExample(folder);
    const out = join(folder, "run");
    const first = await run(path, "--out", out, "--json", "--backend", "cpu");
    strictEqual(first.code, 0, first.error);
    const summary = JSON.parse(first.out);
    strictEqual(summary.status, "done");
    strictEqual(summary.steps, 40);
    deepStrictEqual(summary.classNames, ["setosa", "versicolor"]);
    strictEqual(summary.evaluation.validation.error, 0);

    const predicted: number[][] = [];
    for (const file of summary.exported) {
      const model = await openModel(file);
      const x = tf.tensor2d([[0.3, -1.2], [1, 1]]);
      const y = model.predict(x);
      predicted.push([...y.dataSync()]);
      tf.dispose([x, y]);
      model.dispose();
    }
    strictEqual(predicted.length, 3);
    for (const values of predicted) {
      values.forEach((value, i) =>
        ok(Math.abs(value - predicted[0]![i]!) < 1e-5)
      );
    }

    const again = await run(path, "--out", out, "--backend", "cpu");
    strictEqual(again.code, 2);
    match(again.error, /holds a run: add --resume/);
    const resumed = await run(
      path,
      "--out",
      out,
      "--resume",
      "--backend",
      "cpu",
    );
    strictEqual(resumed.code, 0, resumed.error);
    match(resumed.out, /done after 40 steps/);
    const other = { ...example, seed: 3 };
    await writeExample(folder, other);
    const refused = await run(
      path,
      "--out",
      out,
      "--resume",
      "--backend",
      "cpu",
    );
    strictEqual(refused.code, 2);
    match(refused.error, /holds another run \(seed is 0 there and 3 here\)/);
  });
});

Deno.test("a training that was interrupted goes on to the same records", async () => {
  await withFolder(async (folder) => {
    await writeExample(folder);
    const spec = parseTrainSpec({ ...example, epochs: 4 });
    const go = (out: string, stopAt = Infinity) => {
      const controller = new AbortController();
      return runTraining(spec, {
        folder,
        out: join(folder, out),
        datasets: {},
        signal: controller.signal,
        onRecord(record) {
          if (record.step >= stopAt) controller.abort();
        },
      });
    };
    await Deno.mkdir(join(folder, "a"));
    await Deno.mkdir(join(folder, "b"));
    strictEqual((await go("a")).status, "done");
    const stopped = await go("b", 3);
    strictEqual(stopped.status, "stopped");
    deepStrictEqual(stopped.exported, []);
    strictEqual((await go("b")).status, "done");
    const records = (name: string) =>
      Deno.readTextFile(join(folder, name, "records.jsonl"));
    strictEqual(await records("b"), await records("a"));
  });
});

Deno.test("a Keras model is trained on, and written in each format", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(
      join(folder, "plain.keras"),
      await fixtureBytes("sequential_keras3.keras"),
    );
    const x = Float32Array.from({ length: 8 * 36 }, (_, i) => Math.sin(i));
    await Deno.writeFile(
      join(folder, "data.npz"),
      encodeZip({
        "x.npy": npy("<f4", [8, 6, 6, 1], x),
        "y.npy": npy("|u1", [8], Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1)),
      }),
    );
    const spec = parseTrainSpec({
      model: { file: "plain.keras" },
      data: { file: "data.npz", validation: 0.25 },
      learningRate: { kind: "constant", value: 0.01 },
      optimizer: { kind: "adam" },
      batchSize: 3,
      epochs: 2,
      export: ["a.keras", "a.json", "a.safetensors"],
    });
    const before = tf.memory().numTensors;
    const summary = await runTraining(spec, {
      folder,
      out: folder,
      datasets: {},
      signal: new AbortController().signal,
    });
    strictEqual(tf.memory().numTensors, before);
    strictEqual(summary.loss, "sparseCategoricalCrossentropy");
    strictEqual(summary.preprocessing, null);
    const hashes = new Set<string>();
    for (const file of ["plain.keras", ...summary.exported]) {
      const model = await openModel(
        file.startsWith(folder) ? file : join(folder, file),
      );
      const y = model.predict(tf.ones([1, 6, 6, 1]));
      hashes.add([...y.dataSync()].map((v) => v.toFixed(5)).join());
      model.dispose();
    }
    strictEqual(hashes.size, 2); // before training, and after it thrice
  });
});

Deno.test("clipping, groups, parts of a batch and averages are a spec's, too", async () => {
  await withFolder(async (folder) => {
    await writeExample(folder);
    const go = async (more: object, out: string) => {
      const before = tf.memory().numTensors;
      const summary = await runTraining(
        parseTrainSpec({ ...example, export: ["a.keras"], ...more }),
        {
          folder,
          out: join(folder, out),
          datasets: {},
          signal: new AbortController().signal,
        },
      );
      strictEqual(tf.memory().numTensors, before);
      const model = await openModel(summary.exported[0]!);
      const values = model.predict(tf.tensor2d([[0.3, -1.2]])).dataSync()[0]!;
      model.dispose();
      return { value: values, evaluation: summary.evaluation };
    };
    const plain = await go({}, "plain");
    const same = await go({ microBatches: 5, clip: { norm: 1e6 } }, "same");
    ok(Math.abs(same.value - plain.value) < 1e-4);
    const frozen = await go({ groups: [{ rateFactor: 0 }] }, "frozen");
    ok(Math.abs(frozen.value - plain.value) > 1e-3);
    const averaging = {
      kind: "stochasticWeightAverage",
      from: { fraction: 0.5 },
      every: { epochs: 1 },
    };
    const averaged = await go({ averaging }, "averaged");
    ok(Math.abs(averaged.value - plain.value) > 1e-3);
    const constant = { kind: "constant", value: 0 };
    const still = await go({ averaging, learningRate: constant }, "still");
    strictEqual(still.value, frozen.value);
  });
});

Deno.test("pictures of any size are read while they are trained on", async () => {
  await withFolder(async (folder) => {
    await writePictures(
      join(folder, "pictures"),
      { train: 6, val: 3 },
      (i) => [9 + i, 14],
    );
    const spec = {
      model: { kind: "mlp" },
      data: { file: "pictures", size: 6, validation: 0.2 },
      learningRate: { kind: "constant", value: 0.02 },
      optimizer: { kind: "momentum" },
      batchSize: 5,
      epochs: 4,
      augment: true,
      export: ["pictures.json"],
    };
    const path = join(folder, "pictures.json");
    await Deno.writeTextFile(path, JSON.stringify(spec));
    const out = join(folder, "run");
    const result = await run(path, "--out", out, "--json", "--backend", "cpu");
    strictEqual(result.code, 0, result.error);
    const summary = JSON.parse(result.out);
    strictEqual(summary.steps, 4 * 2); // 14 of 18 pictures, 4 held out
    deepStrictEqual(summary.classNames, classNames);
    deepStrictEqual(Object.keys(summary.evaluation), ["validation", "test"]);
    strictEqual(summary.preprocessing.mean.length, 3);
    ok(summary.evaluation.test.error < 0.5);
    const model = await openModel(join(out, "pictures.json"));
    deepStrictEqual(model.inputShape, [6, 6, 3]);
    // Another command reads the same pictures and the model that was exported.
    const { measurements } = await flatness({
      model: join(out, "pictures.json"),
      data: join(folder, "pictures"),
      dataOptions: { size: 6 },
      split: "test",
      preprocessing: summary.preprocessing,
      metrics: ["loss", "accuracy"],
      budget: "quick",
    });
    const { loss, error } = summary.evaluation.test;
    ok(Math.abs(measurements.loss!.value as number - loss) < 1e-5 * (1 + loss));
    strictEqual(measurements.accuracy!.value, 1 - error);
  });
});

for (
  const [change, reason] of [
    [{ epocs: 3 }, /has no field "epocs"; did you mean "epochs"\?/],
    [{ epochs: 0 }, /epochs must be an integer from 1/],
    [{ model: { kind: "lennet" } }, /did you mean "lenet"\?/],
    [{ model: { file: "a.pt" } }, /a\.pt: is missing/],
    [
      { model: { flie: "a" } },
      /model has no field "flie"; did you mean "file"/,
    ],
    [{ data: {} }, /data must have either data\.name or data\.file/],
    [{ data: { name: "mnst" } }, /did you mean "mnist"\?/],
    [{ data: { file: "none.csv" } }, /none\.csv: is missing/],
    [{ data: { file: "flowers.csv", label: "knd" } }, /did you mean "kind"\?/],
    [
      { data: { file: "pictures", size: 8, test: "others" } },
      /data\.size is of a folder .*: leave data\.test out/,
    ],
    [{ data: { name: "mnist", size: 8 } }, /leave data\.name out/],
    [
      { data: { file: "pictures", shorterSide: 8 } },
      /data\.shorterSide needs data\.size beside it/,
    ],
    [{ data: { file: "none", size: 8 } }, /none: is missing/],
    [{ data: { name: "imagenet" } }, /imagenet: does not fit into memory/],
    [{ learningRate: { kind: "cosin" } }, /did you mean "cosine"\?/],
    [
      { learningRate: { kind: "constant", value: -1, to: 3 } },
      /learningRate: constant has no field "to"/,
    ],
    [{ optimizer: { kind: "admw" } }, /did you mean "adamw"\?/],
    [{ gradientWeight: { kind: "none" } }, /gradientWeight\.kind/],
    [{ loss: "hinge" }, /loss must be/],
    [{ loss: "meanSquaredError" }, /loss must be softmaxCrossEntropy/],
    [{ batchSize: 100 }, /batchSize must be at most the 10 training examples/],
    [{ clip: { norm: 0 } }, /clip\.norm must be > 0/],
    [{ microBatches: 2 }, /microBatches must divide batchSize \(5\), got 2/],
    [{ averaging: { kind: "swa" } }, /averaging/],
    [{ groups: [{ role: "bias" }] }, /has no field "role"/],
    [{ export: ["../a.keras"] }, /names in the run's folder/],
    [{ export: ["a.onnx"] }, /end in \.json, \.keras, \.safetensors/],
    [{ model: { kind: "lenet" } }, /a layer of images needs inputs/],
    [
      { model: { kind: "linearText" }, export: ["a.keras"] },
      /export must be names .* that end in \.safetensors \(for linear/,
    ],
  ] as const
) {
  Deno.test(`train refuses ${JSON.stringify(change)}`, async () => {
    await withFolder(async (folder) => {
      const path = await writeExample(folder, { ...example, ...change });
      const result = await run(
        path,
        "--out",
        join(folder, "run"),
        "--backend",
        "cpu",
        "--data",
        "",
      );
      match(result.error, reason);
      strictEqual(result.code, 2);
      const lines = result.error.trim().split("\n");
      strictEqual(lines.length, 1, result.error);
    });
  });
}

Deno.test("usage: no spec, no JSON, help", async () => {
  strictEqual((await run()).code, 2);
  match((await run()).error, /name the spec/);
  match((await run("/not/there.json")).error, /there\.json: is missing/);
  match((await run("a.json", "--backend", "gpu")).error, /a\.json: is missing/);
  match((await run("--help")).out, /Usage: deno task train SPEC\.json/);
  match((await run("--resum")).error, /did you mean --resume\?/);
});

Deno.test("the schema takes the example and refuses what the reader does", async () => {
  const { out } = await run("--schema");
  deepStrictEqual(JSON.parse(out), trainJsonSchema());
  const ajv = new Ajv2020({ strict: false });
  const validate: (spec: unknown) => boolean = ajv.compile(JSON.parse(out));
  ok(validate(example), ajv.errorsText());
  ok(!validate({ ...example, epocs: 3 }));
  ok(!validate({ ...example, optimizer: { kind: "admw" } }));
  ok(
    !validate({
      ...example,
      learningRate: { kind: "linearDecrease", steps: 3 },
    }),
  );
  ok(validate({
    ...example,
    gradientWeight: { kind: "linearDecrease", steps: { epochs: 3 } },
  }));
});
