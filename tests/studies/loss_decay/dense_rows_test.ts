/** What table 1 and figures 5 and 6 say of runs that are made up. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { encodePng } from "../../../lib/figures/encode_png.ts";
import { figureTitle } from "../../../lib/figures/figure.ts";
import { lossDecayStudy } from "../../../lib/studies/loss_decay/study.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import type { Scale } from "../../../lib/studies/catalogue.ts";
import { eitherData } from "../../../lib/studies/data_at_hand.ts";
import type { Run } from "../../../lib/studies/study.ts";

const item = (name: string) =>
  lossDecayStudy.items.find((i) => i.item === name)!;

/** Small differences between seeds, so that intervals have a width. */
const noise = (seed: number) => 0.0005 * ((7 * seed) % 5);

const picture = encodePng(new Uint8Array(4 * 9).fill(200), 3).toBase64();

/** Runs of a row, on real data or stand-ins, whose last numbers are made up. */
function runsOf(
  name: string,
  lastOf: (plan: RunPlan) => Record<string, number>,
  { real, scale = "small" }: { real: boolean; scale?: Scale },
): Run[] {
  const plans = eitherData(item(name).plans(scale)!).at(real ? 0 : -1)!;
  return plans.map((plan, i) => {
    const last = lastOf(plan);
    const measured = Object.fromEntries(
      Object.entries(last).map(([key, value]) => [
        key,
        [0.1, value + 0.02, value].map((v) => v + noise(plan.seed)),
      ]),
    );
    const course = { loss: [1, 0.5, 0.4], error: measured.error!, measured };
    return {
      plan,
      id: `${i}`,
      status: "done",
      evaluatedEpochs: [0, 10, 20],
      evaluation: { test: course, validation: course, train: course },
      epochMeans: { loss: [], learningRate: [], gradientNorm: [] },
      ...plan.seed === 0
        ? { samples: { input: [picture], truth: [picture], output: [picture] } }
        : {},
      forwardPasses: 0,
      seconds: 0,
    };
  });
}

const isWeighted = ({ arm }: RunPlan) => arm.includes("figure 4a's weight");

/** mIoU of 60 %, and more with the weight. */
const gaining = (gain: number) => (plan: RunPlan) => ({
  meanIntersectionOverUnion: 0.6 + (isWeighted(plan) ? gain : 0) *
      (1 + 0.1 * plan.seed),
  pixelAccuracy: 0.8,
  error: 0.2,
});

Deno.test("table1: on Pascal VOC, the gain of the last epoch in points decides", () => {
  const judge = (gain: number) =>
    item("table1").judge(
      runsOf("table1", gaining(gain), { real: true }),
      "small",
    );
  const found = judge(0.014);
  strictEqual(found.verdict, "reproduced");
  strictEqual((found.measured.value as number).toFixed(2), "1.68");
  strictEqual(judge(0).verdict, "contradicted");
  strictEqual(judge(-0.02).verdict, "contradicted");
  ok(found.p! < 0.01);
  match(found.notes.join("\n"), /Best epoch, same comparison: 1.68 points/);
  match(found.notes.join("\n"), /At a constant rate, with the weight minus/);
});

Deno.test("table1: on generated scenes it is measured and not judged", () => {
  const runs = runsOf("table1", gaining(0.014), { real: false });
  deepStrictEqual(
    new Set(runs.map(({ plan }) => plan.training.data.dataset)),
    new Set(["drawn-scenes"]),
  );
  const found = item("table1").judge(runs, "small");
  strictEqual(found.verdict, "not judged");
  match(found.reason, /^stand-in data: generated scenes for Pascal VOC/);
  strictEqual((found.measured.value as number).toFixed(2), "1.68");
  strictEqual(found.p, undefined);
  const smoke = runsOf("table1", gaining(0), { real: false, scale: "smoke" });
  match(item("table1").judge(smoke, "smoke").reason, /^scale: smoke runs/);
  const one = smoke.filter(({ plan }) => plan.seed === 0);
  strictEqual(item("table1").judge(one, "smoke").measured.value, null);
});

Deno.test("table1: a run that diverged counts as untrained", () => {
  const runs = runsOf("table1", gaining(0.014), { real: true }).map((run) =>
    isWeighted(run.plan) ? { ...run, status: "diverged" as const } : run
  );
  const { measured } = item("table1").judge(runs, "small");
  ok(Math.abs((measured.value as number) + 50) < 1, String(measured.value));
});

Deno.test("table1 and fig5 share their runs; all arms of a seed go side by side", () => {
  const [table, figure] = ["table1", "fig5"].map((n) => item(n).plans("small"));
  deepStrictEqual(table, figure);
  strictEqual(table!.length, 25);
  strictEqual(
    new Set(table!.map((plan) => JSON.stringify(plan.training))).size,
    1,
  );
  ok(table!.every(({ gradientWeight }) => gradientWeight !== undefined));
});

Deno.test("fig6: three distances, no verdict, each data set by itself", () => {
  const last = (plan: RunPlan) => ({
    error: isWeighted(plan) ? 0.04 : 0.05,
    structuralSimilarity: 0.8,
    histogramDistance: 0.3,
  });
  const real = item("fig6").judge(
    runsOf("fig6", last, { real: true }),
    "small",
  );
  strictEqual(real.verdict, "not judged");
  match(real.reason, /"clearer and more realistic" is an impression/);
  strictEqual(real.notes.length, 12);
  match(
    real.notes[0]!,
    /^maps-64, L1, levels of 255 \(less is better\): 13.0\d ± 0.25 at a constant rate; figure 4a's weight changes it by -2.55 \[/,
  );
  match(real.notes[6]!, /^cityscapes-64, /);
  const stood = item("fig6").judge(
    runsOf("fig6", last, { real: false }),
    "small",
  );
  strictEqual(stood.notes.length, 6);
  match(stood.notes[0]!, /^edge-pairs, /);
});

Deno.test("figures: pictures where runs have some, tables and curves always", () => {
  const last = (plan: RunPlan) => ({
    ...gaining(0.01)(plan),
    structuralSimilarity: 0.8,
    histogramDistance: 0.3,
  });
  const figuresOf = (name: string, samples: boolean) => {
    const runs = runsOf(name, last, { real: false }).map((run) => {
      const { samples: own, ...rest } = run;
      return samples && own ? run : rest;
    });
    return item(name).figures(runs, "small");
  };
  const [sheet] = figuresOf("fig5", true);
  strictEqual(
    figureTitle(sheet!.figure),
    "Classes of pixels, as PSPNet sees them",
  );
  const { ticktext } = sheet!.figure.layout.yaxis as { ticktext: string[] };
  deepStrictEqual(ticktext, [
    "input",
    "truth",
    "poly rate",
    "poly rate, figure 4a's weight",
    "poly rate, the released script's weight",
    "constant rate",
    "constant rate, figure 4a's weight",
  ]);
  match(JSON.stringify(sheet!.figure), /data:image\/png;base64,/);
  strictEqual(figuresOf("fig5", false).length, 0);
  strictEqual(figuresOf("fig6", true).length, 3);
  strictEqual(figuresOf("fig6", false).length, 2);
  strictEqual(figuresOf("table1", false).length, 2);
});
