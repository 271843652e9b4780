import { deepStrictEqual, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { gaussian } from "../../lib/schedules/gaussian.ts";
import { close } from "./close.ts";

Deno.test("gaussian() has the values of the paper's formula", () => {
  const schedule = gaussian({ peak: 1, end: 1e-4, steps: 100 });
  close(schedule(0), 1e-4);
  close(schedule(10), 0.002754228703, 1e-9);
  close(schedule(25), 0.1);
  close(schedule(40), 0.6918309709, 1e-9);
  strictEqual(schedule(50), 1);
  strictEqual(schedule(100), 1e-4);
  strictEqual(schedule(101), 1e-4);
});

Deno.test("gaussian() is γmax·exp(−(s − ½)²/σ²) with σ² = 0.0271434051", () => {
  const schedule = gaussian({ peak: 0.3, end: 0.3e-4, steps: 1 });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (s) =>
      close(
        schedule(s),
        0.3 * Math.exp(-((s - 0.5) ** 2) / 0.0271434051),
        1e-8,
      )),
  );
});

Deno.test("gaussian() is symmetric, and its area is the known one", () => {
  const schedule = gaussian({ peak: 1, end: 1e-4, steps: 10000 });
  let sum = 0;
  for (let step = 0; step < 10000; step++) sum += schedule(step + 0.5);
  close(sum / 10000, 0.29201, 1e-5);
  for (let step = 0; step <= 5000; step += 100) {
    close(schedule(step), schedule(10000 - step));
  }
});

Deno.test("gaussian() begins at its start value, a tenth of the peak at a quarter", () => {
  // ½·(1 − √¼) = ¼: the curve left is three quarters of the whole.
  const options = { peak: 1, end: 1e-4, start: 0.1, steps: 100 };
  const stretched = gaussian(options);
  strictEqual(stretched.steps, 100);
  close(stretched(0), 0.1);
  close(stretched(100 / 3), 1);
  strictEqual(stretched(100), 1e-4);

  const truncated = gaussian({ ...options, stretch: false });
  strictEqual(truncated.steps, 75);
  close(truncated(0), 0.1);
  strictEqual(truncated(25), 1);
  strictEqual(truncated(75), 1e-4);
});

Deno.test("gaussian() truncates at the offset of the ImageNet setting", () => {
  // γstart = γmax/3, γmin = γmax/10⁴: s₀ = 0.327315089.
  const schedule = gaussian({
    peak: 0.03,
    end: 0.000003,
    start: 0.01,
    steps: 1_000_000,
    stretch: false,
  });
  strictEqual(schedule.steps, 1_000_000 - 327_315);
  strictEqual(schedule(672_685), 0.000003);
});

Deno.test("gaussian() may start at its peak or at its end value", () => {
  const falling = gaussian({ peak: 1, end: 0.01, start: 1, steps: 10 });
  strictEqual(falling(0), 1);
  const whole = gaussian({ peak: 1, end: 0.01, start: 0.01, steps: 10 });
  close(whole(0), 0.01);
  deepStrictEqual(
    [0, 3, 5, 9].map(whole),
    [0, 3, 5, 9].map(gaussian({ peak: 1, end: 0.01, steps: 10 })),
  );
});

Deno.test("gaussian() refuses values out of order", () => {
  throws(() => gaussian({ peak: 1, end: 1, steps: 10 }), {
    name: "RangeError",
    message: "end must be < peak, which is 1, got 1",
  });
  throws(() => gaussian({ peak: 1, end: 0.1, start: 2, steps: 10 }), {
    name: "RangeError",
    message: "start must be from end to peak, 0.1 to 1, got 2",
  });
  throws(() => gaussian({ peak: 1, end: 0, steps: 10 }), {
    name: "RangeError",
    message: "end must be > 0, got 0",
  });
});
