/** Verdicts on figure 4 and equation 14, from runs that are made up. */
import { match, ok, strictEqual } from "node:assert";
import { eq14, greedy } from "../../../lib/studies/k_decay/eq14.ts";
import { fig2 } from "../../../lib/studies/k_decay/fig2.ts";
import { fig4 } from "../../../lib/studies/k_decay/fig4.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import { pretend, type Pretended, seedEffect } from "./pretended_runs.ts";

/** Errors by arm. */
const errors = (of: Record<string, number>) => (plan: RunPlan): Pretended => ({
  test: (of[plan.arm] ?? 0.42) + seedEffect(plan) +
    1e-4 * ((plan.seed * plan.arm.length) % 3),
});

Deno.test("figure 4 measures, and judges ImageNet alone", () => {
  const made = errors({ "k = 1": 0.42, "k = 1.5": 0.4075, "k = 2": 0.415 });
  const runs = pretend(fig4.plans("small")!, made);
  const { verdict, reason, measured, notes, p } = fig4.judge(runs, "small");
  strictEqual(verdict, "not judged");
  strictEqual(reason, "stand-in data: CIFAR-10 for ImageNet");
  strictEqual(p, undefined);
  ok(Math.abs(Number(measured.value) - 1.25) < 0.05);
  match(notes[0]!, /^Measured: test error of k = 1 minus that of k = 1\.5/);
  const plans = fig4.plans("paper")!;
  ok(plans.every(({ training }) => training.data.dataset === "imagenet"));
  const judged = fig4.judge(pretend(plans, made), "paper");
  strictEqual(judged.verdict, "reproduced");
});

/** Errors that fall with the distance of both terms from 1.5 and 3. */
const bestPair = errors({
  "k = 1": 0.43,
  "k = 1.5": 0.42,
  "k = 2": 0.425,
  "k = 3": 0.41,
  "k = 1.5 and 2": 0.38, // never looked at: the best one term is 3
  "k = 1.5 and 3": 0.405,
  "k = 2 and 3": 0.409,
});

Deno.test("equation 14: the second term is sought beside the best first", () => {
  const runs = pretend(eq14.plans("small")!, bestPair);
  const { one, two } = greedy(runs, [1.5, 2, 3]);
  strictEqual(one, "k = 3");
  strictEqual(two, "k = 1.5 and 3");
  const { verdict, measured } = eq14.judge(runs, "small");
  strictEqual(verdict, "reproduced");
  ok(Math.abs(Number(measured.value) - 0.5) < 0.05);
});

Deno.test("equation 14: no worse is within the margin, worse is beyond it", () => {
  const judged = (pair: number) => {
    const of = { "k = 3": 0.41, "k = 1.5 and 3": pair, "k = 2 and 3": 0.5 };
    return eq14.judge(pretend(eq14.plans("small")!, errors(of)), "small");
  };
  strictEqual(judged(0.413).verdict, "reproduced"); // 0.3 points worse
  strictEqual(judged(0.417).verdict, "contradicted"); // 0.7 points
  ok(Number(judged(0.417).measured.value) < 0);
});

Deno.test("with one seed nothing is judged, and nothing fails", () => {
  for (const item of [fig2, fig4, eq14]) {
    const runs = pretend(item.plans("small", 1)!, errors({}));
    const { verdict, reason } = item.judge(runs, "small");
    strictEqual(verdict, "not judged", item.item);
    match(reason, /^scale: /);
    ok(item.figures(runs, "small").length > 0);
  }
});

Deno.test("figure 4 and equation 14 are drawn", () => {
  for (const item of [fig4, eq14]) {
    const runs = pretend(item.plans("small")!, errors({}));
    const [first] = item.figures(runs, "small");
    ok(first!.figure.data.length > 0, item.item);
  }
});
