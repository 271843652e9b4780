import { strictEqual } from "node:assert";
import fc from "fast-check";
import { cosine } from "../../lib/schedules/cosine.ts";
import { cosineRestarts } from "../../lib/schedules/cosine_restarts.ts";
import { close } from "./close.ts";

Deno.test("cosineRestarts() starts again at 10, 30, 70, 150 with doubled lengths", () => {
  // SGDR's T₀ = 10, Tmult = 2.
  const schedule = cosineRestarts({
    from: 0.05,
    period: 10,
    lengthFactor: 2,
    times: 5,
  });
  for (const t of [0, 10, 30, 70, 150]) strictEqual(schedule(t), 0.05);
  for (const t of [5, 20, 50, 110, 230]) close(schedule(t), 0.025);
  strictEqual(schedule.steps, 310);
  strictEqual(schedule(310), 0);
});

Deno.test("cosineRestarts() restarts at exact boundaries where the logarithm misses them", () => {
  // floor(log(1 + t/T·(m − 1))/log m) is one too small at these steps.
  for (const [lengthFactor, start] of [[3, 1210], [10, 1110]] as const) {
    const schedule = cosineRestarts({ from: 1, period: 10, lengthFactor });
    strictEqual(schedule(start), 1);
    close(schedule(start - 1), 0, 0, 1e-3);
  }
});

Deno.test("cosineRestarts() lowers the height above the floor", () => {
  const schedule = cosineRestarts({
    from: 0.5,
    to: 0.1,
    period: 4,
    heightFactor: 0.5,
  });
  [0.5, 0.3, 0.2].forEach((value, i) => close(schedule(4 * i), value));
  close(schedule(6), 0.2);
});

Deno.test("cosineRestarts() without factors repeats its cosine", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 0, max: 5000 }),
    (period, t) => {
      const wave = cosine({ from: 1, to: 0.2, steps: period });
      const schedule = cosineRestarts({ from: 1, to: 0.2, period });
      strictEqual(schedule(t), wave(t % period));
    },
  ));
});
