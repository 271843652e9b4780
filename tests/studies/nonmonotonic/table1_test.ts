import { match, ok, strictEqual } from "node:assert";
import { Purpose, randomStream } from "../../../lib/random/stream.ts";
import { table1 } from "../../../lib/studies/nonmonotonic/table1.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import { pack } from "../../../lib/studies/predictions.ts";
import { runsOfPlans } from "./runs_of_plans.ts";

const plans = table1.plans("small")!;

/**
 * Predictions for 16,000 examples of two classes: each network is sure of the true
 * class up to noise of its own, so that ensembles are better than their members.
 */
function predictions({ arm, seed }: RunPlan, lead: number): string {
  const random = randomStream(seed, Purpose.generatedData, arm.length);
  const rows = new Uint8Array(32_000);
  for (let i = 0; i < rows.length; i += 2) {
    const p = Math.min(1, Math.max(0, 0.5 + 0.1 * (lead + random.normal())));
    rows[i] = Math.round(255 * p);
    rows[i + 1] = 255 - rows[i]!;
  }
  return pack({ classes: 2, rows });
}

const isStep = ({ arm }: RunPlan) => arm.startsWith("step");

const judged = (
  step: (plan: RunPlan) => number,
  gaussian: (plan: RunPlan) => number,
  diverged: (plan: RunPlan) => boolean = () => false,
) => {
  const runs = runsOfPlans(plans, (plan) => ({
    test: 0.3,
    predictions: predictions(plan, (isStep(plan) ? step : gaussian)(plan)),
  })).map((run) =>
    run.plan.arm !== "linear model" && diverged(run.plan)
      ? { ...run, status: "diverged" as const }
      : run
  );
  return { runs, finding: table1.judge(runs, "small") };
};

Deno.test("table1: n networks that lead by s are as one that leads by s·√n", () => {
  // Φ(−0.7·√4) = 8.1 %, Φ(−0.7·√5) = 5.9 %; one that leads by 1.48: 6.9 %.
  const { finding, runs } = judged(() => 0.7, () => 1.48);
  strictEqual(finding.verdict, "reproduced");
  ok(Math.abs(finding.measured.value as number - (8.1 - 6.9)) < 0.6);
  match(finding.notes[0]!, /^4 step networks are not enough: reproduced/);
  match(finding.notes[1]!, /^5 step networks are enough: reproduced/);
  match(finding.notes[2]!, /^5 step networks together are as good/);
  match(
    finding.notes[3]!,
    /^1 step: 2[34]\.\d+ \[.*; 1 Gaussian: [67]\.\d+ \[/,
  );
  match(finding.notes[7]!, /^5 step: [56]\.\d+ \[.*; 5 Gaussian: 0\.\d+ \[/);
  strictEqual(table1.figures(runs, "small").length, 2);
});

Deno.test("table1: contradicted where four or fewer are enough", () => {
  // Φ(−0.7·√2) = 16.1 %, against Φ(−0.9) = 18.4 %.
  const { finding } = judged(() => 0.7, () => 0.9);
  strictEqual(finding.verdict, "contradicted");
  match(finding.notes[2]!, /^2 step networks together are as good as one/);
});

Deno.test("table1: contradicted where five are not enough either", () => {
  // Φ(−0.7·√5) = 5.9 %, against Φ(−1.9) = 2.9 %.
  const { finding } = judged(() => 0.7, () => 1.9);
  strictEqual(finding.verdict, "contradicted");
  match(finding.notes[0]!, /not enough: reproduced/);
  match(finding.notes[1]!, /are enough: contradicted/);
  match(finding.notes[2]!, /^5 step networks together are still worse/);
});

Deno.test("table1: inconclusive where single networks differ widely", () => {
  const { finding } = judged(
    () => 0.7,
    ({ seed }) => 1.5 + 0.5 * (seed % 3 - 1),
  );
  strictEqual(finding.verdict, "inconclusive");
});

Deno.test("table1: networks that diverged are no better than guessing", () => {
  // Both classes tie: 50 %.
  const { finding } = judged(() => 0.7, () => 1.48, (plan) => !isStep(plan));
  strictEqual(finding.verdict, "contradicted");
  match(finding.notes[3]!, /; 1 Gaussian: 50\.00 \[/);
});

Deno.test("table1: five networks need six seeds for an interval", () => {
  const runs = judged(() => 0.7, () => 1.48).runs
    .filter(({ plan }) => plan.seed < 5);
  const { verdict, reason } = table1.judge(runs, "small");
  strictEqual(verdict, "not judged");
  match(reason, /5 seeds, at least 6/);
});
