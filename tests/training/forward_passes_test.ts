import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { armijo, lossgrad } from "../../lib/controllers/mod.ts";
import { sgd } from "../../lib/optimizers/mod.ts";
import { trainTogether } from "../../lib/training/train.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { withFolder } from "../support/with_folder.ts";
import {
  finish,
  smallData,
  smallRun,
  smallTraining,
} from "./small_training.ts";

/** The evaluations of a run. */
function evaluations({ records }: Awaited<ReturnType<typeof finish>>, of = 0) {
  return records.flatMap(({ run, record }) =>
    run === of && "evaluation" in record ? [record] : []
  );
}

Deno.test("a run ends after the first step that reaches its budget, evaluated", async () => {
  await initialize();
  const data = smallData();
  const training = smallTraining(data);
  // Steps of three passes; five an epoch, an evaluation every second epoch.
  const ended = await finish(
    trainTogether({ ...training, forwardPasses: 50 }, [smallRun(0)]),
  );
  const [result] = ended.results;
  deepStrictEqual([result!.status, result!.steps, result!.cost], [
    "done",
    17,
    51,
  ]);
  deepStrictEqual(
    evaluations(ended).map(({ step, cost }) => [step, cost]),
    [[0, 0], [10, 30], [17, 51]],
  );
  const whole = await finish(trainTogether(training, [smallRun(0)]));
  const upTo = (records: typeof whole.records) =>
    records.flatMap(({ record }) =>
      "loss" in record && record.step < 16 ? [record] : []
    );
  deepStrictEqual(upTo(ended.records), upTo(whole.records));
  ok(evaluations(whole).every(({ cost }) => cost === undefined));
  for (const { results } of [ended, whole]) {
    results.forEach(({ parameters }) => tf.dispose(parameters));
  }
  data.dispose();
});

Deno.test("runs whose steps cost different amounts end at the same budget, each within a step", async () => {
  await initialize();
  const data = smallData();
  const { results, records } = await finish(trainTogether(
    { ...smallTraining(data), optimizer: sgd(), forwardPasses: 70 },
    [
      { seed: 0, controller: lossgrad() },
      { seed: 0, controller: armijo({ initial: 100, maximum: 1e3 }) },
    ],
  ));
  strictEqual(results[0]!.cost, 72);
  strictEqual(results[0]!.steps, 18);
  ok(results[1]!.steps < 18, `${results[1]!.steps}`);
  results.forEach(({ cost, steps, parameters }, run) => {
    const costs = records.flatMap((one) =>
      one.run === run && "loss" in one.record ? [one.record.cost] : []
    );
    ok(cost >= 70 && costs.filter((c) => c < 70).length <= steps);
    strictEqual(evaluations({ records, results }, run).at(-1)?.cost, cost);
    tf.dispose(parameters);
  });
  data.dispose();
});

Deno.test("a run with a budget resumes to the same records", () =>
  withFolder(async (folder) => {
    await initialize();
    const data = smallData();
    const training = { ...smallTraining(data), forwardPasses: 80 };
    const run = (name: string) => [smallRun(1, `${folder}/${name}`)];
    const whole = await finish(trainTogether(training, run("whole")));
    const control = new AbortController();
    const cut = await finish(
      trainTogether(training, run("cut"), { signal: control.signal }),
      ({ record }) => record.step >= 12 && control.abort(),
    );
    strictEqual(cut.results[0]!.status, "stopped");
    const rest = await finish(trainTogether(training, run("cut")));
    strictEqual(rest.results[0]!.cost, 81);
    const lines = (name: string) =>
      Deno.readTextFileSync(`${folder}/${name}/records.jsonl`);
    strictEqual(lines("cut"), lines("whole"));
    for (const { results } of [whole, cut, rest]) {
      results.forEach(({ parameters }) => tf.dispose(parameters));
    }
    data.dispose();
  }));

Deno.test("a budget that is not positive is refused", async () => {
  await initialize();
  const data = smallData();
  await rejects(
    finish(
      trainTogether({ ...smallTraining(data), forwardPasses: 0 }, [
        smallRun(0),
      ]),
    ),
    { name: "RangeError", message: "forwardPasses must be > 0, got 0" },
  );
  data.dispose();
});
