import { strictEqual, throws } from "node:assert";
import { multiStep } from "../../lib/schedules/multi_step.ts";

Deno.test("multiStep() drops at each milestone, from the very step on", () => {
  const schedule = multiStep({ from: 8, factor: 0.5, milestones: [3, 5, 6] });
  [8, 8, 8, 4, 4, 2, 1, 1].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
  strictEqual(schedule(2.999), 8);
  strictEqual("steps" in schedule, false);
});

Deno.test("multiStep() takes milestones at 0, and counts one twice if listed twice", () => {
  const schedule = multiStep({
    from: 8,
    factor: 0.5,
    milestones: [0, 2, 2],
    steps: 4,
  });
  [4, 4, 1, 1, 1].forEach((value, t) => strictEqual(schedule(t), value));
});

Deno.test("multiStep() refuses milestones out of order", () => {
  throws(() => multiStep({ from: 1, factor: 0.5, milestones: [5, 3] }), {
    name: "RangeError",
    message: "milestones[1] must be ≥ 5, which stands before it, got 3",
  });
  throws(() => multiStep({ from: 1, factor: 0.5, milestones: [1.5] }), {
    message: "milestones[0] must be an integer ≥ 0, got 1.5",
  });
});
