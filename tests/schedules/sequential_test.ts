import { strictEqual, throws } from "node:assert";
import { constant } from "../../lib/schedules/constant.ts";
import { exponential } from "../../lib/schedules/exponential.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { sequential } from "../../lib/schedules/sequential.ts";
import { step } from "../../lib/schedules/step.ts";
import { close } from "./close.ts";

Deno.test("sequential() has the values of torch's tests of SequentialLR", () => {
  const schedule = sequential({
    schedules: [
      constant({ value: 0.005 }),
      exponential({ from: 0.05, factor: 0.8 }),
      step({ from: 0.05, factor: 0.1, every: 2 }),
    ],
    milestones: [3, 6],
  });
  const values = [0.005, 0.005, 0.005, 0.05, 0.04, 0.032];
  const steps = [0.05, 0.05, 0.005, 0.005, 0.0005, 0.0005];
  [...values, ...steps].forEach((value, t) => close(schedule(t), value));
});

Deno.test("sequential() leaves out what is given no steps", () => {
  const [a, b, c] = [1, 2, 3].map((value) => constant({ value, steps: 4 }));
  const schedules = [a!, b!, c!];
  strictEqual(sequential({ schedules, milestones: [0, 5] })(0), 2);
  strictEqual(sequential({ schedules, milestones: [5, 5] })(5), 3);
  strictEqual(sequential({ schedules, milestones: [0, 0] })(0), 3);
  strictEqual(sequential({ schedules, milestones: [5, 9] }).steps, 13);
});

Deno.test("sequential() that must be continuous refuses a jump", () => {
  const line = linear({ from: 1, to: 0.5, steps: 10 });
  const options = { milestones: [5], continuous: true };
  const next = (value: number) => [line, constant({ value })];
  strictEqual(sequential({ ...options, schedules: next(0.75) })(5), 0.75);
  const skipped = [line, constant({ value: 7 }), constant({ value: 0.75 })];
  const milestones = [5, 5];
  strictEqual(
    sequential({ ...options, milestones, schedules: skipped })(5),
    0.75,
  );
  throws(() => sequential({ ...options, schedules: next(0.5) }), {
    name: "RangeError",
    message:
      "schedules[1] must begin at 0.75, where the piece before it ends, got 0.5",
  });
});

Deno.test("sequential() refuses numbers that do not match", () => {
  const schedules = [constant({ value: 1 })];
  throws(() => sequential({ schedules, milestones: [5] }), {
    name: "RangeError",
    message: "schedules must have 2 items, one more than milestones, got 1",
  });
});
