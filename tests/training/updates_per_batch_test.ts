/** Several steps on a batch, and lines on validation examples. */
import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  strictEqual,
  throws,
} from "node:assert";
import { aliasedSecondOrder, secondOrder } from "../../lib/controllers/mod.ts";
import { sgd } from "../../lib/optimizers/mod.ts";
import { constant } from "../../lib/schedules/mod.ts";
import { drawer } from "../../lib/training/draw.ts";
import { withDefaults } from "../../lib/training/with_defaults.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { outcomeOf, outcomes } from "./controlled_training.ts";
import { withTraining } from "./resumed_runs.ts";

const brief = { epochs: 2, recordEvery: 1, optimizer: sgd() };

Deno.test("steps on one batch have its examples and crops, and masks of their own", () => {
  const options = { seed: 3, count: 20, batchSize: 5, augment: true };
  const repeated = drawer({ ...options, updatesPerBatch: 3 });
  const once = drawer(options);
  for (let step = 0; step < 12; step++) {
    const draw = repeated.at(step);
    deepStrictEqual(
      draw.subarray(2),
      once.at(Math.floor(step / 3)).subarray(2),
    );
    deepStrictEqual(draw.subarray(0, 2), once.at(step).subarray(0, 2));
  }
});

tensorflowTest(
  "an epoch of four updates a batch has four times the steps",
  () =>
    withTraining(async (training) => {
      const [once, four] = await Promise.all([1, 4].map(async (updates) => {
        const [one] = await outcomes(
          { ...training, ...brief, updatesPerBatch: updates },
          [{ seed: 0, learningRate: constant({ value: 0.01 }) }],
        );
        return one!;
      }));
      strictEqual(once!.stepRecords.length, 10);
      strictEqual(four!.stepRecords.length, 40);
      strictEqual(four!.cost, 4 * once!.cost);
      strictEqual(four!.stepRecords[20]!.epoch, 1);
    }),
);

tensorflowTest(
  "four aliased updates are those of gradient descent on the same batch, but for ε",
  () =>
    withTraining(async (training) => {
      const shared = { ...training, ...brief, updatesPerBatch: 4 };
      const aliased = await outcomeOf(
        shared,
        aliasedSecondOrder({ initial: 0.01, epsilon: 1e-7 }),
      );
      const [plain] = await outcomes(shared, [{
        seed: 0,
        learningRate: constant({ value: 0.01 }),
      }]);
      strictEqual(aliased.cost, 10 * 17);
      for (const [i, { loss }] of aliased.stepRecords.entries()) {
        ok(Math.abs(loss - plain!.stepRecords[i]!.loss) < 1e-3, `step ${i}`);
      }
    }),
);

tensorflowTest(
  "a line on validation examples has other losses, and costs a gradient more",
  () =>
    withTraining(async (training) => {
      const validation = training.data.evaluation.test!;
      const data = { ...training.data, evaluation: { validation } };
      const shared = { ...training, ...brief, data };
      const rule = secondOrder({ initial: 0.01, epsilon: 1e-3 });
      const own = await outcomeOf(shared, rule);
      const other = await outcomeOf({ ...shared, lineOn: "validation" }, rule);
      strictEqual(own.cost, 10 * 8);
      strictEqual(other.cost, 10 * (8 + 3));
      // The first step is the same: its size was given, and its gradient is the batch's.
      strictEqual(own.stepRecords[0]!.loss, other.stepRecords[0]!.loss);
      strictEqual(
        own.stepRecords[0]!.learningRate,
        other.stepRecords[0]!.learningRate,
      );
      notDeepStrictEqual(
        own.stepRecords[0]!.slope,
        other.stepRecords[0]!.slope,
      );
      notDeepStrictEqual(
        own.stepRecords.map(({ learningRate }) => learningRate),
        other.stepRecords.map(({ learningRate }) => learningRate),
      );
    }),
);

tensorflowTest(
  "updatesPerBatch and lineOn are checked",
  () =>
    withTraining((training) => {
      throws(
        () => withDefaults({ ...training, updatesPerBatch: 0 }),
        {
          name: "RangeError",
          message: /updatesPerBatch must be an integer ≥ 1/,
        },
      );
      throws(
        () => withDefaults({ ...training, lineOn: "test" as never }),
        {
          name: "RangeError",
          message: /lineOn must be "batch" or "validation"/,
        },
      );
      const data = { ...training.data, evaluation: {} };
      throws(
        () => withDefaults({ ...training, data, lineOn: "validation" }),
        { name: "RangeError", message: /at least batchSize \(10\).*got none/ },
      );
      return Promise.resolve();
    }),
);
