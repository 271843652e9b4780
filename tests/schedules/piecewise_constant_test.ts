import { strictEqual, throws } from "node:assert";
import { piecewiseConstant } from "../../lib/schedules/piecewise_constant.ts";

Deno.test("piecewiseConstant() holds each value until the next point", () => {
  const schedule = piecewiseConstant({
    points: [{ step: 1, value: 3 }, { step: 3, value: 7 }, {
      step: 4,
      value: -1,
    }],
    steps: 6,
  });
  [3, 3, 3, 7, -1, -1, -1, -1].forEach((value, t) =>
    strictEqual(schedule(t), value)
  );
});

Deno.test("piecewiseConstant() takes the last of points at one step", () => {
  const points = [{ step: 0, value: 1 }, { step: 0, value: 2 }];
  strictEqual(piecewiseConstant({ points })(0), 2);
});

Deno.test("piecewiseConstant() refuses points out of order", () => {
  const points = [{ step: 4, value: 1 }, { step: 3, value: 2 }];
  throws(() => piecewiseConstant({ points }), {
    name: "RangeError",
    message: "points[1].step must be ≥ 4, which stands before it, got 3",
  });
});
