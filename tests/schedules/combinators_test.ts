/** What the small combinators do that no law says, and what they refuse. */
import { strictEqual, throws } from "node:assert";
import { clamp } from "../../lib/schedules/clamp.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { perIteration } from "../../lib/schedules/per_iteration.ts";
import { reverse } from "../../lib/schedules/reverse.ts";
import { shift } from "../../lib/schedules/shift.ts";
import { step } from "../../lib/schedules/step.ts";
import { stretch } from "../../lib/schedules/stretch.ts";
import { sum } from "../../lib/schedules/sum.ts";

const line = linear({ from: 4, to: 0, steps: 4 });
const endless = step({ from: 8, factor: 0.5, every: 2 });

Deno.test("clamp() cuts off above and below", () => {
  const schedule = clamp({ inner: line, minimum: 1, maximum: 3 });
  [3, 3, 2, 1, 1].forEach((value, t) => strictEqual(schedule(t), value));
  throws(() => clamp({ inner: line, minimum: 2, maximum: 1 }), {
    name: "RangeError",
    message: "minimum must be ≤ maximum, which is 1, got 2",
  });
});

Deno.test("reverse() and stretch() need a length", () => {
  const message =
    "inner must have a length, but this step never ends: give it steps";
  throws(() => reverse({ inner: endless }), { message });
  throws(() => stretch({ inner: endless, steps: 3 }), { message });
});

Deno.test("stretch() makes longer and shorter", () => {
  strictEqual(stretch({ inner: line, steps: 8 })(2), 3);
  strictEqual(stretch({ inner: line, steps: 2 })(1), 2);
  strictEqual(stretch({ inner: line, steps: 2 }).steps, 2);
});

Deno.test("shift() puts off and brings forward, with a length or without", () => {
  const later = shift({ inner: line, by: 2 });
  [4, 4, 4, 3, 2, 1, 0, 0].forEach((value, t) => strictEqual(later(t), value));
  const sooner = shift({ inner: endless, by: -3 });
  [4, 2, 2, 1].forEach((value, t) => strictEqual(sooner(t), value));
  strictEqual("steps" in sooner, false);
  throws(() => shift({ inner: line, by: -4 }), {
    name: "RangeError",
    message:
      "by must be > -4, which leaves a step of the inner schedule, got -4",
  });
});

Deno.test("sum() ends with its longest finite term, ended ones stay", () => {
  const schedule = sum({ terms: [line, constant({ value: 1, steps: 6 })] });
  [5, 4, 3, 2, 1, 1, 1, 1].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
  strictEqual(schedule.steps, 6);
  strictEqual("steps" in sum({ terms: [endless] }), false);
});

Deno.test("perIteration() counts epochs that are no whole number of steps", () => {
  const schedule = perIteration({ inner: line, stepsPerEpoch: 2.5 });
  strictEqual(schedule.steps, 10);
  strictEqual(schedule(5), 2);
  strictEqual(perIteration({ inner: line, stepsPerEpoch: 1.3 }).steps, 6);
});
