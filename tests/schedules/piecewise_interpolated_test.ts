import { strictEqual, throws } from "node:assert";
import { piecewiseInterpolated } from "../../lib/schedules/piecewise_interpolated.ts";
import { close } from "./close.ts";

Deno.test("piecewiseInterpolated() has the values of optax's documentation", () => {
  const schedule = piecewiseInterpolated({
    points: [{ step: 0, value: 1 }, { step: 4, value: 0.1 }, {
      step: 8,
      value: 0.001,
    }],
  });
  [1, 0.55, 0.1, 0.0505, 0.001].forEach((value, i) =>
    close(schedule(2 * i), value)
  );
  strictEqual(schedule.steps, 8);
});

Deno.test("piecewiseInterpolated() passes through its points in every shape", () => {
  const points = [{ step: 2, value: 0.3 }, { step: 5, value: 0.7 }, {
    step: 9,
    value: 0.1,
  }];
  for (const shape of ["linear", "cosine", "oneMinusSquareRoot"] as const) {
    const schedule = piecewiseInterpolated({ points, shape });
    for (const { step, value } of points) strictEqual(schedule(step), value);
    strictEqual(schedule(0), 0.3);
  }
  const half = (shape: "cosine" | "oneMinusSquareRoot") =>
    piecewiseInterpolated({ points, shape })(7);
  close(half("cosine"), 0.4);
  close(half("oneMinusSquareRoot"), 0.1 + 0.6 * (1 - Math.SQRT1_2));
});

Deno.test("piecewiseInterpolated() jumps between points at one step", () => {
  const schedule = piecewiseInterpolated({
    points: [{ step: 0, value: 0 }, { step: 2, value: 1 }, {
      step: 2,
      value: 5,
    }, { step: 4, value: 3 }],
  });
  [0, 0.5, 5, 4, 3].forEach((value, t) => strictEqual(schedule(t), value));
});

Deno.test("piecewiseInterpolated() refuses to end at step 0", () => {
  throws(() => piecewiseInterpolated({ points: [{ step: 0, value: 1 }] }), {
    name: "RangeError",
    message: "points[0].step must be ≥ 1, since the schedule ends there, got 0",
  });
});
