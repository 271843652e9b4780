import { strictEqual, throws } from "node:assert";
import { constant } from "../../lib/schedules/constant.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { mean } from "../../lib/schedules/mean.ts";
import { step } from "../../lib/schedules/step.ts";
import { close } from "./close.ts";

Deno.test("mean() is over the steps that are trained, so without the end value", () => {
  strictEqual(mean(linear({ from: 4, to: 0, steps: 4 })), 2.5);
  strictEqual(mean(linear({ from: 4, to: 0, steps: 1 })), 4);
});

Deno.test("mean() counts every step of a run of 200 epochs of 391 steps", () => {
  const steps = 78_200;
  const stairs = step({ from: 1, factor: 0.5, every: 30_001, steps });
  const sum = 30_001 + 30_001 / 2 + (steps - 60_002) / 4;
  close(mean(stairs), sum / steps, 1e-12);
});

Deno.test("mean() of longer schedules is close", () => {
  const steps = 10_000_019;
  close(
    mean(linear({ from: 1, to: 0, steps })),
    (steps + 1) / (2 * steps),
    1e-12,
  );
  const stairs = step({ from: 1, factor: 0.5, every: 3_000_000, steps });
  const sum = 3e6 + 1.5e6 + 0.75e6 + (steps - 9e6) / 8;
  close(mean(stairs), sum / steps, 0, 1e-5);
});

Deno.test("mean() refuses a schedule without a length", () => {
  throws(() => mean(constant({ value: 1 })), {
    name: "TypeError",
    message:
      "a mean needs a length, but this constant never ends: give it steps",
  });
});
