import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { noisyPlane } from "../../lib/datasets/mod.ts";
import { display, isDisplayed } from "../../lib/figures/displayed.ts";
import { notebookDisplay } from "../../lib/notebook/live_display.ts";
import { watch, watchTogether } from "../../lib/notebook/watch.ts";
import { sgd } from "../../lib/optimizers/sgd.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { loadRun } from "../../lib/training/load_run.ts";
import { stringifyRecord } from "../../lib/training/records.ts";
import { regression } from "../../lib/training/objective.ts";
import { train } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import {
  finish,
  smallData,
  smallRun,
  smallTraining,
} from "../training/small_training.ts";
import { trainTogether } from "../../lib/training/train.ts";
import { fakeJupyter, slowDisplay } from "./fake_jupyter.ts";

const silent = { display: "none" } as const;

/** Runs a test with data on the device, and finds what it left there. */
async function withData(
  test: (data: ReturnType<typeof smallData>) => Promise<void>,
): Promise<void> {
  const before = tf.memory().numTensors;
  const data = smallData();
  await test(data);
  data.dispose();
  strictEqual(tf.memory().numTensors, before);
}

/** Presses Stop, as the Slope kernel tells it, once a run has so many records. */
async function withStop(
  seen: () => number,
  after: number,
  work: () => Promise<void>,
): Promise<void> {
  const scope = globalThis as { slopeKernel?: unknown };
  scope.slopeKernel = {
    signal: new AbortController().signal, // never gets its turn
    stopRequested: () => seen() >= after,
  };
  try {
    await work();
  } finally {
    delete scope.slopeKernel;
  }
}

tensorflowTest(
  "watch() gives the records of train(), and leaves no tensor",
  () =>
    withData(async (data) => {
      const training = trainTogether(smallTraining(data), [smallRun(3)]);
      const { records, results } = await finish(training);
      const run = await watch(
        { ...smallTraining(data), ...smallRun(3) },
        silent,
      );
      deepStrictEqual(run.records, records.map(({ record }) => record));
      strictEqual(run.status, "done");
      strictEqual(run.steps, 60);
      const { parameters } = results[0]!;
      deepStrictEqual(
        Object.values(run.parameters).map(({ values }) => [...values]),
        parameters.map((tensor) => [...tensor.dataSync()]),
      );
      tf.dispose(parameters);
    }),
);

tensorflowTest(
  "watch() shows one output, which becomes the run's own figure",
  () =>
    withData(async (data) => {
      const { notebook, shown } = fakeJupyter();
      const run = await watch({ ...smallTraining(data), ...smallRun(3) }, {
        display: slowDisplay(notebook),
      });
      strictEqual(new Set(shown.map(({ id }) => id)).size, 1);
      ok(shown.length > 3);
      ok(isDisplayed(run));
      deepStrictEqual(
        shown.at(-1)!.bundle,
        JSON.parse(JSON.stringify(await run[display]())),
      );
      const texts = shown.map(({ bundle }) => String(bundle["text/plain"]));
      ok(texts[0]!.startsWith("small on small: 0 %\n"));
      const live = /^small on small: \d+ %, \d:\d\d left, loss \d/;
      ok(texts.some((text) => live.test(text)), texts.join());
    }),
);

tensorflowTest(
  "Stop ends watch() with its records, and the same call goes on",
  () =>
    withData((data) =>
      withFolder(async (folder) => {
        const whole = await watch(
          { ...smallTraining(data), ...smallRun(3) },
          silent,
        );
        const options = {
          ...smallTraining(data),
          ...smallRun(3, join(folder, "run")),
        };
        const { notebook, shown } = fakeJupyter();
        const live = { display: slowDisplay(notebook) };
        await withStop(() => shown.length, 10, async () => {
          const run = await watch(options, live);
          strictEqual(run.status, "stopped");
          ok(run.steps > 0 && run.steps < 60);
          deepStrictEqual(
            run.records,
            whole.records.filter(({ step }) => step < run.steps),
          );
          const text = String(shown.at(-1)!.bundle["text/plain"]);
          ok(
            text.startsWith(
              `small on small: stopped at step ${run.steps} of 60\n`,
            ),
            text,
          );
          deepStrictEqual(
            await loadRun(join(folder, "run")),
            { ...run },
          );
        });
        // A kill can leave records of steps that are done again.
        const again = { ...whole.records.at(-1)!, step: 60 };
        await Deno.writeTextFile(
          join(folder, "run", "records.jsonl"),
          stringifyRecord(again) + "\n",
          { append: true },
        );
        const resumed = await watch(options, silent);
        const { directory: _, ...rest } = resumed;
        deepStrictEqual(rest, { ...whole });
        // A run that has ended is shown again as it is.
        deepStrictEqual({ ...await watch(options, silent) }, { ...resumed });
        deepStrictEqual(await loadRun(join(folder, "run")), { ...resumed });
      })
    ),
);

tensorflowTest(
  "a caller's signal ends watch(), too",
  () =>
    withData(async (data) => {
      const run = await watch({ ...smallTraining(data), ...smallRun(3) }, {
        ...silent,
        signal: AbortSignal.abort(),
      });
      strictEqual(run.status, "stopped");
      strictEqual(run.steps, 0);
      deepStrictEqual(run.records, []);
      ok(isDisplayed(run));
      await run[display](); // even without a record
    }),
);

tensorflowTest(
  "watchTogether() gives each run its records; the list shows itself",
  () =>
    withData(async (data) => {
      const runs = await watchTogether(
        smallTraining(data),
        [smallRun(1), smallRun(2)],
        silent,
      );
      for (const [i, seed] of [1, 2].entries()) {
        const alone = await watch(
          { ...smallTraining(data), ...smallRun(seed) },
          silent,
        );
        deepStrictEqual(runs[i], { ...alone });
      }
      ok(isDisplayed(runs));
      const bundle = await runs[display]() as { "text/plain": string };
      ok(bundle["text/plain"].startsWith("small on small: 2 runs\n"));
    }),
);

tensorflowTest("watch() takes a data set, and frees it", async () => {
  const before = tf.memory().numTensors;
  const data = noisyPlane({ train: 40, test: 20 });
  const objective = regression(mlp({ inputShape: data.shape, outputs: 1 }));
  const options = {
    objective,
    data,
    optimizer: sgd(),
    batchSize: 10,
    epochs: 2,
  };
  const learningRate = constant({ value: 0.01 });
  const run = await watch({ ...options, learningRate, seed: 0 }, silent);
  strictEqual(run.settings.data, "noisy-plane 40/20 (generated)");
  const evaluation = run.records.find((record) => "evaluation" in record);
  deepStrictEqual(Object.keys(evaluation!.evaluation), ["test"]);
  strictEqual(tf.memory().numTensors, before);
});

tensorflowTest("watch() shows a run that diverges", async () => {
  const data = noisyPlane({ train: 40, test: 20 });
  const objective = regression(mlp({ inputShape: data.shape, outputs: 1 }));
  const options = {
    objective,
    data,
    optimizer: sgd(),
    batchSize: 10,
    epochs: 50,
  };
  const learningRate = constant({ value: 1e4 });
  const run = await watch({ ...options, learningRate, seed: 0 }, silent);
  strictEqual(run.status, "diverged");
  ok(isDisplayed(run));
  const bundle = await run[display]() as { "text/plain": string };
  ok(/diverged at step \d+ of 200\n/.test(bundle["text/plain"]));
});

tensorflowTest(
  "watch() refuses what train() refuses, before anything is shown",
  () =>
    withData(async (data) => {
      const { notebook, shown } = fakeJupyter();
      const options = { ...smallTraining(data), ...smallRun(0), epochs: 0 };
      await rejects(
        watch(options, { display: notebookDisplay(notebook) }),
        /epochs must be an integer ≥ 1, got 0/,
      );
      strictEqual(shown.length, 0);
      await rejects(
        (async () => {
          for await (const _ of train({ ...options, data }));
        })(),
        /epochs must be an integer ≥ 1, got 0/,
      );
    }),
);

Deno.test("loadRun() refuses a folder without a run", () =>
  withFolder(async (folder) => {
    await rejects(loadRun(folder), {
      name: "RangeError",
      message: /holds no run: name the folder that was given to the training/,
    });
  }));
