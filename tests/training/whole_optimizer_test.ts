/** Trainings under optimizers that look at all parameters at once. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { lossgrad } from "../../lib/controllers/mod.ts";
import {
  exponentialAverage,
  momentum,
  type Optimizer,
} from "../../lib/optimizers/mod.ts";
import * as kinds from "../../lib/optimizers/whole_kinds.ts";
import { constant } from "../../lib/schedules/mod.ts";
import type { EvaluationRecord } from "../../lib/training/records.ts";
import type { TrainingOptions } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { outcomes } from "./controlled_training.ts";
import { outcome, withTraining } from "./resumed_runs.ts";

const whole: Optimizer[] = Object.values(kinds).map((factory) => factory());

const brief = (training: TrainingOptions, optimizer: Optimizer) => ({
  ...training,
  optimizer,
  epochs: 2,
  recordEvery: 1,
  evaluateEvery: 1,
});
const learningRate = constant({ value: 0.1 });

strictEqual(whole.length, 10);
for (const optimizer of whole) {
  const { kind } = optimizer.spec;

  tensorflowTest(
    `${kind}: interrupted mid-epoch, it goes on to the same bits`,
    () =>
      withFolder((folder) =>
        withTraining(async (training) => {
          const run = (directory: string, at: number) =>
            outcomes(
              brief(training, optimizer),
              [{ seed: 0, learningRate, directory }],
              (_, step) => step === at,
            );
          await run(`${folder}/whole`, -1);
          for (const at of [0, 6]) await run(`${folder}/broken`, at);
          await run(`${folder}/broken`, -1);
          deepStrictEqual(
            await outcome(`${folder}/broken`),
            await outcome(`${folder}/whole`),
          );
        })
      ),
  );

  tensorflowTest(
    `${kind}: with weights, clipping, micro-batches; side by side as alone`,
    () =>
      withTraining(async (training) => {
        const options = {
          ...brief(training, optimizer),
          clip: { norm: 1 },
          microBatches: 2,
        };
        const runs = [0, 1].map((seed) => ({
          seed,
          learningRate,
          gradientWeight: constant({ value: 0.5 }),
        }));
        const together = await outcomes(options, runs);
        for (const [i, run] of runs.entries()) {
          const [alone] = await outcomes(options, [run]);
          deepStrictEqual(together[i]!.values, alone!.values);
          deepStrictEqual(together[i]!.records, alone!.records);
          ok(alone!.values.flat().every(Number.isFinite));
        }
      }),
  );
}

tensorflowTest(
  "schedule-free learning evaluates its average beside what it trains",
  () =>
    withTraining(async (training) => {
      const [run] = await outcomes(
        brief(training, kinds.scheduleFree()),
        [{ seed: 0, learningRate }],
      );
      const evaluations = run!.records.filter((r): r is EvaluationRecord =>
        "evaluation" in (r as object)
      );
      ok(evaluations.length === 3);
      ok(evaluations.slice(1).every(({ averaged }) => averaged?.test));
    }),
);

tensorflowTest(
  "what does not go with such an optimizer is refused",
  () =>
    withTraining(async (training) => {
      const options = brief(training, kinds.scheduleFree());
      const refused = (
        more: Partial<TrainingOptions>,
        run: object,
        message: RegExp,
      ) =>
        rejects(
          outcomes({ ...options, ...more }, [{
            seed: 0,
            learningRate,
            ...run,
          }]),
          {
            name: "TypeError",
            message,
          },
        );
      await refused(
        { groups: [{ roles: ["bias"] }] },
        {},
        /^groups are for optimizers/,
      );
      await refused(
        { averaging: exponentialAverage({ decay: 0.9 }) },
        {},
        /^scheduleFree averages weights itself/,
      );
      await refused(
        {},
        { controller: lossgrad() },
        /scheduleFree does so itself/,
      );
      strictEqual(momentum().whole, undefined);
    }),
);
