/** Runs that are interrupted and resumed. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { type RunResult, trainTogether } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { newestTensors } from "./newest_tensors.ts";
import { finish, smallRun } from "./small_training.ts";

import {
  description,
  disposeResults,
  outcome,
  run,
  snapshot,
  withTraining,
} from "./resumed_runs.ts";

tensorflowTest(
  "an aborted run goes on to the same records",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const [whole, broken] = [`${folder}/whole`, `${folder}/broken`];
        deepStrictEqual(await run(training, { 0: whole }), ["done"]);
        for (const at of [0, 9, 30, 33]) { // 30: an evaluation
          const statuses = await run(
            training,
            { 0: broken },
            (_, step) => step === at,
          );
          deepStrictEqual(statuses, ["stopped"]);
          strictEqual((await description(broken)).status, "stopped");
        }
        deepStrictEqual(await run(training, { 0: broken }), ["done"]);
        deepStrictEqual(await outcome(broken), await outcome(whole));
      })
    ),
);

tensorflowTest(
  "aborted before it begins, a run can be resumed",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const { records, results } = await finish(
          trainTogether(training, [smallRun(0, folder)], {
            signal: AbortSignal.abort(),
          }),
        );
        disposeResults(results);
        deepStrictEqual(records, []);
        deepStrictEqual(await run(training, { 0: folder }), ["done"]);
      })
    ),
);

tensorflowTest(
  "a loop that is left early frees everything and can be resumed",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const [whole, broken] = [`${folder}/whole`, `${folder}/broken`];
        await run(training, { 0: whole });
        for await (
          const { record } of trainTogether(training, [smallRun(0, broken)])
        ) {
          if (record.step === 21) break;
        }
        strictEqual((await description(broken)).status, "running");
        deepStrictEqual(await run(training, { 0: broken }), ["done"]);
        deepStrictEqual(await outcome(broken), await outcome(whole));
      })
    ),
);

tensorflowTest(
  "runs of a group that are behind catch up with the others",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        const path = (name: string, seed: number) =>
          `${folder}/${name}-${seed}`;
        for (const seed of [0, 1, 2]) {
          await run(training, { [seed]: path("alone", seed) });
        }
        // One is done, one at step 41, one not begun.
        await run(training, { 0: path("group", 0) });
        await run(training, { 1: path("group", 1) }, (_, step) => step === 39);
        const done = await snapshot(path("group", 0));
        const seeds = [0, 1, 2];
        const statuses = await run(
          training,
          Object.fromEntries(seeds.map((seed) => [seed, path("group", seed)])),
        );
        deepStrictEqual(statuses, ["done", "done", "done"]);
        deepStrictEqual(await snapshot(path("group", 0)), done);
        for (const seed of seeds) {
          deepStrictEqual(
            await outcome(path("group", seed)),
            await outcome(path("alone", seed)),
          );
        }
      })
    ),
);

tensorflowTest(
  "a run that is done is not trained again",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        await run(training, { 0: folder });
        const before = await snapshot(folder);
        const { records, results } = await finish(
          trainTogether(training, [smallRun(0, folder)]),
        );
        deepStrictEqual(records, []);
        const [{ parameters, status, steps, cost }] = results as [RunResult];
        strictEqual(status, "done");
        strictEqual(cost, 180);
        const tensors = await newestTensors(folder);
        training.objective.parameters.forEach(({ name }, i) =>
          deepStrictEqual(parameters[i]!.dataSync(), tensors[name]!.values)
        );
        disposeResults(results);
        deepStrictEqual(await snapshot(folder), before);

        await Deno.remove(`${folder}/checkpoints`, { recursive: true });
        const again = await finish(
          trainTogether(training, [smallRun(0, folder)]),
        );
        deepStrictEqual(again.results, [{
          status,
          steps,
          parameters: [],
          cost,
        }]);
        deepStrictEqual(
          await Deno.readFile(`${folder}/records.jsonl`),
          before["records.jsonl"],
        );
      })
    ),
);

tensorflowTest(
  "the cost of a run adds up over its sessions",
  () =>
    withFolder((folder) =>
      withTraining(async (training) => {
        await run(training, { 0: folder }, (_, step) => step === 30);
        const first = (await description(folder)).cost;
        deepStrictEqual([first.steps, first.forwardPasses], [31, 93]);
        ok(first.seconds > 0);
        await run(training, { 0: folder });
        const second = (await description(folder)).cost;
        deepStrictEqual([second.steps, second.forwardPasses], [60, 180]);
        ok(second.seconds > first.seconds);
        const times = (await Deno.readTextFile(`${folder}/times.jsonl`)).trim()
          .split("\n").map((line) => JSON.parse(line).seconds);
        deepStrictEqual(times, times.toSorted((a, b) => a - b));
      })
    ),
);
