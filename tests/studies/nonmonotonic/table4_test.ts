import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
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

Deno.test("table4: both AlexNet rows share their runs with steps", () => {
  const plans = table4.plans("small")!;
  const steps = plans.filter(({ arm }) => /^AlexNet.*step/.test(arm));
  strictEqual(steps.length, 10);
  strictEqual(distinct(steps).length, 5);
});

Deno.test("table4: on ImageNet, of the five highest outputs, and for as long as the paper trains", () => {
  const plans = table4.plans("paper")!;
  ok(
    plans.every(({ training }) =>
      training.data.dataset === "imagenet" && training.top === 5
    ),
  );
  const epochs = (name: string) => [
    ...new Set(
      plans.filter(({ arm }) => arm.startsWith(`${name}, `))
        .map(({ arm, training }) =>
          `${/Gaussian|step/.exec(arm)} ${training.epochs}`
        ),
    ),
  ];
  deepStrictEqual(epochs("AlexNet, 180 epochs"), ["step 90", "Gaussian 180"]);
  deepStrictEqual(epochs("AlexNet, naive"), ["step 90", "Gaussian 270"]);
  deepStrictEqual(epochs("GoogLeNet"), ["step 80", "Gaussian 80"]);
  // The four rows of AlexNet have one baseline.
  const steps = plans.filter(({ arm }) => /^AlexNet.*step/.test(arm));
  strictEqual(distinct(steps).length, 5);
  const runs = runsOfPlans(plans, (plan) => ({
    test: 0.4 + jitter(plan), // of the highest output there is no difference
    top: 0.2 + jitter(plan) - (plan.arm.includes("Gaussian") ? 0.01 : 0),
  }));
  const { verdict, measured, notes } = table4.judge(runs, "paper");
  strictEqual(verdict, "reproduced");
  ok(Math.abs(measured.value as number - 1) < 0.2, String(measured.value));
  match(notes[1]!, /^AlexNet, 180 epochs, .*the paper's: 0\.75; reproduced/);
  match(
    table4.figures(runs, "paper")[0]!.caption,
    /not among the 5 highest outputs/,
  );
});
