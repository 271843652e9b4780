import { strictEqual } from "node:assert";
import fc from "fast-check";
import { inverseTime } from "../../lib/schedules/inverse_time.ts";
import { rational } from "../../lib/schedules/rational.ts";
import { close } from "./close.ts";

Deno.test("inverseTime() with power 1 is rational()", () => {
  fc.assert(fc.property(
    fc.double({ min: 0.01, max: 2, noNaN: true }),
    fc.double({ min: 1, max: 50, noNaN: true }),
    fc.integer({ min: 0, max: 1000 }),
    (decay, every, t) => {
      const options = { from: 0.1, decay, every };
      close(inverseTime(options)(t), rational(options)(t));
    },
  ));
});

Deno.test("inverseTime() with a staircase changes at multiples of its interval", () => {
  const schedule = inverseTime({
    from: 1,
    decay: 1,
    every: 2,
    staircase: true,
  });
  [1, 1, 0.5, 0.5, 1 / 3].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
});

Deno.test("inverseTime() takes powers", () => {
  const schedule = inverseTime({ from: 8, decay: 3, power: 1.5 });
  strictEqual(schedule(1), 1);
  strictEqual(schedule(0), 8);
});
