import { strictEqual } from "node:assert";
import fc from "fast-check";
import { cosine } from "../../lib/schedules/cosine.ts";
import { step } from "../../lib/schedules/step.ts";
import { warmUp } from "../../lib/schedules/warm_up.ts";
import { close } from "./close.ts";

Deno.test("warmUp() rises to the first value of the inner schedule, then follows it", () => {
  const inner = cosine({ from: 0.8, to: 0.1, steps: 100 });
  const schedule = warmUp({ inner, steps: 4, from: 0.4 });
  [0.4, 0.5, 0.6, 0.7, 0.8].forEach((value, t) => close(schedule(t), value));
  strictEqual(schedule.steps, 104);
  for (let t = 0; t <= 101; t++) strictEqual(schedule(t + 4), inner(t));
});

Deno.test("warmUp() starts from zero unless told otherwise", () => {
  const inner = cosine({ from: 1, steps: 10 });
  strictEqual(warmUp({ inner, steps: 2 })(0), 0);
  strictEqual(warmUp({ inner, steps: 2 })(1), 0.5);
});

Deno.test("warmUp() does not jump where the inner schedule takes over", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 1000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (steps, from) => {
      const schedule = warmUp({
        inner: cosine({ from: 1, steps: 100 }),
        steps,
        from,
      });
      close(schedule(steps - 1e-9), schedule(steps), 1e-8);
    },
  ));
});

Deno.test("warmUp() before an endless schedule is endless", () => {
  const inner = step({ from: 1, factor: 0.5, every: 10 });
  strictEqual("steps" in warmUp({ inner, steps: 5 }), false);
});
