import fc from "fast-check";
import { tanh } from "../../lib/schedules/tanh.ts";
import { close } from "./close.ts";

Deno.test("tanh() is half way where its argument is zero, and keeps a rest at the end", () => {
  const schedule = tanh({ from: 0.3, to: 0.1, steps: 200 });
  close(schedule(140), 0.2);
  close(schedule(200), 0.1 + 0.2 * (1 - Math.tanh(3)) / 2);
  close(schedule(0), 0.3, 1e-6);
});

Deno.test("tanh() only falls", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 500 }),
    fc.integer({ min: 0, max: 500 }),
    (steps, t) => {
      const schedule = tanh({ from: 1, steps });
      return schedule(t + 1) <= schedule(t);
    },
  ));
});
