import { strictEqual } from "node:assert";
import fc from "fast-check";
import { inverseSquareRoot } from "../../lib/schedules/inverse_square_root.ts";
import { warmUp } from "../../lib/schedules/warm_up.ts";
import { close } from "./close.ts";

Deno.test("inverseSquareRoot() halves after three timescales", () => {
  const schedule = inverseSquareRoot({ from: 0.5, timescale: 40 });
  strictEqual(schedule(0), 0.5);
  strictEqual(schedule(120), 0.25);
  strictEqual(schedule(600), 0.125);
});

Deno.test("inverseSquareRoot() behind a warm-up is the Transformer's schedule", () => {
  // d^-½ · min(t^-½, t·W^-3/2), which peaks at (d·W)^-½.
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 10_000 }),
    fc.integer({ min: 1, max: 100_000 }),
    (warm, t) => {
      const peak = 512 ** -0.5 * warm ** -0.5;
      const inner = inverseSquareRoot({ from: peak, timescale: warm });
      const expected = 512 ** -0.5 * Math.min(t ** -0.5, t * warm ** -1.5);
      close(warmUp({ inner, steps: warm })(t), expected, 1e-11);
    },
  ));
});
