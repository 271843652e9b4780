import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { gaussian } from "../../lib/schedules/gaussian.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { perEpoch } from "../../lib/schedules/per_epoch.ts";

Deno.test("perEpoch() holds the value at the start of each epoch", () => {
  const inner = gaussian({ peak: 1, end: 1e-4, steps: 100 });
  const schedule = perEpoch({ inner, stepsPerEpoch: 20 });
  strictEqual(schedule.steps, 100);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 99.99, noNaN: true }),
      (t) => strictEqual(schedule(t), inner(20 * Math.floor(t / 20))),
    ),
  );
  strictEqual(schedule(100), 1e-4);
});

Deno.test("perEpoch() takes epochs that are no whole number of steps", () => {
  const schedule = perEpoch({
    inner: linear({ from: 1, to: 0, steps: 125 }),
    stepsPerEpoch: 62.5,
  });
  strictEqual(schedule(62), 1);
  strictEqual(schedule(63), 0.5);
});

Deno.test("perEpoch() with one step per epoch changes nothing at whole steps", () => {
  const inner = linear({ from: 1, to: 0, steps: 49 });
  const schedule = perEpoch({ inner, stepsPerEpoch: 1 });
  for (let t = 0; t <= 50; t++) strictEqual(schedule(t), inner(t));
});

Deno.test("perEpoch() stays at the last epoch's value past a broken epoch", () => {
  const inner = linear({ from: 1, to: 0, steps: 100 });
  const schedule = perEpoch({ inner, stepsPerEpoch: 40 });
  strictEqual(schedule(99), inner(80));
  strictEqual(schedule(1000), inner(80));
});

Deno.test("perEpoch() refuses an epoch of less than a step", () => {
  throws(
    () =>
      perEpoch({ inner: linear({ from: 1, steps: 9 }), stepsPerEpoch: 0.5 }),
    { name: "RangeError", message: "stepsPerEpoch must be ≥ 1, got 0.5" },
  );
});
