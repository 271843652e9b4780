import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  strictEqual,
  throws,
} from "node:assert";
import fc from "fast-check";
import type { Split } from "../../lib/datasets/dataset.ts";
import { holdOut } from "../../lib/datasets/hold_out.ts";
import { subset } from "../../lib/datasets/subset.ts";
import { takeExamples } from "../../lib/datasets/take_examples.ts";

/** Examples whose two inputs tell their number. */
function examples(labels: Int32Array | Float32Array): Split {
  return {
    count: labels.length,
    inputs: Float32Array.from(
      { length: 2 * labels.length },
      (_, i) => i % 2 === 0 ? i / 2 : -(i - 1) / 2,
    ),
    labels,
  };
}

const numbers = (
  { inputs }: Split,
) => [...inputs.filter((_, i) => i % 2 === 0)];

/** Splits of 1 to 80 examples in up to six classes of any sizes. */
const SPLITS = fc.array(fc.integer({ min: 0, max: 5 }), {
  minLength: 2,
  maxLength: 80,
}).map((labels) => examples(Int32Array.from(labels)));

function checkShares(all: Split, part: Split): void {
  for (const label of new Set(all.labels)) {
    const size = all.labels.filter((l) => l === label).length;
    const taken = part.labels.filter((l) => l === label).length;
    const exact = part.count * size / all.count;
    ok(Math.abs(taken - exact) < 1, `${taken} of class ${label}, not ${exact}`);
  }
}

Deno.test("subset and holdOut: proportions, labels and inputs kept together", () => {
  fc.assert(fc.property(
    SPLITS,
    fc.nat(),
    fc.nat(),
    (all, size, seed) => {
      const count = 1 + size % (all.count - 1);
      const few = subset(all, count, seed);
      strictEqual(few.count, count);
      const [train, validation] = holdOut(all, count, seed);
      strictEqual(validation.count, count);
      for (const part of [few, train, validation]) {
        checkShares(all, part);
        const chosen = numbers(part);
        deepStrictEqual(chosen, [...new Set(chosen)].sort((a, b) => a - b));
        deepStrictEqual(part, takeExamples(all, chosen));
      }
      deepStrictEqual(
        [...numbers(train), ...numbers(validation)].sort((a, b) => a - b),
        Array.from({ length: all.count }, (_, i) => i),
      );
    },
  ));
});

const TEN_CLASSES = examples(
  Int32Array.from({ length: 1000 }, (_, i) => i % 10),
);

Deno.test("subset: depends on the seed; smaller ones are in larger ones", () => {
  const few = numbers(subset(TEN_CLASSES, 100, 3));
  deepStrictEqual(numbers(subset(TEN_CLASSES, 100, 3)), few);
  notDeepStrictEqual(numbers(subset(TEN_CLASSES, 100, 4)), few);
  const many = new Set(numbers(subset(TEN_CLASSES, 500, 3)));
  ok(few.every((example) => many.has(example)));
});

Deno.test("subset and holdOut choose independently", () => {
  const few = numbers(subset(TEN_CLASSES, 500, 3));
  const held = new Set(numbers(holdOut(TEN_CLASSES, 500, 3)[1]));
  const both = few.filter((example) => held.has(example)).length;
  ok(both > 180 && both < 320, `${both} in common`);
});

Deno.test("subset: the whole split, and a regression", () => {
  deepStrictEqual(subset(TEN_CLASSES, 1000, 0), TEN_CLASSES);
  const targets = examples(Float32Array.from({ length: 20 }, Math.sqrt));
  const [train, validation] = holdOut(targets, 5, 1);
  ok(train.labels instanceof Float32Array);
  deepStrictEqual([train.count, validation.count], [15, 5]);
});

Deno.test("subset and holdOut: refuse what is out of range", () => {
  throws(() => subset(TEN_CLASSES, 0, 0), /in \[1, 1000\], got 0/);
  throws(() => subset(TEN_CLASSES, 1001, 0), /got 1001/);
  throws(() => subset(TEN_CLASSES, 1.5, 0), RangeError);
  throws(() => subset(TEN_CLASSES, 1, -1), /seed must be/);
  throws(() => holdOut(TEN_CLASSES, 1000, 0), /in \[1, 999\], got 1000/);
  throws(() => takeExamples(TEN_CLASSES, [1000]), /in \[0, 1000\), got 1000/);
  throws(() => takeExamples(TEN_CLASSES, [0.5]), RangeError);
});
