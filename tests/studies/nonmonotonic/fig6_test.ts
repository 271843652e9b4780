import { ok, strictEqual } from "node:assert";
import { fig6 } from "../../../lib/studies/nonmonotonic/fig6.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import type { Run } from "../../../lib/studies/study.ts";
import { jitter, runsOfPlans } from "./runs_of_plans.ts";

const plans = fig6.plans("small")!;

const isLaplacian = ({ arm }: RunPlan) => arm.startsWith("Laplacian");

/** Runs in which the Laplacian errs so much more, by its peak. */
const runsWith = (more: (peak: number, plan: RunPlan) => number) =>
  runsOfPlans(plans, (plan) => ({
    test: 0.4 + jitter(plan) +
      (isLaplacian(plan) ? more(Number(plan.arm.split(", ").at(-1)), plan) : 0),
  }));

const judged = (more: (peak: number, plan: RunPlan) => number) =>
  fig6.judge(runsWith(more), "small");

Deno.test("fig6: reproduced, contradicted and inconclusive", () => {
  strictEqual(judged(() => 0.02).verdict, "reproduced");
  strictEqual(judged(() => -0.02).verdict, "contradicted");
  strictEqual(
    judged((_, { seed }) => 0.05 * Math.sin(3 * seed)).verdict,
    "inconclusive",
  );
  const runs = runsWith(() => 0.02).map((run): Run =>
    run.plan.arm.startsWith("Gaussian") ? { ...run, status: "diverged" } : run
  );
  strictEqual(fig6.judge(runs, "small").verdict, "contradicted");
});

Deno.test("fig6: the Laplacian may take larger peaks than the Gaussian, whose area is larger", () => {
  // At 0.06 it is as good as the Gaussian, at the shared peaks it is not.
  const { verdict, notes } = judged((peak) => peak === 0.06 ? 0 : 0.05);
  strictEqual(verdict, "contradicted");
  ok(!notes.some((note) => note.startsWith("Laplacian")));
  // Falling up to the last: said.
  const { notes: further } = judged((peak) => 0.01 - peak / 10);
  ok(further.includes(
    "Laplacian, continuous, 40 epochs: the chosen rate, 0.1, is the largest that was tried; the best may lie beyond.",
  ));
});
