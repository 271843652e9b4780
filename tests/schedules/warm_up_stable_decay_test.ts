import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { trapezoid } from "../../lib/schedules/trapezoid.ts";
import { warmUpStableDecay } from "../../lib/schedules/warm_up_stable_decay.ts";
import { close } from "./close.ts";

const part = fc.integer({ min: 0, max: 50 });

Deno.test("warmUpStableDecay() in straight lines is a trapezoid", () => {
  fc.assert(fc.property(
    part,
    part,
    fc.integer({ min: 0, max: 110 }),
    (rise, fall, t) => {
      const values = { start: 0.01, peak: 0.1, end: 0.002, steps: 100 };
      close(
        warmUpStableDecay({ ...values, warmUp: rise, decay: fall })(t),
        trapezoid({ ...values, rise, fall })(t),
      );
    },
  ));
});

Deno.test("warmUpStableDecay() has its shapes, the warm-up's backwards", () => {
  const options = { peak: 1, warmUp: 100, decay: 100, steps: 300 };
  const values = {
    linear: 0.75,
    cosine: Math.cos(Math.PI / 8) ** 2,
    oneMinusSquareRoot: 0.5,
  };
  for (const [name, value] of Object.entries(values)) {
    const shape = name as keyof typeof values;
    const schedule = warmUpStableDecay({
      ...options,
      warmUpShape: shape,
      decayShape: shape,
    });
    close(schedule(75), value);
    close(schedule(225), value);
    for (const t of [100, 150, 200]) strictEqual(schedule(t), 1);
    strictEqual(schedule(0), 0);
    strictEqual(schedule(300), 0);
  }
});

Deno.test("warmUpStableDecay() refuses parts longer than the whole", () => {
  throws(
    () => warmUpStableDecay({ peak: 1, warmUp: 6, decay: 5, steps: 10 }),
    {
      name: "RangeError",
      message:
        "warmUp and decay must be ≤ 10 together, the steps of the whole, got 11",
    },
  );
});
