import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { random } from "../../lib/schedules/random.ts";
import { close } from "./close.ts";

const seed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

Deno.test("random() is the same number for the same seed and interval", () => {
  fc.assert(fc.property(
    seed,
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 0, max: 1_000_000 }),
    (seed, every, index) => {
      const options = { low: 0, high: 1, seed };
      const schedule = random({ ...options, every });
      const value = random(options)(index);
      strictEqual(schedule(index * every), value);
      strictEqual(schedule((index + 1) * every - 1), value);
      ok(value >= 0 && value < 1);
    },
  ));
});

Deno.test("random() has the mean and spread of its distribution", () => {
  const count = 20_000;
  for (
    const [distribution, of] of [["uniform", (x: number) => x], [
      "logUniform",
      Math.log,
    ]] as const
  ) {
    const [low, high] = [0.001, 0.1];
    const schedule = random({ low, high, seed: 11, distribution });
    const values = Array.from({ length: count }, (_, t) => of(schedule(t)));
    const [least, most] = [of(low), of(high)];
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    const width = most - least;
    // Four standard errors; the seed is fixed.
    const tolerance = 4 * width / Math.sqrt(12 * count);
    close(mean, (least + most) / 2, 0, tolerance);
    close(squares / count, width ** 2 / 12, 0.03);
    ok(Math.min(...values) >= least && Math.max(...values) <= most);
  }
});

Deno.test("random() differs between seeds and far steps", () => {
  const far = 2 ** 40;
  const options = { low: 0, high: 1 };
  const values = [1, 2].flatMap((seed) =>
    [0, 1, 2 ** 32, far].map((t) => random({ ...options, seed })(t))
  );
  deepStrictEqual(new Set(values).size, values.length);
});

Deno.test("random() refuses limits out of order", () => {
  throws(() => random({ low: 1, high: 1, seed: 0 }), {
    name: "RangeError",
    message: "low must be < high, which is 1, got 1",
  });
  throws(
    () => random({ low: 0, high: 1, seed: 0, distribution: "logUniform" }),
    { message: 'low must be > 0 with "logUniform", got 0' },
  );
  throws(() => random({ low: 0, high: 1, seed: -1 }), {
    message: "seed must be an integer ≥ 0, got -1",
  });
});
