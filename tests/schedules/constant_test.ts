import { strictEqual } from "node:assert";
import { constant } from "../../lib/schedules/constant.ts";

Deno.test("constant() is the same at every step", () => {
  const schedule = constant({ value: -0.25 });
  for (const step of [-1, 0, 0.5, 1e12, Infinity]) {
    strictEqual(schedule(step), -0.25);
  }
});

Deno.test("constant() has a length only if it is given one", () => {
  strictEqual("steps" in constant({ value: 1 }), false);
  strictEqual(constant({ value: 1, steps: 30 }).steps, 30);
});
