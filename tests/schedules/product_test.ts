import { strictEqual, throws } from "node:assert";
import { constant } from "../../lib/schedules/constant.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { product } from "../../lib/schedules/product.ts";
import { rational } from "../../lib/schedules/rational.ts";

Deno.test("product() multiplies step by step, ended factors at their end values", () => {
  const schedule = product({
    factors: [
      linear({ from: 1, to: 0.5, steps: 2 }),
      linear({ from: 8, to: 4, steps: 4 }),
      constant({ value: 2 }),
    ],
  });
  strictEqual(schedule.steps, 4);
  [16, 10.5, 6, 5, 4, 4].forEach((value, t) => strictEqual(schedule(t), value));
});

Deno.test("product() ends with its longest finite factor, and has no length without one", () => {
  const endless = rational({ from: 1, decay: 1 });
  const finite = product({
    factors: [endless, linear({ from: 1, to: 1, steps: 3 })],
  });
  strictEqual(finite(3), 0.25);
  strictEqual(finite(100), 0.25);
  strictEqual("steps" in product({ factors: [endless, endless] }), false);
});

Deno.test("product() refuses an empty list", () => {
  throws(() => product({ factors: [] }), {
    name: "RangeError",
    message: "factors must have 1 to 1000 items, got 0",
  });
});
