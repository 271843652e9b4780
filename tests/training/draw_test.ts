import { deepStrictEqual, notDeepStrictEqual, throws } from "node:assert";
import fc from "fast-check";
import { augmentationPlan } from "../../lib/datasets/augmentation.ts";
import { batchIndices } from "../../lib/datasets/order.ts";
import { drawer } from "../../lib/training/draw.ts";

Deno.test("a draw is a function of seed and step, not of the draws before", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.nat(100), { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      (seed, steps, augment) => {
        const options = { seed, count: 23, batchSize: 4, augment };
        const one = drawer(options);
        for (const step of steps) {
          deepStrictEqual(one.at(step), drawer(options).at(step));
        }
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("a draw holds dropout's seed, the batch, and its augmentation", () => {
  const options = { seed: 9, count: 50, batchSize: 8 };
  const draw = drawer({ ...options, augment: true }).at(17);
  const { top, left, flip } = augmentationPlan({
    seed: 9,
    step: 17,
    batchSize: 8,
  });
  deepStrictEqual(
    [...draw.subarray(2)],
    [...batchIndices({ ...options, step: 17 }), ...top, ...left, ...flip],
  );
  const plain = drawer({ ...options, augment: false });
  deepStrictEqual(plain.at(17), draw.slice(0, 10));
  notDeepStrictEqual(plain.at(17).slice(0, 2), plain.at(18).slice(0, 2));
});

Deno.test("a batch larger than the data is refused", () => {
  throws(
    () => drawer({ seed: 0, count: 3, batchSize: 4, augment: false }),
    /batchSize must be an integer in \[1, 3\].* got 4/,
  );
});
