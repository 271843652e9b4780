import { match, ok, strictEqual } from "node:assert";
import { runId, type RunPlan } from "../../../lib/studies/plan.ts";
import { fig6 } from "../../../lib/studies/nonmonotonic/fig6.ts";
import { start } from "../../../lib/studies/nonmonotonic/start.ts";
import { jitter, runsOfPlans } from "./runs_of_plans.ts";

const plans = start.plans("small")!;

/** The verdict where the foot costs so much of the error, at each length. */
function judged(cost: (plan: RunPlan) => number) {
  const runs = runsOfPlans(plans, (plan) => ({
    test: 0.4 + jitter(plan) +
      (plan.arm.startsWith("t_offset = 0") ? cost(plan) : 0),
  }));
  return start.judge(runs, "small");
}

Deno.test("start: safe where the foot costs next to nothing, or even gains", () => {
  for (const cost of [0.002, -0.03]) {
    const { verdict, reason } = judged(() => cost);
    strictEqual(verdict, "reproduced");
    match(reason, /^t_offset = 0 is safe/);
  }
});

Deno.test("start: the offset is needed where the foot costs more than a point", () => {
  const { verdict, reason, measured } = judged(() => 0.05);
  strictEqual(verdict, "contradicted");
  match(reason, /^too small a start does not lead to success/);
  ok(Math.abs(measured.value as number - 5) < 0.2);
});

Deno.test("start: not decided where it costs about a point", () => {
  const { verdict, reason } = judged(() => 0.01);
  strictEqual(verdict, "inconclusive");
  match(reason, /^not decided/);
});

Deno.test("start: the answer may depend on the length", () => {
  const { verdict, notes } = judged(({ training }) =>
    training.epochs === 20 ? 0.05 : 0
  );
  strictEqual(verdict, "contradicted");
  match(notes[0]!, /^20 epochs: too small a start/);
  match(notes[1]!, /^40 epochs: t_offset = 0 is safe/);
});

Deno.test("start shares the whole Gaussians of figure 6", () => {
  const there = new Set(fig6.plans("small")!.map(runId));
  const shared = plans.filter((plan) => there.has(runId(plan)));
  strictEqual(shared.length, 5 * (2 + 1));
});

Deno.test("start: both answers are corrected for the number of claims", () => {
  for (const cost of [0, 0.05]) {
    const runs = runsOfPlans(plans, (plan) => ({
      test: 0.4 + jitter(plan) +
        (plan.arm.startsWith("t_offset = 0") ? cost : 0),
    }));
    const { twoAnswers, p } = start.judge(runs, "small");
    strictEqual(twoAnswers, true);
    ok(p! < 1e-3);
  }
});
