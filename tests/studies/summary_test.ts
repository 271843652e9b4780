import { deepStrictEqual, strictEqual } from "node:assert";
import { MOST_RATES, summarise } from "../../lib/studies/summary.ts";
import type { RunRecord, StepRecord } from "../../lib/training/records.ts";

Deno.test("summarise keeps evaluations and the means of each epoch", () => {
  const step = (n: number, loss: number, gradientNorm?: number) => ({
    step: n,
    epoch: n / 2,
    loss,
    learningRate: 0.1 * (n + 1),
    cost: 3 * (n + 1),
    ...gradientNorm === undefined ? {} : { gradientNorm },
  });
  const evaluation = (epoch: number, error: number) => ({
    step: 2 * epoch,
    epoch,
    evaluation: { test: { loss: 1, error } },
  });
  const summary = summarise("id", "done", [
    evaluation(0, 0.9),
    step(0, 3, 5),
    step(1, 1),
    evaluation(1, 0.5),
    step(2, 0.5, 2),
    step(3, 0.25, 4),
    evaluation(2, 0.25),
  ], 1.26);
  deepStrictEqual(summary.evaluatedEpochs, [0, 1, 2]);
  deepStrictEqual(summary.evaluation.test!.error, [0.9, 0.5, 0.25]);
  deepStrictEqual(summary.epochMeans.loss, [2, 0.375]);
  deepStrictEqual(summary.epochMeans.gradientNorm, [5, 3]);
  deepStrictEqual(summary.epochMeans.learningRate, [0.15, 0.35]);
  strictEqual(summary.forwardPasses, 12);
  strictEqual(summary.seconds, 1.3);
});

Deno.test("summarise keeps the means of what telemetry measured", () => {
  const step = (n: number, curvature?: number) => ({
    step: n,
    epoch: n / 4,
    loss: 1,
    learningRate: 0.1,
    cost: 3,
    ...curvature === undefined ? {} : { measured: { curvature } },
  });
  const records = [
    step(0, 1),
    step(1),
    step(2, 3),
    step(4, 5),
    step(5),
  ];
  deepStrictEqual(summarise("id", "done", records, 1).measured, {
    curvature: [2, 5],
  });
  strictEqual(summarise("id", "done", [step(1)], 1).measured, undefined);
});

Deno.test("summarise keeps what whole splits came to, an evaluation at a time", () => {
  const evaluation = (epoch: number, meanIntersectionOverUnion: number) => ({
    step: epoch,
    epoch,
    evaluation: {
      test: { loss: 1, error: 0.5, measured: { meanIntersectionOverUnion } },
    },
  });
  const { test } = summarise("id", "done", [
    evaluation(0, 0.1),
    evaluation(2, 0.4567891),
  ], 1).evaluation;
  deepStrictEqual(test!.measured, {
    meanIntersectionOverUnion: [0.1, 0.45679],
  });
});

Deno.test("summarise keeps what a controller did: step sizes thinned, events counted, cost", () => {
  const count = 2 * MOST_RATES;
  const records: RunRecord[] = Array.from({ length: count }, (_, n) => ({
    step: n,
    epoch: n / count,
    loss: 1,
    learningRate: n,
    slope: -1,
    cost: 8 * (n + 1),
    ...n > 4 ? { events: { floor: 3 } } : {},
  }));
  const evaluation = (step: number): RunRecord => ({
    step,
    epoch: step / count,
    evaluation: { test: { loss: 1, error: 0.5 } },
  });
  const { control, forwardPasses } = summarise("id", "done", [
    evaluation(0),
    ...records,
    evaluation(count),
  ], 0);
  strictEqual(control!.steps.length, MOST_RATES);
  deepStrictEqual(control!.steps.slice(0, 3), [0, 2, 4]);
  deepStrictEqual(control!.rates.slice(0, 3), [0, 2, 4]);
  deepStrictEqual(control!.losses.slice(0, 3), [1, 1, 1]);
  deepStrictEqual(control!.costs, [0, 8 * count]);
  deepStrictEqual(control!.events, { floor: 3 });
  strictEqual(control!.taken, count);
  strictEqual(forwardPasses, 8 * count);
});

Deno.test("summarise keeps how far losses fell where telemetry is kept", () => {
  const step = (n: number, more: Partial<StepRecord> = {}): StepRecord => ({
    step: n,
    epoch: n,
    loss: 1,
    learningRate: 1,
    slope: -1,
    cost: n + 1,
    ...more,
  });
  const measured = { a: 1 };
  const kept = summarise("id", "done", [
    step(0, { measured, actualDecrease: 0.1234567 }),
    step(1),
  ], 0);
  deepStrictEqual(kept.control!.decreases, [0.12346, null]);
  const plain = summarise("id", "done", [step(0, { actualDecrease: 1 })], 0);
  strictEqual(plain.control!.decreases, undefined);
});

Deno.test("steps that have no record cost what those before them did", () => {
  const step = (n: number): RunRecord => ({
    step: n,
    epoch: n / 10,
    loss: 1,
    learningRate: 1,
    slope: -1,
    cost: 4 * (n + 1),
  });
  const { control } = summarise("id", "done", [step(0), step(5), {
    step: 10,
    epoch: 1,
    evaluation: {},
  }], 0);
  deepStrictEqual(control!.costs, [40]);
});

/** Forty steps of ten an epoch, recorded every second, that stand still from one on. */
function standing(still: number, counted: (step: number) => number) {
  const records: RunRecord[] = [];
  for (let n = 0; n <= 40; n++) {
    if (n % 10 === 0) {
      const means = { loss: n > still ? 1e28 : 2, error: 0.9 - n / 100 };
      records.push({
        step: n,
        epoch: n / 10,
        evaluation: { test: means },
      });
    }
    if (n === 40 || n % 2 === 1) continue;
    records.push({
      step: n,
      epoch: n / 10,
      loss: 1,
      learningRate: n < still ? 0.1 : 0,
      slope: -1,
      cost: 3 * (n + 1),
      events: { "not finite": counted(n) },
    });
  }
  return summarise("id", "done", records, 1);
}

Deno.test("a run that stands still has diverged there", () => {
  const run = standing(23, (step) => Math.max(0, step - 22));
  strictEqual(run.status, "diverged");
  deepStrictEqual(run.evaluatedEpochs, [0, 1, 2]);
  deepStrictEqual(run.evaluation.test, {
    loss: [2, 2, 2],
    error: [0.9, 0.8, 0.7],
  });
  strictEqual(run.epochMeans.loss.length, 3);
  deepStrictEqual(run.control!.rates.slice(-2), [0.1, 0]);
  strictEqual(run.control!.costs.length, 3);
  strictEqual(run.control!.taken, 39);
});

Deno.test("a run that only looks so has not", () => {
  // η is 0 for another reason: what was not finite was before.
  strictEqual(standing(23, () => 1).status, "done");
  // It moves again.
  strictEqual(standing(1000, (step) => step).status, "done");
  // It stands from the first step on.
  const still = standing(0, (step) => step + 1);
  strictEqual(still.status, "diverged");
  deepStrictEqual(still.evaluatedEpochs, [0]);
});
