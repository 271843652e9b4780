/** Figure 6, with the runs of all its panels and without, from losses that are made up. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { scales } from "../../../lib/studies/catalogue.ts";
import { fig2 } from "../../../lib/studies/k_decay/fig2.ts";
import { fig6 } from "../../../lib/studies/k_decay/fig6.ts";
import { table1 } from "../../../lib/studies/k_decay/table1.ts";
import { runId, type RunPlan } from "../../../lib/studies/plan.ts";
import { allPlans } from "../../../lib/studies/row_plans.ts";
import { pretend, type Pretended, seedEffect } from "./pretended_runs.ts";

const isAbove = ({ arm }: RunPlan) =>
  arm.startsWith("k = 2") || /, k = 2$/.test(arm);

/** Losses as the paper claims them, of networks that `follows` says; else equal ones. */
const losses =
  (follows: (plan: RunPlan) => boolean) => (plan: RunPlan): Pretended => {
    const effect = isAbove(plan) && follows(plan) ? 1 + 0.1 * plan.seed : 0;
    // Higher on the way, then steeper and lower.
    const log = (epoch: number) =>
      -epoch / 20 + effect * (epoch < 16 ? 0.2 : epoch < 18 ? 0 : -0.2);
    return {
      test: 0.42 + seedEffect(plan),
      loss: Array.from({ length: 20 }, (_, i) => Math.exp(log(i))),
    };
  };

Deno.test("figure 6 trains nothing that figure 2 and table 1 do not", () => {
  for (const scale of scales) {
    const known = new Set(
      [fig2, table1].flatMap(({ plans }) => plans(scale)!).map(runId),
    );
    const plans = allPlans(fig6, scale)!;
    ok(plans.every((plan) => known.has(runId(plan))), scale);
    deepStrictEqual(
      new Set(plans.map(({ training }) => training.model.kind)),
      new Set(["resnet", "mlp", "wideResnet", "densenet"]),
    );
  }
});

Deno.test("figure 6 is judged and drawn by the ResNet's runs alone while the others are missing", () => {
  const runs = pretend(fig6.plans("small")!, losses(() => true));
  const { verdict, notes } = fig6.judge(runs, "small");
  strictEqual(verdict, "reproduced");
  match(notes.at(-2)!, /^Of the ResNet alone/);
  strictEqual(fig6.figures(runs, "small")[0]!.figure.data.length, 2 * 2);
});

Deno.test("figure 6: with all runs, the mean over three networks decides, and each is told of", () => {
  const plans = allPlans(fig6, "small")!;
  const all = pretend(plans, losses(() => true));
  const { verdict, notes, measured } = fig6.judge(all, "small");
  strictEqual(verdict, "reproduced");
  strictEqual(notes.length, 3 + 3 * 3 + 1);
  match(notes[3]!, /^ResNet, above k = 1 .*: reproduced/);
  match(notes.at(-2)!, /^DenseNet, lower in .*: reproduced/);
  strictEqual(fig6.figures(all, "small")[0]!.figure.data.length, 3 * 2 * 2);

  const onlyResNet = pretend(
    plans,
    losses(({ training }) => training.model.kind === "resnet"),
  );
  const third = fig6.judge(onlyResNet, "small");
  ok(
    Math.abs(
      Number(third.measured.value) - Number(measured.value) / 3,
    ) < 1e-12,
  );
  match(third.notes.at(-2)!, /contradicted/);
});

Deno.test("figure 6: a network that diverges counts as untrained", () => {
  const runs = pretend(allPlans(fig6, "small")!, losses(() => true)).map(
    (run) =>
      run.plan.training.model.kind === "densenet" && isAbove(run.plan)
        ? {
          ...run,
          status: "diverged" as const,
          epochMeans: { ...run.epochMeans, loss: [NaN] },
        }
        : run,
  );
  const { measured, notes } = fig6.judge(runs, "small");
  ok(Number(measured.value) < 0);
  ok(
    notes.some((note) =>
      /^DenseNet.*lower in the last.*contradicted/.test(note)
    ),
  );
  match(notes.at(-1)!, /^5 of \d+ runs diverged/);
});
