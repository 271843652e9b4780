import { ok, strictEqual } from "node:assert";
import fc from "fast-check";
import { constant } from "../../lib/schedules/constant.ts";
import { cosine } from "../../lib/schedules/cosine.ts";
import { noise } from "../../lib/schedules/noise.ts";
import { close } from "./close.ts";

const inner = cosine({ from: 0.1, to: 0.01, steps: 100 });

Deno.test("noise() stays within its amount, and never changes a sign", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    fc.double({ min: 0.001, max: 1, noNaN: true }),
    fc.constantFrom("uniform", "normal"),
    fc.integer({ min: 0, max: 100 }),
    (seed, amount, distribution, t) => {
      const schedule = noise({ inner, amount, seed, distribution });
      const value = schedule(t);
      ok(Math.abs(value - inner(t)) <= amount * inner(t) * (1 + 1e-12));
      ok(value >= 0);
      strictEqual(schedule(t), value);
    },
  ));
});

Deno.test("noise() is there from `begin` up to `until` only", () => {
  const schedule = noise({ inner, amount: 0.5, seed: 3, begin: 20, until: 40 });
  for (let t = 0; t <= 100; t++) {
    strictEqual(schedule(t) !== inner(t), t >= 20 && t < 40);
  }
  strictEqual(schedule.steps, 100);
});

Deno.test("noise() lasts for `every` steps", () => {
  const schedule = noise({
    inner: constant({ value: 1 }),
    amount: 0.5,
    seed: 3,
    every: 10,
  });
  for (let t = 0; t < 100; t++) {
    strictEqual(schedule(t), schedule(10 * Math.floor(t / 10)));
  }
  ok(schedule(0) !== schedule(10));
});

Deno.test("noise() has the mean and spread of its distribution", () => {
  const count = 20_000;
  // Of a normal distribution cut at two standard deviations, 0.7737 remain.
  for (
    const [distribution, variance] of [
      ["uniform", 1 / 3],
      ["normal", 0.7737413 / 4],
    ] as const
  ) {
    const schedule = noise({
      inner: constant({ value: 1 }),
      amount: 0.5,
      seed: 5,
      distribution,
    });
    const values = Array.from(
      { length: count },
      (_, t) => (schedule(t) - 1) / 0.5,
    );
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const squares = values.reduce((sum, x) => sum + x * x, 0) / count;
    // Four standard errors; the seed is fixed.
    close(mean, 0, 0, 4 * Math.sqrt(variance / count));
    close(squares, variance, 0.03);
  }
});
