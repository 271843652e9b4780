import { match, ok, strictEqual } from "node:assert";
import { Purpose, randomStream } from "../../../lib/random/stream.ts";
import { table1 } from "../../../lib/studies/nonmonotonic/table1.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import { pack } from "../../../lib/studies/predictions.ts";
import { runsOfPlans } from "./runs_of_plans.ts";

const plans = table1.plans("small")!;

/**
 * Predictions for 2,000 examples of two classes: each network is sure of the true
 * class up to noise of its own, so that ensembles are better than their members.
 */
function predictions({ arm, seed }: RunPlan, lead: number): string {
  const random = randomStream(seed, Purpose.generatedData, arm.length);
  const rows = new Uint8Array(4000);
  for (let i = 0; i < 4000; i += 2) {
    const p = Math.min(1, Math.max(0, 0.5 + 0.1 * (lead + random.normal())));
    rows[i] = Math.round(255 * p);
    rows[i + 1] = 255 - rows[i]!;
  }
  return pack({ classes: 2, rows });
}

const judged = (step: number, gaussian: number) => {
  const runs = runsOfPlans(plans, (plan) => ({
    test: 0.3,
    predictions: predictions(
      plan,
      plan.arm.startsWith("step") ? step : gaussian,
    ),
  }));
  return { runs, finding: table1.judge(runs, "small") };
};

Deno.test("table1: n networks that lead by s are as one that leads by s·√n", () => {
  // Φ(−0.7) = 24.2 %, Φ(−0.7·√4) = 8.1 %, Φ(−0.7·√5) = 5.9 %; one of 1.9: 2.9 %.
  const { finding, runs } = judged(0.7, 1.9);
  strictEqual(finding.verdict, "reproduced");
  ok(Math.abs(finding.measured.value as number - (8.1 - 2.9)) < 0.7);
  match(finding.notes[0]!, /^5 step networks together are still worse/);
  match(
    finding.notes[1]!,
    /^1 step: 2[34]\.\d+ \[.*; 1 Gaussian: [23]\.\d+ \[/,
  );
  match(finding.notes[5]!, /^5 step: [56]\.\d+ %; 5 Gaussian: 0\.\d+ %$/);
  strictEqual(table1.figures(runs, "small").length, 2);
});

Deno.test("table1: contradicted where four or fewer are enough", () => {
  // Φ(−0.7·√2) = 16.1 %, against Φ(−0.9) = 18.4 %.
  const { finding } = judged(0.7, 0.9);
  strictEqual(finding.verdict, "contradicted");
  match(finding.notes[0]!, /^2 step networks together are as good as one/);
});
