import { strictEqual } from "node:assert";
import { step } from "../../lib/schedules/step.ts";

Deno.test("step() drops at multiples of its interval, from the very step on", () => {
  const schedule = step({ from: 8, factor: 0.5, every: 10, steps: 35 });
  strictEqual(schedule(0), 8);
  strictEqual(schedule(9), 8);
  strictEqual(schedule(9.999), 8);
  strictEqual(schedule(10), 4);
  strictEqual(schedule(20), 2);
  strictEqual(schedule(35), 1);
  strictEqual(schedule(40), 1);
});

Deno.test("step() without a length goes on dropping", () => {
  const schedule = step({ from: 1, factor: 0.5, every: 10 });
  strictEqual(schedule(1000), 0.5 ** 100);
  strictEqual(schedule(Infinity), 0);
});

Deno.test("step() takes intervals that are no whole number of steps", () => {
  const schedule = step({ from: 1, factor: 0.5, every: 2.5 });
  strictEqual(schedule(2), 1);
  strictEqual(schedule(3), 0.5);
  strictEqual(schedule(5), 0.25);
});
