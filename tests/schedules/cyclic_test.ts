import { strictEqual } from "node:assert";
import fc from "fast-check";
import { cyclic } from "../../lib/schedules/cyclic.ts";
import { close } from "./close.ts";

// The values of torch's own tests of CyclicLR, base 1, max 5, 4 steps up.
Deno.test("cyclic() is the triangular policy by default", () => {
  const schedule = cyclic({ lower: 1, upper: 5, rise: 4 });
  [1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4, 5, 4, 3, 2, 1].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
});

Deno.test("cyclic() with a height factor of one half is the triangular2 policy", () => {
  const schedule = cyclic({ lower: 1, upper: 5, rise: 4, heightFactor: 0.5 });
  [1, 2, 3, 4, 5, 4, 3, 2, 1, 1.5, 2, 2.5, 3, 2.5, 2, 1.5, 1, 1.25].forEach((
    value,
    t,
  ) => strictEqual(schedule(t), value));
});

Deno.test("cyclic() with a step factor is the exp range policy", () => {
  const schedule = cyclic({ lower: 1, upper: 5, rise: 4, stepFactor: 0.9 });
  const triangle = [0, 1, 2, 3, 4, 3, 2, 1, 0, 1];
  triangle.forEach((height, t) => close(schedule(t), 1 + height * 0.9 ** t));
});

Deno.test("cyclic() rises and falls at different speeds", () => {
  const schedule = cyclic({ lower: 0, upper: 1, rise: 2, fall: 4, steps: 9 });
  [0, 0.5, 1, 0.75, 0.5, 0.25, 0, 0.5, 1, 0.75, 0.75].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
});

Deno.test("cyclic() stays between its values, which may be upside down", () => {
  const rate = fc.double({ min: 0.001, max: 1, noNaN: true });
  const every = fc.double({ min: 1, max: 50, noNaN: true });
  fc.assert(fc.property(
    rate,
    rate,
    every,
    every,
    fc.integer({ min: 0, max: 10_000 }),
    (lower, upper, rise, fall, t) => {
      const value = cyclic({ lower, upper, rise, fall })(t);
      return value >= Math.min(lower, upper) - 1e-12 &&
        value <= Math.max(lower, upper) + 1e-12;
    },
  ));
});
