/** What is read off courses that are made up. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  costPerStep,
  finalLoss,
  initialSpike,
  lateError,
  leastLoss,
  rateAtSpikes,
  rateSpread,
  settledRate,
  spikes,
  unsteadier,
  unsteadiness,
} from "../../../lib/studies/lossgrad/courses.ts";
import type { Run } from "../../../lib/studies/study.ts";
import { fakes } from "../fake_runs.ts";

/** The fakes' trainings have 20 epochs of 100 batches. */
const STEPS = 2000;

/** A run with a record every fifth batch. */
function run(
  { rate = () => 0.1, loss = () => 1, status = "done" }: {
    rate?: (step: number) => number;
    loss?: (step: number) => number;
    status?: "done" | "diverged";
  },
  losses = [3, 2, 1],
): Run {
  const steps = Array.from({ length: STEPS / 5 }, (_, i) => 5 * i);
  return {
    ...fakes({ arm: "a", errors: losses, seeds: 1, status })[0]!,
    control: {
      steps,
      rates: steps.map(rate),
      losses: steps.map(loss),
      costs: [],
      taken: STEPS,
      events: {},
    },
    forwardPasses: 4 * STEPS,
  };
}

const near = (actual: number, expected: number) =>
  ok(Math.abs(actual - expected) < 1e-9, `${actual}, expected ${expected}`);

Deno.test("the settled step size is the geometric mean over batches 600 to 800", () => {
  const two = run({
    rate: (step) => step < 600 || step >= 800 ? 9 : step % 10 === 0 ? 0.01 : 1,
  });
  near(settledRate(two)!, Math.log(0.1));
  const cut = (end: number): Run => {
    const whole = run({ status: "diverged" });
    const { steps, rates } = whole.control!;
    const kept = steps.filter((step) => step <= end);
    return {
      ...whole,
      control: {
        ...whole.control!,
        steps: kept,
        rates: [...rates.slice(0, kept.length - 1), 0],
      },
    };
  };
  strictEqual(settledRate(cut(700)), undefined);
  // What happens after batch 800 is not its matter.
  near(settledRate(cut(900))!, Math.log(0.1));
});

Deno.test("an initial spike is measured against the second half's median", () => {
  const peak = run({ rate: (step) => step === 300 ? 0.8 : 0.1 });
  near(initialSpike(peak), Math.log(8));
  near(initialSpike(run({ rate: (step) => step === 900 ? 0.8 : 0.1 })), 0);
});

Deno.test("the spread of ln η is that of the second half", () => {
  const alternating = run({
    rate: (step) => step < 1000 ? 9 * (step + 1) : step % 10 === 0 ? 1 : Math.E,
  });
  near(rateSpread(alternating), 0.5);
});

Deno.test("a spike is high above what was before and against the first loss; it counts once", () => {
  const course = (heights: Record<number, number>) =>
    run({ loss: (step) => step === 0 ? 2 : heights[step] ?? 0.1 });
  deepStrictEqual(spikes(course({})), []);
  // From batch 500 to 510: one spike; the index counts records.
  const one = course({ 500: 1, 505: 0.9, 510: 0.5 });
  deepStrictEqual(spikes(one), [100]);
  // Three times the median, but less than a fifth of the first loss.
  deepStrictEqual(spikes(course({ 500: 0.35 })), []);
  deepStrictEqual(spikes(course({ 500: 1, 600: 1 })), [100, 120]);
  // Too early to have thirty losses before it.
  deepStrictEqual(spikes(course({ 100: 1 })), []);
});

Deno.test("the step size before a spike is compared with those around", () => {
  const loss = (step: number) => step === 0 ? 2 : step === 500 ? 1 : 0.1;
  const peak = run({ loss, rate: (step) => step === 495 ? 0.3 : 0.1 });
  near(rateAtSpikes(peak)!, Math.log(3));
  near(rateAtSpikes(run({ loss }))!, 0);
  strictEqual(rateAtSpikes(run({})), undefined);
});

Deno.test("unsteadiness is the mean change between epochs of the second half", () => {
  near(unsteadiness(run({}, [9, 9, 1, 2, 1])), 1);
  near(unsteadiness(run({}, [9, 5, 1, 1, 1])), 0);
  ok(Number.isNaN(unsteadiness(run({ status: "diverged" }))));
});

Deno.test("less steady: a ratio, or a convention where a run diverged", () => {
  const calm = run({}, [9, 9, 1, 1.1, 1]);
  const rough = run({}, [9, 9, 1, 1.3, 1]);
  const lost = run({ status: "diverged" });
  near(unsteadier(rough, calm), Math.log(3));
  near(unsteadier(lost, calm), Math.log(10));
  near(unsteadier(calm, lost), -Math.log(10));
  near(unsteadier(lost, lost), 0);
  near(unsteadier(run({}, [9, 1, 1]), run({}, [9, 1, 1])), 0);
});

Deno.test("the late error is that of the last quarter, the first of a run that diverged", () => {
  const errors = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.1];
  near(lateError("test")(run({}, errors)), 20);
  near(lateError("test")(run({ status: "diverged" }, errors)), 90);
});

Deno.test("losses: the last, or the first of a run that diverged; the least is chosen", () => {
  strictEqual(finalLoss("test")(run({})), 1);
  strictEqual(finalLoss("test")(run({ status: "diverged" })), 3);
  const arm = (loss: number) =>
    new Map(
      fakes({ arm: "a", errors: [3, loss], seeds: 2 }).map((made) => [
        made.plan.seed,
        {
          ...made,
          evaluation: { validation: made.evaluation.test! },
        } as Run,
      ]),
    );
  const arms = new Map([["a", arm(2)], ["b", arm(1)]]);
  strictEqual(leastLoss(arms, ["a", "b", "missing"]).name, "b");
});

Deno.test("cost is counted in forward passes a step", () => {
  strictEqual(costPerStep(run({})), 4);
});
