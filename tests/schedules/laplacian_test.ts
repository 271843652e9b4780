import { strictEqual } from "node:assert";
import fc from "fast-check";
import { laplacian } from "../../lib/schedules/laplacian.ts";
import { close } from "./close.ts";

Deno.test("laplacian() has the values of the paper's formula", () => {
  const schedule = laplacian({ peak: 1, end: 1e-4, steps: 100 });
  close(schedule(0), 1e-4);
  close(schedule(10), 0.0006309573445, 1e-9);
  close(schedule(25), 0.01);
  close(schedule(40), 0.1584893192, 1e-9);
  strictEqual(schedule(50), 1);
  strictEqual(schedule(100), 1e-4);
});

Deno.test("laplacian() is γmax·exp(−|s − ½|/λ) with λ = 0.0542868102", () => {
  const schedule = laplacian({ peak: 0.3, end: 0.3e-4, steps: 1 });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (s) =>
      close(
        schedule(s),
        0.3 * Math.exp(-Math.abs(s - 0.5) / 0.0542868102),
        1e-8,
      )),
  );
});

Deno.test("laplacian() has the known area", () => {
  const schedule = laplacian({ peak: 1, end: 1e-4, steps: 10000 });
  let sum = 0;
  for (let step = 0; step < 10000; step++) sum += schedule(step + 0.5);
  close(sum / 10000, 0.108563, 1e-5);
});

Deno.test("laplacian() begins at its start value, a tenth of the peak at 3/8", () => {
  const options = { peak: 1, end: 1e-4, start: 0.1, steps: 1000 };
  const stretched = laplacian(options);
  close(stretched(0), 0.1);
  close(stretched(200), 1); // (½ − ⅜)/(1 − ⅜) of the way
  strictEqual(stretched(1000), 1e-4);
  const truncated = laplacian({ ...options, stretch: false });
  strictEqual(truncated.steps, 625);
  close(truncated(125), 1);
});
