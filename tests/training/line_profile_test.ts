/** The loss along gradients, and looks with dropout masks of their own. */
import { deepStrictEqual, ok, throws } from "node:assert";
import { lossgrad } from "../../lib/controllers/mod.ts";
import { sgd } from "../../lib/optimizers/sgd.ts";
import { lineProfile, lossAt } from "../../lib/training/line_profile.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { outcomeOf } from "./controlled_training.ts";
import { withTraining } from "./resumed_runs.ts";

tensorflowTest(
  "a profile begins at the batch's loss, has its slope, and meets what a step reaches",
  () =>
    withTraining(async (training) => {
      const rate = 0.01;
      const { stepRecords } = await outcomeOf(
        {
          ...training,
          optimizer: sgd(),
          epochs: 1,
          recordEvery: 1,
          telemetry: lineProfile({ every: 2, rates: [0, 1e-4, rate] }),
        },
        lossgrad({ initial: rate }),
      );
      const [first] = stepRecords;
      const measured = first!.measured!;
      const near = (a: number, b: number, tolerance: number) =>
        ok(Math.abs(a - b) < tolerance * Math.abs(b), `${a} for ${b}`);
      near(measured[lossAt(0)]!, first!.loss, 1e-5);
      near(measured.gradientSquared!, -first!.slope!, 1e-4);
      near(
        (measured[lossAt(0)]! - measured[lossAt(1e-4)]!) / 1e-4,
        measured.gradientSquared!,
        0.05,
      );
      // At the first step LOSSGRAD goes exactly there.
      near(measured[lossAt(rate)]!, first!.loss - first!.actualDecrease!, 1e-5);
      deepStrictEqual(
        stepRecords.map((record) => record.measured !== undefined),
        [true, false, true, false, true],
      );
    }),
);

tensorflowTest(
  "a look has the gradient's dropout mask, unless masks are fresh",
  () =>
    withTraining(async (training) => {
      // A step so short that the loss cannot change but by another mask.
      const decrease = async (freshMasks: boolean) => {
        const { stepRecords } = await outcomeOf(
          {
            ...training,
            optimizer: sgd(),
            epochs: 1,
            recordEvery: 1,
            freshMasks,
          },
          lossgrad({ initial: 1e-9 }),
        );
        return stepRecords.map((record) => Math.abs(record.actualDecrease!));
      };
      ok((await decrease(false)).every((change) => change < 1e-5));
      ok((await decrease(true)).every((change) => change > 1e-4));
    }),
);

Deno.test("a profile that cannot be is refused", () => {
  throws(() => lineProfile({ every: 0, rates: [0] }), /every must be/);
  throws(() => lineProfile({ every: 1, rates: [] }), /rates must be finite/);
  throws(() => lineProfile({ every: 1, rates: [NaN] }), /rates must be finite/);
});
