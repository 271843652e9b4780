import { match, ok, strictEqual } from "node:assert";
import { runId, type RunPlan } from "../../../lib/studies/plan.ts";
import { fig5 } from "../../../lib/studies/nonmonotonic/fig5.ts";
import { fig6 } from "../../../lib/studies/nonmonotonic/fig6.ts";
import { fig7 } from "../../../lib/studies/nonmonotonic/fig7.ts";
import { jitter, type MadeUp, runsOfPlans } from "./runs_of_plans.ts";

const plans = fig7.plans("small")!;

/** γmax of an arm of Gaussians. */
const peakOf = ({ arm }: RunPlan) => Number(arm.split(", ")[2]);

/** Test errors by arm; the gradient tells them, the cost does not. */
function madeUp(gaussian: (plan: RunPlan) => number) {
  return (plan: RunPlan): MadeUp => {
    const test = plan.arm.startsWith("Gaussian") ? gaussian(plan) : 0.42;
    return {
      test: test + jitter(plan),
      gradient: 10 * test + jitter(plan),
      cost: Math.sin(1000 * peakOf(plan) + plan.training.epochs),
    };
  };
}

const judged = (gaussian: (plan: RunPlan) => number) =>
  fig7.judge(runsOfPlans(plans, madeUp(gaussian)), "small");

Deno.test("fig7: reproduced where every Gaussian is better, and the gradient tells", () => {
  const { verdict, measured, notes } = judged((plan) =>
    0.38 + peakOf(plan) / 4
  );
  strictEqual(verdict, "reproduced");
  // The worst of them: 0.38 + 0.06/4 against 0.42.
  ok(Math.abs(measured.value as number - 2.5) < 0.3, `${measured.value}`);
  match(notes[0]!, /worst Gaussian \(γmax 0\.06, \d+ epochs\).*reproduced/);
  match(notes[1]!, /predicts better than the cost: reproduced/);
});

Deno.test("fig7: contradicted where one setting is worse than the step schedule", () => {
  const { verdict, notes } = judged((plan) => peakOf(plan) > 0.05 ? 0.5 : 0.38);
  strictEqual(verdict, "contradicted");
  match(notes[0]!, /γmax 0\.06.*contradicted/);
});

Deno.test("fig7: where the cost tells as much, the gradient does not predict better", () => {
  const runs = runsOfPlans(plans, (plan) => {
    const made = madeUp((p) => 0.38 + peakOf(p) / 4)(plan);
    return { ...made, cost: made.gradient! };
  });
  const { verdict, notes } = fig7.judge(runs, "small");
  strictEqual(verdict, "contradicted");
  match(notes[1]!, /predicts better than the cost: contradicted/);
});

Deno.test("fig7: small gradients that go with large errors predict nothing claimed", () => {
  const runs = runsOfPlans(plans, (plan) => {
    const made = madeUp((p) => 0.38 + peakOf(p) / 4)(plan);
    return { ...made, gradient: -made.gradient! };
  });
  const { verdict, notes } = fig7.judge(runs, "small");
  strictEqual(verdict, "contradicted");
  match(notes[1]!, /predicts better than the cost: contradicted.*‖g‖ -/);
});

Deno.test("fig7: a peak no higher than twice the steps' rate is no peak", () => {
  // The steps do best at 0.03 on the validation split; 0.01 to 0.03 are as low.
  const runs = runsOfPlans(plans, (plan) => ({
    ...madeUp((p) => peakOf(p) < 0.05 ? 0.5 - peakOf(p) : 0.38)(plan),
    validation: plan.arm.endsWith(" 0.03") ? 0.2 : 0.3,
  }));
  const { notes } = fig7.judge(runs, "small");
  match(notes[0]!, /worst Gaussian \(γmax 0\.06, .*: reproduced/);
  ok(notes.includes(
    "step: the chosen rate, 0.03, is the largest that was tried; the best may lie beyond.",
  ));
});

Deno.test("fig7: noise is inconclusive, Gaussians that diverged are not reproduced", () => {
  const noisy = judged((plan) =>
    0.42 + 0.05 * Math.sin(40 * plan.seed + 100 * peakOf(plan))
  );
  strictEqual(noisy.verdict, "inconclusive");
  const runs = runsOfPlans(plans, madeUp((plan) => 0.38 + peakOf(plan) / 4))
    .map((run) =>
      run.plan.arm.startsWith("Gaussian")
        ? { ...run, status: "diverged" as const }
        : run
    );
  strictEqual(fig7.judge(runs, "small").verdict, "contradicted");
});

Deno.test("fig7 compares steps of as much learning rate as the chosen Gaussian has", () => {
  const runs = runsOfPlans(plans, (plan) => ({
    ...madeUp(() => 0.38)(plan),
    // The Gaussian does best at 0.01, the control at 0.03.
    validation: plan.arm === "Gaussian, 20 epochs, 0.01" ? 0.2 : 0.3,
    test: plan.arm === "step of equal area, 0.01" ? 0.5 : 0.38,
  }));
  match(
    fig7.judge(runs, "small").notes[2]!,
    /in all minus the Gaussian: 12\.0/,
  );
});

Deno.test("fig7 shares the runs of figures 5 and 6", () => {
  const there = new Set(
    [fig5, fig6].flatMap((item) => item.plans("small")!.map(runId)),
  );
  const shared = plans.filter((plan) => there.has(runId(plan)));
  // Two peaks at two lengths, two steps, the linear model; five seeds each.
  strictEqual(shared.length, 5 * (2 * 2 + 2 + 1));
});

Deno.test("fig7 draws what predicts the error, and the error against the peak", () => {
  const runs = runsOfPlans(plans, madeUp((plan) => 0.38 + peakOf(plan) / 4));
  const figures = fig7.figures(runs, "small");
  strictEqual(figures.length, 2);
  ok(figures.every(({ figure }) => figure.data.length >= 3));
});
