import { strictEqual } from "node:assert";
import { oneCycle } from "../../lib/schedules/one_cycle.ts";
import { oneCycleMomentum } from "../../lib/schedules/one_cycle_momentum.ts";
import { close } from "./close.ts";

// torch's tests of OneCycleLR: momentum from 22 to 1, total_steps 10.
Deno.test("oneCycleMomentum() has the values of torch's tests", () => {
  const two = oneCycleMomentum({
    high: 22,
    low: 1,
    steps: 9,
    rise: (0.3 * 10 - 1) / 9,
    shape: "linear",
  });
  [22, 11.5, 1, 4, 7, 10, 13, 16, 19, 22].forEach((value, t) =>
    close(two(t), value)
  );
  const three = oneCycleMomentum({
    high: 22,
    low: 1,
    steps: 9,
    rise: (0.4 * 10 - 1) / 9,
    phases: 3,
    shape: "linear",
  });
  [22, 15, 8, 1, 8, 15, 22, 22, 22, 22].forEach((value, t) =>
    close(three(t), value)
  );
});

Deno.test("oneCycleMomentum() is least where oneCycle() is greatest", () => {
  const shape = { steps: 1000, rise: 0.25 };
  strictEqual(oneCycle({ peak: 0.1, ...shape })(250), 0.1);
  strictEqual(oneCycleMomentum(shape)(250), 0.85);
});
