/** Clipping, micro-batches, groups, averages and options by schedule in training. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  adam,
  exponentialAverage,
  lamb,
  momentum,
  nadam,
  sgd,
  stochasticWeightAverage,
} from "../../lib/optimizers/mod.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { linear } from "../../lib/schedules/linear.ts";
import {
  type RunOptions,
  train,
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import type { RunRecord } from "../../lib/training/records.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { assertClose } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { newestTensors } from "./newest_tensors.ts";
import {
  finish,
  smallData,
  smallNetwork,
  smallRun,
  smallTraining,
} from "./small_training.ts";

/** Each extra, as it is used. */
const extras: Record<string, Partial<TrainingOptions>> = {
  "clipping": { clip: { value: 0.5, norm: 1 } },
  "micro-batches": { microBatches: 5 },
  "groups": {
    groups: [
      { names: "output/*", rateFactor: 0.1 },
      { roles: ["bias", "scale", "offset"], decayFactor: 0 },
    ],
  },
  "an exponential average": {
    averaging: exponentialAverage({ decay: 0.9, statistics: "recalibrate" }),
  },
  "a stochastic weight average": {
    averaging: stochasticWeightAverage({ from: 20, every: 7 }),
  },
  "options by schedule": {
    optimizer: momentum({
      momentum: linear({ from: 0.5, to: 0.9, steps: 60 }),
      weightDecay: linear({ from: 0.01, to: 0, steps: 40 }),
    }),
  },
  "a scalar slot": { optimizer: nadam({ beta1: 0.8 }) },
  "all of it": {
    clip: { norm: 0.5 },
    microBatches: 2,
    groups: [{ names: "*kernel", decayFactor: 2 }],
    averaging: exponentialAverage(),
    optimizer: lamb({ weightDecay: linear({ from: 0.1, to: 0, steps: 60 }) }),
  },
};

/** Trains; returns records and final values, and disposes everything. */
async function trained(
  options: Partial<TrainingOptions>,
  run: RunOptions,
  control: { until?: number } = {},
): Promise<{ records: RunRecord[]; values: number[][]; averaged: number[][] }> {
  const before = tf.memory().numTensors;
  const data = smallData();
  const stop = new AbortController();
  const training = train({ ...smallTraining(data), ...options, ...run }, {
    signal: stop.signal,
  });
  const records: RunRecord[] = [];
  let next = await training.next().catch((error) => {
    data.dispose();
    throw error;
  });
  for (; !next.done; next = await training.next()) {
    records.push(next.value);
    if (next.value.step === control.until) stop.abort();
  }
  const { parameters, averaged = [] } = next.value;
  const numbers = (tensors: tf.Tensor[]) =>
    tensors.map((t) => [...t.dataSync()]);
  const result = {
    records,
    values: numbers(parameters),
    averaged: numbers(averaged),
  };
  tf.dispose([parameters, averaged]);
  data.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  return result;
}

for (const [name, options] of Object.entries(extras)) {
  tensorflowTest(
    `with ${name}, an aborted run goes on to the same bits`,
    () =>
      withFolder(async (folder) => {
        const [whole, broken] = [`${folder}/whole`, `${folder}/broken`];
        const one = await trained(options, smallRun(0, whole));
        for (const until of [9, 24, 30, 42]) {
          await trained(options, smallRun(0, broken), { until });
        }
        const other = await trained(options, smallRun(0, broken));
        deepStrictEqual(other.values, one.values);
        deepStrictEqual(other.averaged, one.averaged);
        strictEqual(one.averaged.length > 0, options.averaging !== undefined);
        const records = (path: string) =>
          Deno.readTextFile(`${path}/records.jsonl`);
        strictEqual(await records(broken), await records(whole));
        deepStrictEqual(
          await newestTensors(broken),
          await newestTensors(whole),
        );
        // A run that is done is read, not trained.
        const again = await trained(options, smallRun(0, broken));
        deepStrictEqual(again, { ...one, records: [] });
      }),
  );

  tensorflowTest(`with ${name}, runs together are runs alone`, async () => {
    const data = smallData();
    const { records, results } = await finish(
      trainTogether({ ...smallTraining(data), ...options, epochs: 5 }, [
        smallRun(0),
        smallRun(1),
      ]),
    );
    for (const seed of [0, 1]) {
      const alone = await trained({ ...options, epochs: 5 }, smallRun(seed));
      deepStrictEqual(
        records.filter(({ run }) => run === seed).map(({ record }) => record),
        alone.records,
      );
      const { parameters, averaged = [] } = results[seed]!;
      deepStrictEqual(
        [...parameters, ...averaged].map((t) => [...t.dataSync()]),
        [...alone.values, ...alone.averaged],
      );
      tf.dispose([parameters, averaged]);
    }
    data.dispose();
  });
}

tensorflowTest("an extra that does nothing changes no bit", async () => {
  const plain = await trained({}, smallRun(0));
  const idle: Record<string, Partial<TrainingOptions>> = {
    "wide limits": { clip: { value: 1e9 } },
    "one part": { microBatches: 1 },
    "factors of 1": { groups: [{ roles: ["bias"], rateFactor: 1 }] },
    "an average beside": { averaging: exponentialAverage() },
  };
  for (const [name, options] of Object.entries(idle)) {
    const { records, values } = await trained(options, smallRun(0));
    deepStrictEqual(values, plain.values, name);
    const withoutAverages = records.map((record) => {
      const { averaged: _, ...rest } = record as { averaged?: unknown };
      return rest;
    });
    deepStrictEqual(withoutAverages, plain.records, name);
  }
});

tensorflowTest(
  "an extra is part of the settings only where it is used",
  () =>
    withFolder(async (folder) => {
      const settings = async (path: string) =>
        JSON.parse(await Deno.readTextFile(`${path}/run.json`)).settings;
      await trained({ epochs: 1 }, smallRun(0, `${folder}/plain`));
      await trained(
        { ...extras["all of it"], epochs: 1 },
        smallRun(0, `${folder}/all`),
      );
      const plain = await settings(`${folder}/plain`);
      const all = await settings(`${folder}/all`);
      const names = ["microBatches", "clip", "groups", "averaging"];
      deepStrictEqual(names.filter((name) => name in plain), []);
      deepStrictEqual(names.filter((name) => name in all), names);
      strictEqual(all.averaging.kind, "exponentialAverage");
      strictEqual(all.optimizer.weightDecay.kind, "linear");
      await rejects(
        trained(
          { ...extras["all of it"], epochs: 1, clip: { norm: 2 } },
          smallRun(0, `${folder}/all`),
        ),
        /holds another run \(clip is \{"norm":0.5\} there and \{"norm":2\} here\)/,
      );
    }),
);

tensorflowTest("a record holds the options that schedules decide", async () => {
  const { records } = await trained(
    extras["options by schedule"]!,
    smallRun(0),
  );
  const at30 = records.find((r) => "loss" in r && r.step === 30);
  deepStrictEqual((at30 as { hyperparameters?: object }).hyperparameters, {
    momentum: linear({ from: 0.5, to: 0.9, steps: 60 })(30),
    weightDecay: 0.0025,
  });
});

tensorflowTest("an update is as long as clipping lets it be", async () => {
  const norm = 0.01;
  const { records } = await trained(
    { optimizer: sgd(), clip: { norm }, recordEvery: 1 },
    {
      seed: 0,
      learningRate: constant({ value: 0.5 }),
      gradientWeight: constant({ value: 4 }),
    },
  );
  const steps = records.filter((r) => "loss" in r);
  // The weight is in the gradient that is clipped; what is recorded is not.
  ok(steps.every((r) => r.gradientNorm! > norm));
  const { values: initial } = await trained(
    { optimizer: sgd(), epochs: 1 },
    { seed: 0, learningRate: constant({ value: 0 }) },
  );
  const length = Math.hypot(
    ...smallNetwork().parameters.flatMap(({ role }, i) =>
      role === "statistic" ? [] : initial[i]!
    ),
  );
  const { updateRatio } = steps[0]!;
  ok(Math.abs(updateRatio! * length / (0.5 * norm) - 1) < 1e-4);
});

tensorflowTest(
  "steps are counted from 1: Adam's first is of length η",
  async () => {
    const { records } = await trained(
      { optimizer: adam({ epsilon: 1e-12 }), epochs: 1, recordEvery: 1 },
      { seed: 0, learningRate: constant({ value: 0.5 }) },
    );
    const { values: initial } = await trained({ epochs: 1 }, {
      seed: 0,
      learningRate: constant({ value: 0 }),
    });
    const values = smallNetwork().parameters.flatMap(({ role }, i) =>
      role === "statistic" ? [] : initial[i]!
    );
    const [first] = records.filter((r) => "loss" in r);
    const length = first!.updateRatio! * Math.hypot(...values);
    const moved = (length / 0.5) ** 2;
    // Some gradients are 0: dropout took what they go through.
    ok(moved > 0.8 * values.length, `${moved} of ${values.length}`);
    ok(Math.abs(moved - Math.round(moved)) < 0.02, `${moved}`);
  },
);

tensorflowTest("a group with a rate of 0 stays as it is", async () => {
  const options = { epochs: 2, groups: [{ names: "output/*", rateFactor: 0 }] };
  const { values } = await trained(options, smallRun(0));
  const { values: initial } = await trained({ epochs: 1 }, {
    seed: 0,
    learningRate: constant({ value: 0 }),
  });
  const output = values.length - 2;
  deepStrictEqual(values.slice(output), initial.slice(output));
  ok(values[0]!.some((x, i) => x !== initial[0]![i]));
});

tensorflowTest("options of extras are refused by name", async () => {
  const refused = (options: object, message: RegExp) =>
    rejects(trained(options, smallRun(0)), message);
  await refused({ microBatches: 3 }, /^RangeError: microBatches must divide/);
  await refused({ microBatches: 0 }, /^RangeError: microBatches must be an/);
  await refused(
    { clip: { norm: 0 } },
    /^RangeError: clip.norm must be > 0, got 0/,
  );
  await refused(
    { clip: { nrom: 1 } },
    /^TypeError: clip: clip has no field "nrom"; did you mean "norm"\?/,
  );
  await refused(
    { groups: [{ names: "outptu/kernel" }] },
    /^RangeError: groups\[0\] has no parameter.*did you mean "output\/kernel"\?/,
  );
  await refused(
    { groups: [{ rateFactor: -1 }] },
    /^RangeError: groups\[0\].rateFactor must be ≥ 0, got -1/,
  );
});

tensorflowTest("the wasm backend does the same, nearly", async () => {
  const options: Partial<TrainingOptions> = {
    ...extras["all of it"],
    optimizer: nadam(),
    averaging: stochasticWeightAverage({ from: 3, every: 2 }),
    epochs: 2,
  };
  const values: Record<string, number[]> = {};
  for (const backend of ["tensorflow", "wasm"] as const) {
    await initialize({ backend });
    const { averaged } = await trained(options, smallRun(0));
    values[backend] = averaged.flat();
  }
  assertClose(values.wasm!, values.tensorflow!, 1e-3);
});
