import { match, strictEqual } from "node:assert";
import { fig5 } from "../../../lib/studies/nonmonotonic/fig5.ts";
import { jitter, runsOfPlans } from "./runs_of_plans.ts";

const plans = fig5.plans("small")!;

Deno.test("fig5: a good small model does not hide a weak large one", () => {
  const runs = runsOfPlans(plans, (plan) => ({
    test: (plan.arm.startsWith("large") ? 0.87 : 0.4) + jitter(plan),
  }));
  const { verdict, reason } = fig5.judge(runs, "small");
  strictEqual(verdict, "not judged");
  match(reason, /not well below a linear model's, 90\.0 % \(large model\)$/);
});
