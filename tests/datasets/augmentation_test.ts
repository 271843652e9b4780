import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { augment, augmentationPlan } from "../../lib/datasets/augmentation.ts";

const plan = (top: number, left: number, flip: number) => ({
  top: Int32Array.of(top),
  left: Int32Array.of(left),
  flip: Int32Array.of(flip),
});

/** A 3 × 3 image of two channels: 1 … 9 and their negatives. */
const IMAGE = Float32Array.from(
  { length: 18 },
  (_, i) => (i % 2 === 0 ? 1 : -1) * (1 + Math.floor(i / 2)),
);
const first = (image: Float32Array) => [...image.filter((_, i) => i % 2 === 0)];

Deno.test("augmentation: a centred crop is the image itself", () => {
  deepStrictEqual(augment(IMAGE, [3, 3, 2], plan(4, 4, 0)), IMAGE);
});

Deno.test("augmentation: crops move the image and fill up with zeros", () => {
  // One row lower in the padded image: what is seen moves up by one.
  deepStrictEqual(
    first(augment(IMAGE, [3, 3, 2], plan(5, 4, 0))),
    [4, 5, 6, 7, 8, 9, 0, 0, 0],
  );
  deepStrictEqual(
    first(augment(IMAGE, [3, 3, 2], plan(3, 3, 0))),
    [0, 0, 0, 0, 1, 2, 0, 4, 5],
  );
  deepStrictEqual(
    first(augment(IMAGE, [3, 3, 2], plan(0, 8, 0))),
    new Array(9).fill(0),
  );
});

Deno.test("augmentation: mirrors after cropping, all channels alike", () => {
  const mirrored = augment(IMAGE, [3, 3, 2], plan(4, 4, 1));
  deepStrictEqual(first(mirrored), [3, 2, 1, 6, 5, 4, 9, 8, 7]);
  ok(mirrored.every((value, i) => i % 2 === 0 || value === -mirrored[i - 1]!));
  deepStrictEqual(
    first(augment(IMAGE, [3, 3, 2], plan(4, 5, 1))),
    [0, 3, 2, 0, 6, 5, 0, 9, 8],
  );
});

Deno.test("augmentation: each image of a batch by its own entry", () => {
  const batch = new Float32Array(36);
  batch.set(IMAGE, 0);
  batch.set(IMAGE, 18);
  const both = augment(batch, [3, 3, 2], {
    top: Int32Array.of(4, 5),
    left: Int32Array.of(4, 3),
    flip: Int32Array.of(1, 0),
  });
  deepStrictEqual(
    both.slice(0, 18),
    augment(IMAGE, [3, 3, 2], plan(4, 4, 1)),
  );
  deepStrictEqual(both.slice(18), augment(IMAGE, [3, 3, 2], plan(5, 3, 0)));
});

Deno.test("augmentation: the plan is uniform and depends on seed and step only", () => {
  const options = { seed: 5, step: 9, batchSize: 81_000 };
  const { top, left, flip } = augmentationPlan(options);
  deepStrictEqual(augmentationPlan(options), { top, left, flip });
  const places = new Array<number>(81).fill(0);
  top.forEach((row, i) => places[row * 9 + left[i]!]!++);
  // Each of 81 places is expected 1,000 times; the deviation is about 31.
  ok(places.every((times) => Math.abs(times - 1000) < 150));
  const flipped = flip.reduce((a, b) => a + b, 0) / flip.length;
  ok(Math.abs(flipped - 0.5) < 0.01);
  for (const other of [{ seed: 6 }, { step: 10 }]) {
    const { top: rows } = augmentationPlan({ ...options, ...other });
    const same = rows.filter((row, i) => row === top[i]).length / rows.length;
    ok(Math.abs(same - 1 / 9) < 0.01);
  }
  const { top: alone } = augmentationPlan({ ...options, batchSize: 10 });
  deepStrictEqual(alone, top.slice(0, 10));
});

Deno.test("augmentation: no padding, no crop", () => {
  const { top, left } = augmentationPlan({
    seed: 0,
    step: 0,
    batchSize: 50,
    padding: 0,
  });
  strictEqual([...top, ...left].every((offset) => offset === 0), true);
});

Deno.test("augmentation: refuses what does not fit", () => {
  const options = { seed: 0, step: 0, batchSize: 1 };
  throws(() => augmentationPlan({ ...options, batchSize: 0 }), /got 0/);
  throws(() => augmentationPlan({ ...options, padding: -1 }), /padding must/);
  throws(() => augmentationPlan({ ...options, step: -1 }), RangeError);
  throws(() => augment(IMAGE, [3, 2, 2], plan(4, 4, 0)), /18 inputs are not 1/);
  throws(() => augment(IMAGE, [18], plan(4, 4, 0)), RangeError);
});
