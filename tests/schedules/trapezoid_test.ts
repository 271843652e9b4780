import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { trapezoid } from "../../lib/schedules/trapezoid.ts";
import { close } from "./close.ts";

Deno.test("trapezoid() rises, stays and falls", () => {
  const schedule = trapezoid({
    start: 1,
    peak: 2,
    end: 0.5,
    rise: 10,
    fall: 15,
    steps: 30,
  });
  strictEqual(schedule(0), 1);
  strictEqual(schedule(5), 1.5);
  strictEqual(schedule(10), 2);
  strictEqual(schedule(15), 2);
  close(schedule(20), 1.5);
  strictEqual(schedule(30), 0.5);
  strictEqual(schedule(31), 0.5);
});

Deno.test("trapezoid() may lack its rise, its fall or its flat part", () => {
  const falls = trapezoid({ peak: 1, rise: 0, fall: 4, steps: 8 });
  strictEqual(falls(0), 1);
  strictEqual(falls(6), 0.5);
  const rises = trapezoid({ peak: 1, rise: 4, fall: 0, steps: 8 });
  strictEqual(rises(2), 0.5);
  strictEqual(rises(8), 1);
  const triangle = trapezoid({ peak: 1, rise: 4, fall: 4, steps: 8 });
  strictEqual(triangle(4), 1);
  strictEqual(triangle(6), 0.5);
});

Deno.test("trapezoid() is continuous", () => {
  const schedule = trapezoid({ peak: 1, rise: 10, fall: 15, steps: 30 });
  fc.assert(fc.property(
    fc.double({ min: 0, max: 30, noNaN: true }),
    (step) => Math.abs(schedule(step + 1e-6) - schedule(step)) < 2e-7,
  ));
});

Deno.test("trapezoid() refuses a rise and fall longer than the whole", () => {
  throws(() => trapezoid({ peak: 1, rise: 5, fall: 4, steps: 8 }), {
    name: "RangeError",
    message:
      "rise and fall must be ≤ 8 together, the steps of the whole, got 9",
  });
});
