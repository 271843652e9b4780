/** What happens when a loss is not a finite number. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { sgd } from "../../lib/optimizers/sgd.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { join } from "../../lib/schedules/join.ts";
import type { Schedule } from "../../lib/schedules/schedule.ts";
import { regression } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import type { RunRecord } from "../../lib/training/records.ts";
import {
  type DivergencePolicy,
  trainTogether,
} from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { finish } from "./small_training.ts";

const split = {
  count: 4,
  inputs: Float32Array.of(-2, -1, 1, 2),
  labels: Float32Array.of(-1, -0.5, 0.5, 1),
};

/** Least squares on a line, at two learning rates side by side. */
async function runs(
  divergence: DivergencePolicy,
  rates: Schedule[],
  directories: (string | undefined)[] = [],
) {
  const before = tf.memory().numTensors;
  const data = residentData({
    name: "line",
    shape: [1],
    train: split,
    evaluation: { train: split },
  });
  const { records, results } = await finish(trainTogether(
    {
      objective: regression(mlp({ inputShape: [1], outputs: 1 })),
      data,
      optimizer: sgd(),
      batchSize: 2,
      epochs: 30,
      recordEvery: 50,
      divergence,
    },
    rates.map((learningRate, i) => {
      const directory = directories[i];
      return {
        seed: 1,
        learningRate,
        ...directory === undefined ? {} : { directory },
      };
    }),
  ));
  const values = results.map(({ parameters }) =>
    parameters.flatMap((p) => [...p.dataSync()])
  );
  tf.dispose(results.map(({ parameters }) => parameters));
  data.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  return {
    statuses: results.map(({ status }) => status),
    costs: results.map(({ cost }) => cost),
    values,
    of: (run: number): RunRecord[] =>
      records.filter((r) => r.run === run).map(({ record }) => record),
  };
}

const good = constant({ value: 0.1 });
const bad = constant({ value: 1e30 });
const events = (records: RunRecord[]) => records.filter((r) => "event" in r);

tensorflowTest(
  "stop: the run ends before the step, the others go on",
  async () => {
    const alone = await runs("stop", [good]);
    const both = await runs("stop", [bad, good]);
    deepStrictEqual(both.statuses, ["diverged", "done"]);
    deepStrictEqual(both.of(1), alone.of(0));
    const records = both.of(0);
    const [event] = events(records);
    ok(event && event.step > 0 && event.step < 10);
    strictEqual(event, records.at(-1));
    deepStrictEqual(event, {
      step: event.step,
      epoch: event.step / 2,
      event: "diverged",
      detail: "the loss is not a finite number",
    });
    const last = records.at(-2)!;
    ok(
      "loss" in last && last.step === event.step && !Number.isFinite(last.loss),
    );
    strictEqual(both.costs[0], 3 * (event.step + 1));
    ok(
      both.values[0]!.every(Number.isFinite),
      "kept the state before the step",
    );
  },
);

tensorflowTest(
  "stop: a run that diverged stays so when called again",
  () =>
    withFolder(async (folder) => {
      const paths = [`${folder}/0`, `${folder}/1`];
      const first = await runs("stop", [bad, good], paths);
      const records = await Deno.readTextFile(`${folder}/0/records.jsonl`);
      strictEqual(records.trim().split("\n").length, first.of(0).length);
      const again = await runs("stop", [bad, good], paths);
      deepStrictEqual(again.statuses, ["diverged", "done"]);
      deepStrictEqual(again.of(0), []);
      deepStrictEqual(again.values, first.values);
      deepStrictEqual(again.costs, first.costs);
    }),
);

tensorflowTest(
  "reject-step: the state stays, and training goes on",
  async () => {
    // Two steps in the middle explode: the loss is fine, the update is not.
    const spike = join({
      pieces: [
        { schedule: good, steps: 20 },
        { schedule: constant({ value: 1e38 }), steps: 2 },
        { schedule: good },
      ],
    });
    const { statuses, of, values } = await runs("reject-step", [spike]);
    deepStrictEqual(statuses, ["done"]);
    deepStrictEqual(
      events(of(0)).map((record) =>
        "event" in record && [record.step, record.event]
      ),
      [[20, "rejected step"], [21, "rejected step"]],
    );
    ok(Math.abs(values[0]![0]! - 0.5) < 0.01, `slope ${values[0]}`);
  },
);

tensorflowTest(
  "continue: it goes on, and says so at each such step",
  async () => {
    const { statuses, of, values } = await runs("continue", [bad]);
    deepStrictEqual(statuses, ["done"]);
    const records = of(0);
    const continued = events(records);
    ok(
      continued.length > 40 &&
        continued.every((r) => "event" in r && r.event === "continued"),
    );
    ok(values[0]!.every(Number.isNaN));
    const last = records.at(-1)!;
    ok("evaluation" in last && Number.isNaN(last.evaluation.train!.loss));
  },
);
