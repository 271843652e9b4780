import { strictEqual } from "node:assert";
import fc from "fast-check";
import { normalisedExponential } from "../../lib/schedules/normalised_exponential.ts";
import { close } from "./close.ts";

const OPTIONS = { from: 0.1, to: 0.001, steps: 100 };

Deno.test("normalisedExponential() has exact ends and known values inside", () => {
  const schedule = normalisedExponential(OPTIONS);
  strictEqual(schedule(0), 0.1);
  close(schedule(25), 0.0653567311329, 1e-11);
  close(schedule(50), 0.0383765262110, 1e-11);
  close(schedule(75), 0.0173643214904, 1e-11);
  strictEqual(schedule(100), 0.001);
  strictEqual(schedule(101), 0.001);
});

Deno.test("normalisedExponential() is equation 13 as it is printed", () => {
  const schedule = normalisedExponential(OPTIONS);
  const { from, to, steps } = OPTIONS;
  const rest = 1 - Math.exp(-1);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (t) =>
      close(
        schedule(t),
        (from - to) / rest * Math.exp(-t / steps) +
          (to - from * Math.exp(-1)) / rest,
        1e-11,
      )),
  );
});
