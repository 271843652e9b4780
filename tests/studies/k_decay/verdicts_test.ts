/** Verdicts on figures 1, 2 and 5, from runs that are made up. */
import { match, ok, strictEqual } from "node:assert";
import { fig1 } from "../../../lib/studies/k_decay/fig1.ts";
import { fig2 } from "../../../lib/studies/k_decay/fig2.ts";
import { fig5 } from "../../../lib/studies/k_decay/fig5.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import type { Run } from "../../../lib/studies/study.ts";
import { pretend, seedEffect } from "./pretended_runs.ts";

/** A little that differs from run to run. */
const noise = ({ seed, arm }: RunPlan) => 1e-4 * ((seed * arm.length) % 3);

/** Runs of figure 1 whose test errors fall by some points over the last tenth. */
function falling(of: Record<string, number>, status: Run["status"] = "done") {
  return pretend(fig1.plans("small")!, (plan) => ({
    test: 0.4 + seedEffect(plan),
  })).map((run) => {
    const late = of[run.plan.arm];
    if (late === undefined) return run;
    const { error } = run.evaluation.test!;
    const end = error.at(-1)!;
    const course = [
      ...new Array<number>(19).fill(end + late / 100 + noise(run.plan)),
      end,
      end,
    ];
    const split = { loss: course, error: course };
    return {
      ...run,
      status,
      evaluatedEpochs: course.map((_, epoch) => epoch),
      evaluation: { validation: split, test: split },
    };
  });
}

const asClaimed = {
  "N = 0.5": 8,
  "N = 1": 3,
  "N = 2": 0.3,
  "N = 3": 0.1,
  "N = 4": 0.1,
};

Deno.test("figure 1: steep for N = 0.5, and flat from 2 on", () => {
  const { verdict, measured, notes } = fig1.judge(falling(asClaimed), "small");
  strictEqual(verdict, "reproduced");
  ok(Math.abs(Number(measured.value) - 7.9) < 0.1);
  match(notes.join(), /N = 3, next to no fall: reproduced/);
});

Deno.test("figure 1: contradicted where the end is steep for N = 2 too, or flat for all", () => {
  const judged = (of: Record<string, number>) =>
    fig1.judge(falling({ ...asClaimed, ...of }), "small").verdict;
  strictEqual(judged({ "N = 2": 4 }), "contradicted");
  strictEqual(judged({ "N = 0.5": 0.2 }), "contradicted");
});

Deno.test("figure 1: runs that diverged do not fall", () => {
  const diverged = falling(asClaimed).map((run) =>
    run.plan.arm === "N = 0.5" ? { ...run, status: "diverged" as const } : run
  );
  strictEqual(fig1.judge(diverged, "small").verdict, "contradicted");
});

/** Runs of figure 5 with an error for each depth and k. */
function atDepths(error: (depth: number, k: number) => number) {
  return pretend(fig5.plans("small")!, (plan) => {
    const [depth, k] = plan.arm.match(/[\d.]+/g)!.map(Number);
    return { test: error(depth!, k!) + seedEffect(plan) + noise(plan) };
  });
}

/** Best at `best`, from there on rising. */
const valley = (best: number, k: number) =>
  k <= best
    ? 0.42 - 0.02 * Math.log2(k) / Math.log2(best)
    : 0.4 + 0.02 * Math.log2(k / best);

Deno.test("figure 5: better at once, then worse, and sooner where it is deeper", () => {
  const runs = atDepths((depth, k) => valley(depth === 20 ? 1.5 : 3, k));
  const { verdict, notes } = fig5.judge(runs, "small");
  strictEqual(verdict, "reproduced");
  match(notes.join("; "), /Depth 20: least mean test error at k = 1\.5/);
});

Deno.test("figure 5: contradicted where the shallower network turns first, or none does", () => {
  const judged = (error: (depth: number, k: number) => number) =>
    fig5.judge(atDepths(error), "small").verdict;
  strictEqual(judged((d, k) => valley(d === 20 ? 3 : 1.5, k)), "contradicted");
  strictEqual(judged((_, k) => 0.42 - 0.001 * k), "contradicted");
});

Deno.test("figure 5: the largest k that is tried says so", () => {
  const { notes } = fig5.judge(atDepths((_, k) => 0.42 - 0.001 * k), "small");
  match(notes.join("; "), /no worse than 1: 8, the largest tried/);
});

Deno.test("figure 2: a seed's luck does not choose the arm that it is compared in", () => {
  // Each of five arms is lucky in one seed, on both splits, and no better otherwise.
  const lucky = ["1.5", "2", "3", "5", "1.5"].map((k, seed) =>
    `k = ${k}, from ${seed === 4 ? 0.05 : 0.1}`
  );
  const runs = pretend(fig2.plans("small")!, (plan) => ({
    test: 0.42 + noise(plan) - (lucky[plan.seed] === plan.arm ? 0.05 : 0),
  }));
  const { verdict, measured } = fig2.judge(runs, "small");
  ok(verdict !== "reproduced");
  ok(Number(measured.value) < 0.1, String(measured.value));
});
