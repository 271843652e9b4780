import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { cycleAt, cycleStart } from "../../lib/schedules/cycle.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { repeat } from "../../lib/schedules/repeat.ts";
import { step } from "../../lib/schedules/step.ts";

Deno.test("repeat() starts again at its inner schedule's end", () => {
  const schedule = repeat({
    inner: linear({ from: 2, to: 1, steps: 2 }),
    times: 3,
  });
  [2, 1.5, 2, 1.5, 2, 1.5, 1, 1].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
});

Deno.test("repeat() rounds its length up where a factor is no whole number", () => {
  const inner = linear({ from: 1, steps: 5 });
  const schedule = repeat({ inner, times: 2, lengthFactor: 1.3 });
  strictEqual(schedule.steps, 12);
  strictEqual(schedule(12), 0);
});

Deno.test("repeat() keeps the steps of a staircase", () => {
  const inner = step({ from: 1, factor: 0.5, every: 7, steps: 49 });
  const schedule = repeat({ inner });
  for (let t = 0; t < 49; t++) strictEqual(schedule(49 + t), inner(t));
});

Deno.test("repeat() refuses heights that grow, and what never ends or is too long", () => {
  const inner = linear({ from: 1, steps: 5 });
  throws(() => repeat({ inner, heightFactor: 2 }), {
    name: "RangeError",
    message: "heightFactor must be > 0 and ≤ 1, got 2",
  });
  throws(() => repeat({ inner: repeat({ inner }) }), {
    name: "TypeError",
    message:
      "inner must have a length, but this repeat never ends: give it steps",
  });
  throws(() => repeat({ inner, times: 100, lengthFactor: 2 }), {
    name: "RangeError",
    message: /^times must make at most 9007199254740991 steps, got 100/,
  });
});

Deno.test("cycleAt() finds the cycle that a step lies in, boundaries included", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 1000 }),
    fc.oneof(
      fc.integer({ min: 1, max: 10 }),
      fc.double({ min: 1, max: 10, noNaN: true }),
    ),
    fc.nat({ max: 12 }),
    fc.integer({ min: 0, max: 1e9 }),
    (period, factor, index, t) => {
      const start = cycleStart(index, period, factor);
      strictEqual(cycleAt(start, period, factor).index, index);
      const cycle = cycleAt(t, period, factor);
      return cycle.start <= t &&
        t < cycleStart(cycle.index + 1, period, factor);
    },
  ));
});

Deno.test("cycleAt() finds the cycle of the last step before a boundary", () => {
  for (let factor = 1; factor <= 12; factor += 0.25) {
    for (let period = 1; period <= 30; period++) {
      for (let index = 1; index <= 8; index++) {
        const start = cycleStart(index, period, factor);
        const before = start * (1 - 2 ** -52);
        strictEqual(cycleAt(before, period, factor).index, index - 1);
      }
    }
  }
});
