import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import { figureCaption } from "../../lib/figures/figure.ts";
import { rangeTest } from "../../lib/rate_finder/range_test.ts";
import { foundRatesFigure } from "../../lib/rate_finder/found_rates_figure.ts";
import { close } from "../schedules/close.ts";

/** A trial whose losses are those of a list, and what was done with it. */
function listed(losses: readonly number[]) {
  const rates: number[] = [];
  const trial = {
    rates,
    restored: 0,
    step: (rate: number) => losses[rates.push(rate) - 1]!,
    restore: () => void trial.restored++,
  };
  return trial;
}

Deno.test("rangeTest() rises from the first rate to the last, on either ramp", async () => {
  const trial = listed(new Array(5).fill(1));
  await rangeTest(trial, { from: 1e-3, to: 10, steps: 5 });
  [1e-3, 1e-2, 0.1, 1, 10].forEach((rate, i) => close(trial.rates[i]!, rate));
  const straight = listed(new Array(5).fill(1));
  const options = { from: 1, to: 9, steps: 5, ramp: "linear" } as const;
  const found = await rangeTest(straight, options);
  deepStrictEqual(straight.rates, [1, 3, 5, 7, 9]);
  deepStrictEqual(found.rates, straight.rates);
  deepStrictEqual([found.stopped, straight.restored], ["end", 1]);
});

Deno.test("rangeTest() smooths without a bias at the start", async () => {
  const { smoothed } = await rangeTest(listed([4, 2, 1]), {
    steps: 3,
    smoothing: 0.5,
  });
  // Weights ½ⁱ, over their sum.
  [4, (2 * 2 + 4) / 3, (4 * 1 + 2 * 2 + 4) / 7].forEach((value, i) =>
    close(smoothed[i]!, value)
  );
});

Deno.test("rangeTest() stops where the smoothed loss exceeds its least", async () => {
  const trial = listed([2, 1, 3.9, 4.1, 1]);
  const { losses, stopped } = await rangeTest(trial, {
    steps: 5,
    smoothing: 0,
  });
  deepStrictEqual(losses, [2, 1, 3.9, 4.1]);
  deepStrictEqual([stopped, trial.restored], ["diverged", 1]);
});

Deno.test("rangeTest() stops at a loss that is not finite, and keeps it out of what it suggests", async () => {
  for (const bad of [NaN, Infinity]) {
    const falling = Array.from({ length: 40 }, (_, i) => 3 - i / 20);
    const trial = listed([...falling, bad, 1]);
    const found = await rangeTest(trial, { steps: 60 });
    strictEqual(found.losses.length, 41);
    deepStrictEqual([found.stopped, trial.restored], ["not finite", 1]);
    for (const rate of Object.values(found.suggestions)) ok(rate !== null);
  }
});

Deno.test("rangeTest() restores the state after an error and when stopped", async () => {
  const failing = listed([]);
  failing.step = () => {
    throw new Error("out of memory");
  };
  await rejects(rangeTest(failing), /out of memory/);
  strictEqual(failing.restored, 1);
  const controller = new AbortController();
  const stopped = listed(new Array(100).fill(1));
  const { step } = stopped;
  stopped.step = (rate) => {
    if (stopped.rates.length === 3) controller.abort(new Error("stopped"));
    return step(rate);
  };
  await rejects(rangeTest(stopped, { signal: controller.signal }), /stopped/);
  deepStrictEqual([stopped.rates.length, stopped.restored], [4, 1]);
});

Deno.test("rangeTest() finds rates below the limit of stability of a quadratic", async () => {
  // Two curvatures; gradient descent diverges above 2/λ, λ the larger.
  const curvatures = [1, 20];
  let weights = [1, 1];
  const { suggestions, stopped } = await rangeTest({
    step(rate) {
      const loss = 1 + curvatures.reduce(
        (sum, curvature, i) => sum + curvature * weights[i]! ** 2 / 2,
        0,
      );
      weights = weights.map((w, i) => w * (1 - rate * curvatures[i]!));
      return loss;
    },
    restore: () => void (weights = [1, 1]),
  }, { from: 1e-5, to: 10, steps: 200, smoothing: 0.9 });
  strictEqual(stopped, "diverged");
  deepStrictEqual(weights, [1, 1]);
  for (const [name, rate] of Object.entries(suggestions)) {
    ok(rate !== null && rate > 1e-4 && rate < 2 / 20, `${name} ${rate}`);
  }
});

Deno.test("rangeTest() refuses options out of range, before it takes a step", async () => {
  const trial = listed([]);
  const wrong = [
    [{ from: 0 }, /from must be a number > 0, got 0/],
    [{ from: 1, to: 1 }, /to must be a number > from, 1, got 1/],
    [{ steps: 1 }, /steps must be an integer ≥ 2, got 1/],
    [{ smoothing: 1 }, /smoothing must be ≥ 0 and < 1, got 1/],
    [{ divergence: 1 }, /divergence must be > 1, got 1/],
    [{ ramp: "cosine" as "linear" }, /exponential or linear, got cosine/],
  ] as const;
  for (const [options, message] of wrong) {
    await rejects(rangeTest(trial, options), { name: "RangeError", message });
  }
  deepStrictEqual([trial.rates.length, trial.restored], [0, 0]);
});

Deno.test("foundRatesFigure() draws both curves and every suggestion there is", async () => {
  const losses = Array.from({ length: 60 }, (_, i) => 3 - i / 30);
  const found = await rangeTest(listed(losses), { steps: 60 });
  const figure = foundRatesFigure(found);
  deepStrictEqual(
    figure.data.map(({ name }) => String(name).split(" ")[0]),
    ["loss", "smoothed", "valley", "slide", "minimum", "steep"],
  );
  match(
    figureCaption(figure)!,
    /^60 steps, to the end of the range\. Suggestions: valley .*, steep /,
  );
});

Deno.test("foundRatesFigure() leaves out losses that would hide the others", async () => {
  const falling = Array.from({ length: 58 }, (_, i) => 3 - i / 30);
  const found = await rangeTest(listed([...falling, 1e6, NaN]), {
    steps: 60,
    divergence: Infinity,
  });
  const figure = foundRatesFigure(found);
  const drawn = (figure.data[0] as unknown as { y: number[] }).y;
  ok(drawn.every((loss) => !(loss > 4.5)));
  match(figureCaption(figure)!, / Losses above 4\.5 are not drawn\.$/);
});
