import { strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { constant } from "../../lib/schedules/constant.ts";
import { cosine } from "../../lib/schedules/cosine.ts";
import { join } from "../../lib/schedules/join.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { rational } from "../../lib/schedules/rational.ts";
import { close } from "./close.ts";

Deno.test("join() runs each piece from its own step 0; at a boundary the next one holds", () => {
  const schedule = join({
    pieces: [
      { schedule: linear({ from: 1, to: 0, steps: 4 }) },
      { schedule: constant({ value: 7 }), steps: 2 },
      { schedule: linear({ from: 3, to: 5, steps: 2 }) },
    ],
  });
  strictEqual(schedule.steps, 8);
  const values = [1, 0.75, 0.5, 0.25, 7, 7, 3, 4, 5, 5];
  values.forEach((value, t) => strictEqual(schedule(t), value));
  strictEqual(schedule(3.5), 0.125);
});

Deno.test("join() cuts a piece that is given fewer steps and holds one that is given more", () => {
  const line = linear({ from: 4, to: 0, steps: 4 });
  const schedule = join({
    pieces: [{ schedule: line, steps: 2 }, { schedule: line, steps: 6 }],
  });
  const values = [4, 3, 4, 3, 2, 1, 0, 0, 0];
  values.forEach((value, t) => strictEqual(schedule(t), value));
});

Deno.test("join() has no length if its last piece has none", () => {
  const schedule = join({
    pieces: [
      { schedule: constant({ value: 1 }), steps: 5 },
      { schedule: rational({ from: 1, decay: 1 }) },
    ],
  });
  strictEqual("steps" in schedule, false);
  strictEqual(schedule(6), 0.5);
});

Deno.test("join() makes the loss-decay weight of the released code, negative values and all", () => {
  // 1 for e < 70, else 2/3 − e/150, over 200 epochs.
  const weight = join({
    pieces: [
      { schedule: constant({ value: 1 }), steps: 70 },
      { schedule: linear({ from: 0.2, to: -2 / 3, steps: 130 }) },
    ],
  });
  strictEqual(weight(0), 1);
  strictEqual(weight(69), 1);
  strictEqual(weight(70), 0.2);
  close(weight(85), 0.1);
  close(weight(99), 1 / 150);
  close(weight(100), 0, 0, 1e-16);
  close(weight(150), -1 / 3);
  close(weight(199), -0.66);
});

Deno.test("join() that must be continuous has no jumps", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
      minLength: 2,
      maxLength: 6,
    }),
    fc.double({ min: 0, max: 60, noNaN: true }),
    (heights, t) => {
      const pieces = heights.slice(1).map((to, i) => ({
        schedule: cosine({ from: heights[i]!, to, steps: 10 }),
      }));
      const schedule = join({ pieces, continuous: true });
      return Math.abs(schedule(t + 1e-6) - schedule(t)) < 1e-6;
    },
  ));
});

Deno.test("join() that must be continuous refuses pieces that do not meet", () => {
  const pieces = [
    { schedule: linear({ from: 1, to: 0.5, steps: 10 }) },
    { schedule: constant({ value: 0.4 }) },
  ];
  strictEqual(join({ pieces })(10), 0.4);
  throws(() => join({ pieces, continuous: true }), {
    name: "RangeError",
    message:
      "pieces[1] must begin at 0.5, where the piece before it ends, got 0.4",
  });
});

Deno.test("join() refuses a piece without a length before the last, and no pieces", () => {
  const endless = { schedule: constant({ value: 1 }) };
  throws(() => join({ pieces: [endless, endless] }), {
    name: "TypeError",
    message:
      "pieces[0].steps is missing: only the last piece may be without a length",
  });
  throws(() => join({ pieces: [] }), {
    name: "RangeError",
    message: "pieces must have 1 to 1000 items, got 0",
  });
});
