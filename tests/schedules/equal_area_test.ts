import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { cosine } from "../../lib/schedules/cosine.ts";
import { equalArea } from "../../lib/schedules/equal_area.ts";
import { kDecay } from "../../lib/schedules/k_decay.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { mean } from "../../lib/schedules/mean.ts";
import { polynomial } from "../../lib/schedules/polynomial.ts";
import { rational } from "../../lib/schedules/rational.ts";
import { close } from "./close.ts";

const length = fc.integer({ min: 1, max: 300 });
const rate = fc.double({ min: 0.001, max: 1, noNaN: true });

Deno.test("equalArea() has the mean it is given and the shape it had", () => {
  fc.assert(fc.property(
    length,
    length,
    rate,
    rate,
    fc.double({ min: 0.2, max: 5, noNaN: true }),
    (steps, others, from, to, k) => {
      const inner = cosine({ from, to, steps });
      const other = kDecay({ inner: linear({ from: 1, steps: others }), k });
      const schedule = equalArea({ inner, to: other });
      close(mean(schedule), mean(other), 1e-11);
      close(
        schedule(steps / 3) / inner(steps / 3),
        schedule(0) / inner(0),
        1e-11,
      );
      strictEqual(schedule.steps, steps);
    },
  ));
});

Deno.test("equalArea() to itself changes nothing", () => {
  const inner = cosine({ from: 0.3, to: 0.01, steps: 100 });
  const schedule = equalArea({ inner, to: inner });
  for (let t = 0; t <= 100; t++) strictEqual(schedule(t), inner(t));
});

Deno.test("equalArea() finds nothing to do between k-decay and its inverse function", () => {
  // Equation 10 with k and equation 11 with N = 1/k share start, end and area.
  const curve = { from: 0.1, to: 0.001, steps: 10000 };
  const inner = kDecay({ inner: linear(curve), k: 2 });
  const to = polynomial({ ...curve, power: 0.5 });
  close(equalArea({ inner, to })(0), 0.1, 1e-4);
});

Deno.test("equalArea() refuses endless schedules and a mean of zero", () => {
  const inner = linear({ from: 1, to: -1, steps: 4 });
  const to = linear({ from: 1, steps: 4 });
  throws(
    () => equalArea({ inner: to, to: rational({ from: 1, decay: 1 }) }),
    {
      message:
        "to must have a length, but this rational never ends: give it steps",
    },
  );
  const zero = linear({ from: 0, to: 0, steps: 4 });
  throws(() => equalArea({ inner: zero, to }), {
    name: "RangeError",
    message: "inner must have a mean that can be scaled, got 0",
  });
  close(mean(equalArea({ inner, to })), mean(to));
});
