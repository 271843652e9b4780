import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import {
  type Averaging,
  exponentialAverage,
  parseAveraging,
  stochasticWeightAverage,
} from "../../lib/optimizers/mod.ts";
import { linear } from "../../lib/schedules/linear.ts";

/** The average of numbers 0, 1, 2, … (after steps 0, 1, 2, …), begun at -1. */
function averageOf({ share }: Averaging, steps: number): number {
  let average = -1;
  for (let t = 0; t < steps; t++) average += share(t) * (t - average);
  return average;
}

Deno.test("a stochastic average is the mean of what was taken", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 120 }),
    (from, every, steps) => {
      const taken: number[] = [];
      for (let t = 0; t < steps; t++) {
        if (t + 1 >= from && (t + 1 - from) % every === 0) taken.push(t);
      }
      const mean = taken.length === 0
        ? -1
        : taken.reduce((sum, t) => sum + t) / taken.length;
      const averaging = stochasticWeightAverage({ from, every });
      ok(Math.abs(averageOf(averaging, steps) - mean) < 1e-9);
      strictEqual(steps >= averaging.begins, taken.length > 0);
    },
  ));
});

Deno.test("an exponential average forgets by its decay", () => {
  const { share } = exponentialAverage({ decay: 0.75, warmUp: false });
  strictEqual(share(0), 0.25);
  strictEqual(share(1e6), 0.25);
  const warm = exponentialAverage({ decay: 0.999 });
  for (const [t, keep] of [[0, 1 / 10], [1, 2 / 11], [90, 91 / 100]] as const) {
    strictEqual(warm.share(t), 1 - keep);
  }
  strictEqual(warm.share(1e6), 1 - 0.999);
  const scheduled = exponentialAverage({
    decay: linear({ from: 0.5, to: 0.75, steps: 10 }),
    warmUp: false,
  });
  strictEqual(scheduled.share(10), 0.25);
});

Deno.test("a spec makes the averaging again", () => {
  for (
    const averaging of [
      exponentialAverage(),
      exponentialAverage({
        decay: linear({ from: 0.5, to: 0.75, steps: 10 }),
        warmUp: false,
        statistics: "recalibrate",
      }),
      stochasticWeightAverage({ from: 7, every: 3 }),
    ]
  ) {
    const again = parseAveraging(JSON.parse(JSON.stringify(averaging.spec)));
    deepStrictEqual(again.spec, averaging.spec);
    strictEqual(again.statistics, averaging.statistics);
    strictEqual(averageOf(again, 20), averageOf(averaging, 20));
  }
});

Deno.test("what is wrong is refused by name", () => {
  const refuse = (spec: unknown, message: string | RegExp) =>
    throws(() => parseAveraging(spec), { message });
  refuse(
    { kind: "exponentialAverag" },
    'kind must be the name of an averaging, got "exponentialAverag"; did you mean "exponentialAverage"?',
  );
  refuse(
    { kind: "exponentialAverage", decay: 1 },
    "decay must be in [0, 1), got 1",
  );
  refuse(
    { kind: "exponentialAverage", deacy: 0.9 },
    /has no field "deacy"; did you mean "decay"\?$/,
  );
  refuse({ kind: "stochasticWeightAverage" }, /^from is missing/);
  refuse(
    { kind: "stochasticWeightAverage", from: 1.5 },
    /^from must be an integer ≥ 1, got 1.5$/,
  );
});
