import {
  deepStrictEqual,
  notDeepStrictEqual,
  strictEqual,
  throws,
} from "node:assert";
import fc from "fast-check";
import { batchIndices, dataOrder } from "../../lib/datasets/order.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

Deno.test("order: an epoch is the start of a permutation, in whole batches", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 2 ** 40 }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 60 }),
    (seed, count, size) => {
      const batchSize = Math.min(size, count);
      const indices = dataOrder({ seed, count, batchSize });
      const steps = Math.floor(count / batchSize);
      for (let epoch = 0; epoch < 3; epoch++) {
        const seen = upTo(steps).flatMap((
          i,
        ) => [...indices(epoch * steps + i)]);
        const stream = randomStream(seed, Purpose.order, epoch);
        deepStrictEqual(
          seen,
          [...stream.permutation(count)].slice(0, steps * batchSize),
        );
        strictEqual(new Set(seen).size, steps * batchSize);
      }
    },
  ));
});

Deno.test("order: a step does not depend on the steps before it", () => {
  const options = { seed: 3, count: 50, batchSize: 16 };
  const forwards = dataOrder(options), backwards = dataOrder(options);
  const steps = upTo(40);
  const seen = steps.map(forwards);
  deepStrictEqual(steps.toReversed().map(backwards).toReversed(), seen);
  deepStrictEqual(
    steps.map((step) => batchIndices({ ...options, step })),
    seen,
  );
});

Deno.test("order: seeds and epochs differ", () => {
  const first = (seed: number, step: number) =>
    batchIndices({ seed, count: 100, batchSize: 100, step });
  notDeepStrictEqual(first(0, 0), first(1, 0));
  notDeepStrictEqual(first(0, 0), first(0, 1));
});

Deno.test("order: refuses what is out of range", () => {
  const options = { seed: 0, count: 10, batchSize: 4 };
  throws(() => dataOrder({ ...options, count: 0 }), /count must be .* got 0/);
  throws(
    () => dataOrder({ ...options, batchSize: 11 }),
    /in \[1, 10\].*got 11/,
  );
  throws(() => dataOrder({ ...options, batchSize: NaN }), RangeError);
  throws(() => batchIndices({ ...options, step: -1 }), /step must be/);
  throws(() => batchIndices({ ...options, step: 0.5 }), /step must be/);
  throws(() => batchIndices({ ...options, seed: -1, step: 0 }), /seed must be/);
});
