import { strictEqual } from "node:assert";
import { constant } from "../../lib/schedules/constant.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { scale } from "../../lib/schedules/scale.ts";

Deno.test("scale() multiplies every value and keeps the length", () => {
  const schedule = scale({
    inner: linear({ from: 4, to: 2, steps: 4 }),
    factor: -0.5,
  });
  strictEqual(schedule.steps, 4);
  [-2, -1.75, -1.5, -1.25, -1, -1].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
});

Deno.test("scale() of an endless schedule is endless", () => {
  const schedule = scale({ inner: constant({ value: 2 }), factor: 3 });
  strictEqual("steps" in schedule, false);
  strictEqual(schedule(1e9), 6);
});
