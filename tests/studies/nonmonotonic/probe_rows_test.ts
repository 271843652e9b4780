import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { fig1 } from "../../../lib/studies/nonmonotonic/fig1.ts";
import { fig2 } from "../../../lib/studies/nonmonotonic/fig2.ts";
import { fig3a } from "../../../lib/studies/nonmonotonic/fig3a.ts";
import { fig3b, fig3c } from "../../../lib/studies/nonmonotonic/fig3bc.ts";
import { fig4a, fig4b, fig4c } from "../../../lib/studies/nonmonotonic/fig4.ts";
import {
  meanRise,
  meanRiseTo,
  relativeDifference,
} from "../../../lib/studies/nonmonotonic/flatter.ts";
import { lemma1 } from "../../../lib/studies/nonmonotonic/lemma1.ts";
import { linesOf } from "../../../lib/studies/nonmonotonic/probe_lines.ts";
import { probeSettings } from "../../../lib/studies/nonmonotonic/probe_plans.ts";
import { parseSchedule } from "../../../lib/schedules/parse.ts";
import { runId, type RunPlan, stepsOf } from "../../../lib/studies/plan.ts";
import type { Run } from "../../../lib/studies/study.ts";

const flatter = [fig3a, fig3b, fig3c, fig4a, fig4b, fig4c];
const probing = [fig1, fig2, ...flatter];
const { flatness } = probeSettings.small;

/** Runs that were never made: how sharp each is, and where its gradient is largest. */
function runsOf(
  plans: readonly RunPlan[],
  sharpness: (plan: RunPlan) => number,
  largestAt = 0,
  base: (plan: RunPlan) => number = () => 0.2,
): Run[] {
  return plans.map((plan) => {
    const own = sharpness(plan) * (1 + 0.01 * Math.sin(5 * plan.seed));
    const line = (lengths: readonly number[], draws = 1) =>
      Array.from(
        { length: draws },
        () => lengths.map((length) => base(plan) + own * length ** 2),
      ).flat();
    const { count, lengths, shares, foolingLengths } = flatness.directions;
    const { course } = probeSettings.small;
    const isLinear = plan.arm === "linear model";
    const error = isLinear ? 0.9 : 0.4;
    const probed = {
      transfer: plan.training.model.kind === "mlp"
        ? {
          identity: [1e-15],
          loss: [1e-7],
          bound: [0.2],
          missed: [1e-12],
          second: [0.7],
        }
        : { residual: [0.9] },
      flatness: {
        loss: [2.3, base(plan) + own * 4, base(plan)],
        lengths: [15, 2, 10],
        "weight path": line(flatness.weightPath),
        "input noise": line(
          flatness.inputNoise.alphas,
          flatness.inputNoise.draws,
        ),
        "neighbour paths": line(
          flatness.neighbourPaths.alphas,
          flatness.neighbourPaths.draws,
        ),
        "label agreement": [0.2],
        "first layer": line(lengths, count),
        "first layer, relative": line(shares, count),
        "all layers": line(lengths, count),
        "all layers, relative": line(shares, count),
        fooling: line(foolingLengths.map((length) => 10 * length), count),
        ASAM: [own],
        SAM: [own],
        "relative flatness": [own],
        "gradient norm": course.map((_, i) => i === largestAt ? 9 : 1),
        "distance from start": course.map((share) => 10 * share),
        "plane x": [0, 1],
        "plane y": [0, 1],
        "plane loss": [1, 2, 3, 4],
        "course x": [0, 1],
        "course y": [0, 1],
        "peak x": [1],
        "peak y": [1],
      },
    };
    const losses = { loss: [2.3, 0.2], error: [0.9, error] };
    return {
      plan,
      id: runId(plan),
      status: "done",
      evaluatedEpochs: [0, 20],
      evaluation: { test: losses, validation: losses, train: losses },
      epochMeans: { loss: [], learningRate: [], gradientNorm: [] },
      ...plan.probes === undefined ? {} : { probed },
      forwardPasses: 1,
      seconds: 1,
    };
  });
}

const plans = fig1.plans("small")!;

Deno.test("probed rows share one set of runs, of ten paired seeds and more", () => {
  const ids = (list: readonly RunPlan[]) => list.map(runId);
  for (const item of probing) {
    deepStrictEqual(ids(item.plans("small")!), ids(plans));
  }
  const shared = new Set(ids(lemma1.plans("small")!));
  ok(plans.every((plan) => shared.has(runId(plan))));
  ok(new Set(plans.map(({ seed }) => seed)).size >= 10);
});

Deno.test("the control has the sum of the Gaussian's rates", () => {
  const sumOf = (name: string) => {
    const { learningRate, training } = plans.find(({ arm }) => arm === name)!;
    const schedule = parseSchedule(learningRate);
    return Array.from({ length: stepsOf(training) }, (_, i) => schedule(i))
      .reduce((sum, rate) => sum + rate, 0);
  };
  const ratio = sumOf("step of equal area, 0.03") / sumOf("Gaussian, 0.03");
  ok(Math.abs(ratio - 1) < 5e-5);
});

Deno.test("flatter with the Gaussian: reproduced, and so by what does not hang on scales", () => {
  const runs = runsOf(
    plans,
    ({ arm }) => arm.startsWith("Gaussian") ? 0.1 : 0.2,
  );
  for (const item of flatter) {
    const { verdict, notes, measured } = item.judge(runs, "small");
    strictEqual(verdict, "reproduced", item.item);
    ok(measured.value as number > 0.1);
    match(notes[0]!, /larger in 10 of 10 pairs \(sign test: p = 0\.0020\)/);
    ok(notes.some((note) => /equal area instead: reproduced/.test(note)));
  }
  const { notes } = fig3a.judge(runs, "small");
  for (const name of ["ASAM", "relative flatness"]) {
    ok(notes.some((n) => n.startsWith(name) && n.includes("reproduced")));
  }
});

Deno.test("as flat or steeper with the Gaussian: contradicted", () => {
  for (const gaussian of [0.2, 0.4]) {
    const runs = runsOf(
      plans,
      ({ arm }) => arm.startsWith("Gaussian") ? gaussian : 0.2,
    );
    for (const item of flatter) {
      strictEqual(item.judge(runs, "small").verdict, "contradicted", item.item);
    }
  }
});

Deno.test("flatter than the step schedule, but not than one of equal area: said in the notes", () => {
  const runs = runsOf(plans, ({ arm }) => arm.startsWith("step, ") ? 0.2 : 0.1);
  for (const item of flatter) {
    const { verdict, notes } = item.judge(runs, "small");
    strictEqual(verdict, "reproduced");
    ok(notes.some((note) => /equal area instead: contradicted/.test(note)));
  }
});

const isGaussian = ({ arm }: RunPlan) => arm.startsWith("Gaussian");

Deno.test("noise that differs from run to run: inconclusive", () => {
  const runs = runsOf(
    plans,
    (plan) =>
      0.1 * (1.5 + Math.sin(9 * plan.seed + (isGaussian(plan) ? 2 : 0))),
  );
  for (const item of flatter) {
    strictEqual(item.judge(runs, "small").verdict, "inconclusive", item.item);
  }
});

Deno.test("figure 4: a larger loss before any change is no sharper place", () => {
  const runs = runsOf(
    plans,
    () => 0.01,
    0,
    (plan) => isGaussian(plan) ? 0.6 : 0.8,
  );
  for (const item of [fig4a, fig4b, fig4c]) {
    const { verdict, notes, measured } = item.judge(runs, "small");
    strictEqual(verdict, "contradicted");
    ok(measured.value as number > 0.05);
    ok(notes.some((note) => /at length 0: reproduced, 0\.286/.test(note)));
  }
});

Deno.test("fig3c: what differs beyond the middle alone is not reproduced", () => {
  const { alphas } = flatness.neighbourPaths;
  const runs = runsOf(plans, () => 0.1).map((run): Run => {
    if (!run.probed || isGaussian(run.plan)) return run;
    const all = run.probed.flatness!["neighbour paths"]!;
    const steeper = all.map((loss, i) =>
      alphas[i % alphas.length]! > 0.5 ? 2 * loss! : loss
    );
    const flatness = { ...run.probed.flatness, "neighbour paths": steeper };
    return { ...run, probed: { ...run.probed, flatness } };
  });
  const { verdict, notes } = fig3c.judge(runs, "small");
  strictEqual(verdict, "contradicted");
  ok(notes.some((note) => /validation examples: reproduced/.test(note)));
});

/** The runs, of which some diverged. */
function withDiverged(runs: Run[], diverged: (plan: RunPlan) => boolean) {
  return runs.map((run): Run => {
    if (run.plan.arm === "linear model" || !diverged(run.plan)) return run;
    const { probed: _, ...rest } = run;
    return { ...rest, status: "diverged" };
  });
}

Deno.test("runs that diverged are as sharp as can be; next to such steps nothing is judged", () => {
  const runs = runsOf(plans, (plan) => isGaussian(plan) ? 0.1 : 0.2);
  const judged = (diverged: (plan: RunPlan) => boolean) =>
    fig3a.judge(withDiverged(runs, diverged), "small");
  strictEqual(judged(isGaussian).verdict, "contradicted");
  // Five differences of about ⅔, five of −2.
  const half = judged((plan) => isGaussian(plan) && plan.seed < 5);
  strictEqual(half.verdict, "inconclusive");
  match(half.notes[0]!, /larger in 5 of 10 pairs/);
  match(half.notes.at(-1)!, /diverged and count as places as sharp as can be/);
  const steps = judged((plan) => plan.arm.startsWith("step, "));
  strictEqual(steps.verdict, "not judged");
  match(steps.reason, /^most runs of the step schedule diverged/);
});

Deno.test("fig2: near the initial weights where the gradient is largest at once", () => {
  const judged = (largestAt: number) =>
    fig2.judge(runsOf(plans, () => 0.1, largestAt), "small");
  strictEqual(judged(0).verdict, "reproduced");
  strictEqual(judged(0).measured.value, 0);
  strictEqual(
    judged(probeSettings.small.course.length - 1).verdict,
    "contradicted",
  );
  match(judged(0).notes[1]!, /the left side is larger in 10 of 10 runs/);
  // After the initial weights all gradients are as long: the next is the largest.
  match(
    judged(0).notes[0]!,
    /without the initial weights themselves: 0\.010 .*at most 0\.010\.$/,
  );
});

Deno.test("fig2: a gradient that was not finite is the largest; too few runs are not judged", () => {
  const runs = runsOf(plans, () => 0.1).map((run): Run => {
    if (!run.probed) return run;
    const norms = probeSettings.small.course.map((_, i) => i === 11 ? null : 1);
    const flatness = { ...run.probed.flatness, "gradient norm": norms };
    return { ...run, probed: { flatness } };
  });
  const { verdict, measured, p } = fig2.judge(runs, "small");
  strictEqual(verdict, "contradicted");
  strictEqual(measured.value, 1);
  ok(Number.isFinite(p));
  const few = fig2.judge(
    withDiverged(runs, (plan) => isGaussian(plan) && plan.seed > 0),
    "small",
  );
  strictEqual(few.verdict, "not judged");
  match(few.reason, /too few runs/);
});

Deno.test("lemma1: identity and bound, and an error of either", () => {
  const all = lemma1.plans("small")!;
  const runs = runsOf(all, () => 0.1);
  const { verdict, notes } = lemma1.judge(runs, "small");
  strictEqual(verdict, "reproduced");
  match(notes[2]!, /misses 90\.0 %/);
  for (
    const [name, value] of [["identity", 1e-3], ["missed", 1e-3], [
      "bound",
      1.1,
    ], ["second", 1]] as const
  ) {
    const broken = runs.map((run) =>
      run.plan.training.model.kind === "mlp" && run.probed
        ? {
          ...run,
          probed: { transfer: { ...run.probed.transfer, [name]: [value] } },
        }
        : run
    );
    strictEqual(lemma1.judge(broken, "small").verdict, "contradicted", name);
  }
});

Deno.test("figures are drawn, also where runs diverged", () => {
  const all = lemma1.plans("small")!;
  const runs = runsOf(all, ({ arm }) => arm.length / 100);
  for (const item of [...probing, lemma1]) {
    for (const { caption } of item.figures(runs, "small")) {
      ok(caption.length > 40);
    }
  }
  deepStrictEqual(
    fig1.figures(runs, "small").map(({ figure }) => figure.data[0]!.type),
    ["contour", "surface", "contour", "surface"],
  );
  const diverged = runs.map((run): Run => {
    if (run.plan.seed > 2) return run;
    const { probed: _, ...rest } = run;
    return { ...rest, status: "diverged" };
  });
  for (const item of [...probing, lemma1]) {
    item.figures(diverged, "small");
    const { notes } = item.judge(diverged, "small");
    if (flatter.includes(item)) match(notes[0]!, /in 0 of 7 pairs/);
  }
});

Deno.test("a loss that was not finite counts against its run", () => {
  const runs = runsOf(plans, (plan) => isGaussian(plan) ? 0.1 : 0.2)
    .map((run): Run => {
      const { plan } = run;
      if (plan.seed !== 3 || !run.probed || !isGaussian(plan)) return run;
      const flatness = { ...run.probed.flatness, "weight path": [0.2, null] };
      return { ...run, probed: { flatness } };
    });
  const { verdict, notes } = fig3a.judge(runs, "small");
  strictEqual(verdict, "inconclusive");
  match(notes[0]!, /0\.400 \[.*larger in 9 of 10 pairs/);
});

Deno.test("relative differences, rises and lines", () => {
  strictEqual(relativeDifference(3, 1), 1);
  strictEqual(relativeDifference(-1, 1), -2);
  strictEqual(relativeDifference(0, 0), 0);
  strictEqual(relativeDifference(Infinity, 1), 2);
  strictEqual(relativeDifference(1, Infinity), -2);
  strictEqual(relativeDifference(Infinity, Infinity), 0);
  strictEqual(meanRise([1, 2, 4]), 2);
  // Rises 0, 1, 3 at 0, 1, 2: means to 1, 2 and half-way between.
  strictEqual(meanRiseTo([0, 1, 2], [1, 2, 4], 1), 0.5);
  strictEqual(meanRiseTo([0, 1, 2], [1, 2, 4], 9), 1.25);
  strictEqual(meanRiseTo([0, 1, 2], [1, 2, 4], 1.5), (0.5 + 0.75) / 1.5);
  ok(Number.isNaN(meanRiseTo([0, 1], [1, 2], NaN)));
  deepStrictEqual(linesOf([1, 2, 3, 4], 2), [[1, 2], [3, 4]]);
});
