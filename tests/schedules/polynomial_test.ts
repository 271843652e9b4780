import { strictEqual } from "node:assert";
import fc from "fast-check";
import { linear } from "../../lib/schedules/linear.ts";
import { polynomial } from "../../lib/schedules/polynomial.ts";
import { close } from "./close.ts";

Deno.test("polynomial() is the power of what remains", () => {
  const schedule = polynomial({ from: 1, to: 0.2, steps: 10, power: 3 });
  strictEqual(schedule(0), 1);
  close(schedule(5), 0.2 + 0.8 * 0.5 ** 3);
  close(schedule(9), 0.2 + 0.8 * 0.1 ** 3);
  strictEqual(schedule(10), 0.2);
  strictEqual(schedule(11), 0.2);
});

Deno.test("polynomial() keeps its relative precision next to an end at zero", () => {
  const schedule = polynomial({ from: 1, steps: 1000, power: 5 });
  close(schedule(999), 1e-15);
});

Deno.test("polynomial() of power 1 is linear()", () => {
  const options = { from: 0.1, to: 0.001, steps: 391 };
  const line = linear(options);
  const schedule = polynomial({ ...options, power: 1 });
  fc.assert(fc.property(
    fc.double({ min: 0, max: 400, noNaN: true }),
    (step) => schedule(step) === line(step),
  ));
});

Deno.test("polynomial() of power 0.9 is the published curve of segmentation networks", () => {
  // 0.1·(1 − e/100)^0.9 at epochs 10, 50 and 99.
  const schedule = polynomial({ from: 0.1, steps: 100, power: 0.9 });
  close(schedule(10), 0.1 * Math.exp(0.9 * Math.log(0.9)));
  close(schedule(50), 0.1 * Math.exp(0.9 * Math.log(0.5)));
  close(schedule(99), 0.1 * Math.exp(0.9 * Math.log(0.01)));
});

Deno.test("polynomial() that cycles lengthens whenever it ends, and never ends", () => {
  const schedule = polynomial({
    from: 1,
    to: 0.5,
    steps: 10,
    power: 1,
    cycle: true,
  });
  strictEqual("steps" in schedule, false);
  const values: Array<[step: number, value: number]> = [
    [0, 1],
    [5, 0.75],
    [10, 0.5],
    [15, 0.625],
    [20, 0.5],
    [25, 0.5 + 0.5 / 6],
  ];
  for (const [t, value] of values) close(schedule(t), value);
});
