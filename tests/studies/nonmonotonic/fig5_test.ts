import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { fig5 } from "../../../lib/studies/nonmonotonic/fig5.ts";
import { gradientCourse } from "../../../lib/studies/nonmonotonic/gradient_course.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import type { Run } from "../../../lib/studies/study.ts";
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

/** Runs with gradient norms, of twenty epochs. */
const runsWith = (norm: (epoch: number, plan: RunPlan) => number) =>
  runsOfPlans(plans, () => ({ test: 0.4 })).map((run): Run => ({
    ...run,
    epochMeans: {
      ...run.epochMeans,
      gradientNorm: Array.from(
        { length: 20 },
        (_, epoch) => norm(epoch, run.plan) + 10 * jitter(run.plan),
      ),
    },
  }));

const judged = (norm: (epoch: number, plan: RunPlan) => number) =>
  fig5.judge(runsWith(norm), "small");

Deno.test("fig5: reproduced where norms fall from the first epochs to the middle", () => {
  const { verdict, notes, reason } = judged((epoch) => 8 - 0.3 * epoch);
  strictEqual(verdict, "reproduced");
  match(notes[2]!, /^small model: it decreases.*: reproduced, 1\.000/);
  match(reason, /mini-batches/);
});

Deno.test("fig5: contradicted where they rise, or rise again after the first epoch", () => {
  strictEqual(judged((epoch) => 1 + 0.3 * epoch).verdict, "contradicted");
  // As was measured: below the start in the middle, and yet no decrease.
  const course = [8, 3, 0.5, 0.6, 0.7, 1.2, 1.4, 1.6, 1.7, 1.8, 1.9];
  const { verdict, notes } = judged((epoch) => course[epoch] ?? 1);
  strictEqual(verdict, "contradicted");
  match(notes[1]!, /^small model: it has fallen.*: reproduced/);
  match(notes[2]!, /^small model: it decreases.*: contradicted/);
});

Deno.test("fig5: inconclusive where it differs from run to run", () => {
  const { verdict } = judged((epoch, { seed }) =>
    epoch < 2 ? 8 : seed % 2 ? 3 - 0.1 * epoch : 3 + 0.1 * epoch
  );
  strictEqual(verdict, "inconclusive");
});

Deno.test("fig5: runs that diverged show nothing of it", () => {
  const runs = runsWith((epoch) => 8 - 0.3 * epoch).map((run): Run =>
    run.plan.arm.includes("Gaussian") ? { ...run, status: "diverged" } : run
  );
  strictEqual(fig5.judge(runs, "small").verdict, "contradicted");
  const norms = [3, NaN, 1];
  const epochMeans = { ...runs[0]!.epochMeans, gradientNorm: norms };
  const course = gradientCourse({ ...runs[0]!, status: "done", epochMeans });
  deepStrictEqual(course, { beforeMiddle: 0, fall: 0, decrease: 0 });
});

Deno.test("fig5: a peak after the middle is no decrease", () => {
  const [run] = runsWith((epoch) => epoch);
  ok(gradientCourse(run!).beforeMiddle < 0);
  strictEqual(gradientCourse(run!).decrease, -1);
});
