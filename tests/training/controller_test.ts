/** Trainings whose step sizes controllers choose. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  armijo,
  hypergradient,
  lossgrad,
  pal,
  polyak,
  reduceOnPlateau,
} from "../../lib/controllers/mod.ts";
import {
  adam,
  exponentialAverage,
  momentum,
  sgd,
} from "../../lib/optimizers/mod.ts";
import { constant, linear } from "../../lib/schedules/mod.ts";
import type { TrainingOptions } from "../../lib/training/train.ts";
import { controllers } from "../controllers/arbitrary.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { outcomeOf, outcomes } from "./controlled_training.ts";
import { withTraining } from "./resumed_runs.ts";

/** Ten steps, each with a record. */
const brief = { epochs: 2, recordEvery: 1, optimizer: sgd() };

/** Does something with ten steps of the small training. */
const withBrief = (work: (training: TrainingOptions) => Promise<void>) =>
  withTraining((training) => work({ ...training, ...brief }));

tensorflowTest(
  "every controller trains, writes what it does, and leaves no tensor",
  () =>
    withBrief(async (training) => {
      const validation = training.data.train;
      const data = { ...training.data, evaluation: { validation } };
      for (const controller of controllers) {
        const { status, stepRecords, cost } = await outcomeOf(
          { ...training, data },
          controller,
        );
        strictEqual(status, "done", controller.spec.kind);
        strictEqual(stepRecords.length, 10);
        strictEqual(cost, stepRecords.at(-1)!.cost);
        ok(cost >= 30);
        for (
          const { loss, learningRate, slope, predictedDecrease } of stepRecords
        ) {
          ok(Number.isFinite(loss) && Number.isFinite(learningRate));
          ok(slope! <= 0);
          ok(
            Math.abs(predictedDecrease! + slope! * learningRate) <=
              1e-6 * Math.abs(predictedDecrease!),
          );
        }
      }
    }),
);

tensorflowTest(
  "a step of LOSSGRAD is a step of gradient descent: same values, statistics once",
  () =>
    withBrief(async (training) => {
      const one = { ...training, epochs: 1, batchSize: 50 }; // a single step
      const [plain] = await outcomes(one, [
        { seed: 0, learningRate: constant({ value: 0.03 }) },
      ]);
      for (const precision of ["float32", "float64"] as const) {
        const controller = lossgrad({ initial: 0.03, precision });
        const { values, stepRecords } = await outcomeOf(one, controller);
        values.forEach((tensor, i) =>
          tensor.forEach((x, j) =>
            ok(Math.abs(x - plain!.values[i]![j]!) < 1e-6)
          )
        );
        strictEqual(stepRecords[0]!.cost, 4);
        ok(Math.abs(stepRecords[0]!.loss - plain!.stepRecords[0]!.loss) < 1e-6);
      }
    }),
);

tensorflowTest(
  "all looks of a step see the same batch and the same mask",
  () =>
    withBrief(async (training) => {
      // At η = 0 the loss is f(0), dropout or not; a second look gives the same bits.
      const seen: number[][] = [];
      const spy = lossgrad({ initial: 0.02 });
      const looking = {
        ...spy,
        next(...[line, context, state]: Parameters<typeof spy.next>) {
          // The first is of one call with the gradient, the others are of their own.
          const [trial, near] = [line.at(0.02), line.at(0.02 * (1 + 2 ** -40))];
          seen.push([line.value, line.at(-0), line.at(1e-30), trial, near]);
          return { ...spy.next(line, context, state), state };
        },
      };
      await outcomeOf(training, looking);
      strictEqual(seen.length, 10);
      for (const [value, zero, tiny, trial, near] of seen) {
        strictEqual(value, zero);
        ok(Math.abs(tiny! - value!) < 1e-6);
        ok(Math.abs(trial! - near!) < 1e-6);
        ok(trial !== value);
      }
    }),
);

tensorflowTest(
  "runs side by side make the records of runs alone",
  () =>
    withBrief(async (training) => {
      const runs = [
        lossgrad({ initial: 1e-3 }),
        lossgrad({ initial: 0.1 }),
        pal(),
        armijo(),
      ]
        .map((controller, seed) => ({ seed, controller }));
      const together = await outcomes(training, runs);
      for (const [i, run] of runs.entries()) {
        const [alone] = await outcomes(training, [run]);
        deepStrictEqual(together[i]!.records, alone!.records);
        deepStrictEqual(together[i]!.values, alone!.values);
      }
    }),
);

tensorflowTest(
  "controllers go with momentum, Adam, schedules, weights, clipping, averages",
  () =>
    withBrief(async (training) => {
      const steps = 10;
      for (
        const optimizer of [
          momentum({ momentum: 0.9, weightDecay: 1e-3 }),
          adam(),
          adam({ weightDecay: 0.01, decay: "decoupled" }),
        ]
      ) {
        for (
          const controller of [
            lossgrad({ initial: 1e-3 }),
            hypergradient(),
            armijo({ maximum: 0.1 }),
          ]
        ) {
          const { status, stepRecords } = await outcomeOf(
            {
              ...training,
              optimizer,
              clip: { norm: 1 },
              averaging: exponentialAverage({ decay: 0.9 }),
              groups: [{ roles: ["bias"], rateFactor: 0.5 }],
            },
            controller,
            {
              learningRate: linear({ from: 1, to: 0.5, steps }),
              gradientWeight: linear({ from: 2, to: 1, steps }),
            },
          );
          strictEqual(status, "done");
          ok(stepRecords.every(({ slope }) => slope! <= 0));
          strictEqual(stepRecords[0]!.gradientWeight, 2);
        }
      }
    }),
);

tensorflowTest(
  "a schedule multiplies what the controller chooses, and the controller does not see it",
  () =>
    withBrief(async (training) => {
      const controller = lossgrad({ initial: 0.01, factor: 1.5 });
      const half = { learningRate: constant({ value: 0.5 }) };
      const { stepRecords: [first] } = await outcomeOf(training, controller);
      const { stepRecords: [halved] } = await outcomeOf(
        training,
        controller,
        half,
      );
      strictEqual(first!.learningRate, 0.01);
      strictEqual(halved!.learningRate, 0.005);
      ok(Math.abs(halved!.updateRatio! / first!.updateRatio! - 0.5) < 1e-5);
      strictEqual(halved!.actualDecrease, undefined);
      ok(first!.actualDecrease !== undefined);
    }),
);

tensorflowTest(
  "a gradient weight is a factor of the loss: of LOSSGRAD's steps, nothing but the size",
  () =>
    withBrief(async (training) => {
      // f and g·d are multiplied alike; d is twice as long, so h is half as large.
      const a = await outcomeOf(training, lossgrad({ initial: 0.02 }));
      const b = await outcomeOf(training, lossgrad({ initial: 0.01 }), {
        gradientWeight: constant({ value: 2 }),
      });
      a.stepRecords.forEach(({ learningRate, loss }, i) => {
        ok(Math.abs(b.stepRecords[i]!.learningRate * 2 - learningRate) < 1e-9);
        ok(Math.abs(b.stepRecords[i]!.loss - loss) < 1e-4);
      });
    }),
);

tensorflowTest(
  "a plateau is told by the validation split",
  () =>
    withBrief(async (training) => {
      const validation = training.data.evaluation.test!;
      const { stepRecords } = await outcomeOf(
        {
          ...training,
          epochs: 4,
          evaluateEvery: 1,
          data: { ...training.data, evaluation: { validation } },
        },
        reduceOnPlateau({
          initial: 1e-6,
          patience: 0,
          factor: 0.5,
          monitor: "validation",
        }),
      );
      // Next to nothing changes: the first epoch is the best, then it is halved.
      deepStrictEqual(
        stepRecords.map(({ learningRate }) => learningRate)
          .filter((_, i) => i % 5 === 0),
        [1e-6, 1e-6, 5e-7, 2.5e-7],
      );
    }),
);

tensorflowTest(
  "a step to a loss that is not finite is taken back by policy",
  () =>
    withBrief(async (training) => {
      const huge = { ...training, divergence: "reject-step" } as const;
      const { status, records, stepRecords } = await outcomeOf(
        huge,
        lossgrad({ initial: 1e30, factor: 1e8 }),
      );
      strictEqual(status, "done");
      const rejected = records.filter((r) =>
        (r as { event?: string }).event === "rejected step"
      );
      ok(rejected.length > 0 && rejected.length < 10);
      ok(stepRecords.at(-1)!.learningRate < 1e10);
      const { values } = await outcomeOf(huge, polyak());
      ok(values.flat().every(Number.isFinite));
    }),
);
