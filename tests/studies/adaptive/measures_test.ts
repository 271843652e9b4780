/** What is read off runs that are made up. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { costs } from "../../../lib/studies/costs.ts";
import {
  deviation,
  endRate,
  epochsToPlateauOf,
  errorAtCost,
  errors,
  eventShare,
  logRates,
  meanError,
  meanLogLoss,
  overfitting,
} from "../../../lib/studies/adaptive/measures.ts";
import type { Run } from "../../../lib/studies/study.ts";
import { fakes } from "../fake_runs.ts";

/** A run of these test errors, one an epoch. */
const run = (test: number[], more: Partial<Run> = {}): Run => ({
  ...fakes({ arm: "a", errors: test, epochs: test.length - 1, seeds: 1 })[0]!,
  ...more,
});

Deno.test("speed: the mean error, and the mean log of the training loss", () => {
  const course = run([0.9, 0.5, 0.41, 0.405, 0.42, 0.4]);
  ok(Math.abs(meanError(course) - 42.7) < 1e-9);
  const loss = [Math.E, 1, Math.E ** 3];
  const train = { loss, error: loss };
  const losing = run([0.9, 0.5, 0.4], { evaluation: { train } });
  strictEqual(meanLogLoss(losing), 1.5);
  const cut = { train: { loss: loss.slice(0, 2), error: [] } };
  strictEqual(
    meanLogLoss({ ...losing, status: "diverged", evaluation: cut }),
    0.5,
  );
});

Deno.test("plateau: epochs until an error within a point of another arm's", () => {
  // Three at a time: 0.7, 0.6, 0.45, 0.41, 0.423, 0.41.
  const slow = run([0.9, 0.5, 0.4, 0.45, 0.38, 0.44]);
  const to = epochsToPlateauOf(new Map([[0, slow]]));
  strictEqual(to(slow), 3);
  strictEqual(to(run([0.9, 0.3, 0.3, 0.3, 0.3, 0.3])), 2);
  // Once is not enough, and what never gets there takes all epochs.
  strictEqual(to(run([0.9, 0.9, 0.39, 0.9, 0.9, 0.9])), 5);
  strictEqual(to({ ...slow, status: "diverged" }), 5);
});

Deno.test("a run that diverged has the errors that it began with", () => {
  const cut = run([0.9, 0.5, 0.4, 0.3], { status: "diverged" });
  const short: Run = {
    ...cut,
    evaluation: { test: { loss: [2, 1], error: [0.9, 0.5] } },
  };
  deepStrictEqual(errors(short, "test"), [90, 50, 90, 90]);
});

Deno.test("cost: what was counted, or in proportion to the epochs", () => {
  const plain = run([0.9, 0.5, 0.4], { forwardPasses: 60 });
  deepStrictEqual(costs(plain), [0, 30, 60]);
  const control = {
    steps: [],
    rates: [],
    losses: [],
    costs: [0, 80, 160],
    taken: 20,
    events: { floor: 5 },
  };
  const controlled = run([0.9, 0.5, 0.4], { control });
  deepStrictEqual(costs(controlled), [0, 80, 160]);
  ok(Math.abs(errorAtCost(controlled, 60) - 60) < 1e-9);
  strictEqual(errorAtCost(controlled, 0), 90);
  strictEqual(errorAtCost(controlled, 1000), 40);
  strictEqual(eventShare(controlled, "floor"), 0.25);
  strictEqual(eventShare(plain, "floor"), 0);
});

Deno.test("rates: logarithms of what is positive; the end is the last quarter", () => {
  const rated = run([0.9], {
    epochMeans: {
      loss: [],
      gradientNorm: [],
      learningRate: [1, -1, 1, 1, 1, 1, 1, Math.E, Math.E ** 3],
    },
  });
  strictEqual(logRates(rated).length, 8);
  ok(Math.abs(endRate(rated) - 2) < 1e-12);
  strictEqual(deviation([1, 3]), 1);
});

Deno.test("overfitting: test minus training error at the end", () => {
  const split = (error: number[]) => ({ loss: error, error });
  const course = run([0.9, 0.5], {
    evaluation: { test: split([0.9, 0.5]), train: split([0.9, 0.2]) },
  });
  ok(Math.abs(overfitting(course) - 30) < 1e-9);
});
