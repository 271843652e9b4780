import { match, ok, strictEqual } from "node:assert";
import { table4 } from "../../../lib/studies/nonmonotonic/table4.ts";
import { distinct } from "../../../lib/studies/plan.ts";
import { jitter, runsOfPlans } from "./runs_of_plans.ts";

Deno.test("table4: measured on a stand-in, and so not judged", () => {
  const runs = runsOfPlans(table4.plans("small")!, (plan) => ({
    test: 0.3 + jitter(plan) - (plan.arm.includes("Gaussian") ? 0.02 : 0),
  }));
  const { verdict, reason, measured, p, notes } = table4.judge(runs, "small");
  strictEqual(verdict, "not judged");
  strictEqual(reason, "stand-in data: CIFAR-10 for ImageNet");
  strictEqual(p, undefined);
  ok(Math.abs(measured.value as number - 2) < 0.2);
  match(
    notes[2]!,
    /^AlexNet, naive, .*the paper's: 0\.92; not judged: stand-in data/,
  );
  match(notes.at(-1)!, /270 \(naive\)/);
});

Deno.test("table4: both AlexNet rows share their runs with steps; ImageNet is not held", () => {
  const plans = table4.plans("small")!;
  const steps = plans.filter(({ arm }) => /^AlexNet.*step/.test(arm));
  strictEqual(steps.length, 10);
  strictEqual(distinct(steps).length, 5);
  strictEqual(table4.plans("paper"), undefined);
});
