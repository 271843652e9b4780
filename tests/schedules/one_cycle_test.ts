import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { oneCycle } from "../../lib/schedules/one_cycle.ts";
import { close } from "./close.ts";

// torch's tests of OneCycleLR: total_steps 10 is a length of 9 here.
Deno.test("oneCycle() has the values of torch's tests, in two and three phases", () => {
  const two = oneCycle({
    peak: 25,
    steps: 9,
    rise: (0.3 * 10 - 1) / 9,
    endDivisor: 2,
    shape: "linear",
  });
  [1, 13, 25, 21.5, 18, 14.5, 11, 7.5, 4, 0.5].forEach((value, t) =>
    close(two(t), value)
  );
  const three = oneCycle({
    peak: 25,
    steps: 9,
    rise: (0.4 * 10 - 1) / 9,
    phases: 3,
    endDivisor: 4,
    shape: "linear",
  });
  [1, 9, 17, 25, 17, 9, 1, 0.75, 0.5, 0.25].forEach((value, t) =>
    close(three(t), value)
  );
});

Deno.test("oneCycle() turns at any share of its length, ends included", () => {
  for (const rise of [0, 0.5, 1]) {
    const schedule = oneCycle({ peak: 1, steps: 10, rise });
    strictEqual(schedule(10 * rise), rise === 1 ? 1 / 25 / 1e4 : 1);
  }
});

Deno.test("oneCycle() has no jumps", () => {
  fc.assert(fc.property(
    fc.double({ min: 0.05, max: 0.45, noNaN: true }),
    fc.constantFrom(2, 3),
    fc.double({ min: 0, max: 100, noNaN: true }),
    (rise, phases, t) => {
      const schedule = oneCycle({ peak: 1, steps: 100, rise, phases });
      return Math.abs(schedule(t + 1e-6) - schedule(t)) < 1e-5;
    },
  ));
});

Deno.test("oneCycle() refuses three phases without room, and other numbers of phases", () => {
  const options = { peak: 1, steps: 10 };
  throws(() => oneCycle({ ...options, rise: 0.6, phases: 3 }), {
    name: "RangeError",
    message: "rise must be ≤ 0.5 with three phases, got 0.6",
  });
  throws(() => oneCycle({ ...options, phases: 4 }), {
    message: "phases must be an integer from 2 to 3, got 4",
  });
  throws(() => oneCycle({ ...options, rise: 1.5 }), {
    message: "rise must be from 0 to 1, got 1.5",
  });
  throws(() => oneCycle({ ...options, shape: "cosin" as "cosine" }), {
    name: "RangeError",
    message:
      'shape must be "cosine" or "linear", got "cosin"; did you mean "cosine"?',
  });
});
