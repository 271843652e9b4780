import { strictEqual } from "node:assert";
import { linear } from "../../lib/schedules/linear.ts";

Deno.test("linear() is the straight line at its ends, inside and past the end", () => {
  const schedule = linear({ from: 3, to: -1, steps: 8 });
  strictEqual(schedule(0), 3);
  strictEqual(schedule(2), 2);
  strictEqual(schedule(2.5), 1.75);
  strictEqual(schedule(8), -1);
  strictEqual(schedule(9), -1);
});

Deno.test("linear() ends at zero unless told otherwise", () => {
  strictEqual(linear({ from: 1, steps: 4 })(4), 0);
});

Deno.test("linear() of one step goes from one value to the other", () => {
  const schedule = linear({ from: 1, to: 2, steps: 1 });
  strictEqual(schedule(0), 1);
  strictEqual(schedule(1), 2);
});
