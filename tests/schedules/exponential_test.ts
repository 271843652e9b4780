import { strictEqual } from "node:assert";
import fc from "fast-check";
import { exponential } from "../../lib/schedules/exponential.ts";
import { step } from "../../lib/schedules/step.ts";
import { close } from "./close.ts";

Deno.test("exponential() multiplies by its factor once per interval", () => {
  const schedule = exponential({ from: 1, factor: 0.25, every: 10, steps: 20 });
  strictEqual(schedule(0), 1);
  strictEqual(schedule(5), 0.5);
  strictEqual(schedule(10), 0.25);
  strictEqual(schedule(20), 0.0625);
  strictEqual(schedule(21), 0.0625);
  strictEqual(exponential({ from: 1, factor: 0.5 })(3), 0.125);
});

Deno.test("exponential() may grow, as in a learning-rate range test", () => {
  const ramp = exponential({ from: 1e-7, factor: 1e8, every: 100 });
  close(ramp(50), 1e-3);
  close(ramp(100), 10);
});

Deno.test("exponential() meets step() at multiples of the interval", () => {
  const options = { from: 0.1, factor: 0.9, every: 7 };
  const [smooth, stairs] = [exponential(options), step(options)];
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 100 }),
    (drops) => close(smooth(7 * drops), stairs(7 * drops)),
  ));
});

Deno.test("exponential() and step() of factor 1 are constant, for ever", () => {
  const options = { from: 0.1, factor: 1, every: 1 };
  for (const schedule of [exponential(options), step(options)]) {
    strictEqual(schedule(Infinity), 0.1);
    strictEqual(schedule(1e300), 0.1);
  }
});

Deno.test("exponential() with a staircase is step()", () => {
  const options = { from: 0.1, factor: 0.7, every: 6 };
  const schedule = exponential({ ...options, staircase: true });
  for (let t = 0; t < 50; t++) strictEqual(schedule(t), step(options)(t));
});
