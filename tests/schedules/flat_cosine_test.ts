import { strictEqual, throws } from "node:assert";
import { constant } from "../../lib/schedules/constant.ts";
import { cosine } from "../../lib/schedules/cosine.ts";
import { flatCosine } from "../../lib/schedules/flat_cosine.ts";
import { join } from "../../lib/schedules/join.ts";

Deno.test("flatCosine() is a constant joined by a cosine", () => {
  const schedule = flatCosine({ from: 0.1, to: 0.01, flat: 72, steps: 100 });
  const joined = join({
    pieces: [
      { schedule: constant({ value: 0.1 }), steps: 72 },
      { schedule: cosine({ from: 0.1, to: 0.01, steps: 28 }) },
    ],
    continuous: true,
  });
  for (let t = 0; t <= 101; t++) strictEqual(schedule(t), joined(t));
});

Deno.test("flatCosine() may be flat nowhere and throughout, but no longer", () => {
  const options = { from: 1, steps: 10 };
  strictEqual(flatCosine({ ...options, flat: 0 })(0), 1);
  strictEqual(flatCosine({ ...options, flat: 0 })(10), 0);
  strictEqual(flatCosine({ ...options, flat: 10 })(10), 1);
  throws(() => flatCosine({ ...options, flat: 11 }), {
    name: "RangeError",
    message: "flat must be ≤ 10, the steps of the whole, got 11",
  });
});
