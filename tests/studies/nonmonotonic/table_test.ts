import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { withDataAtHand } from "../../../lib/studies/data_at_hand.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import { narrowGaussian } from "../../../lib/studies/nonmonotonic/networks.ts";
import { table2 } from "../../../lib/studies/nonmonotonic/table2.ts";
import { table3 } from "../../../lib/studies/nonmonotonic/table3.ts";
import { gaussian } from "../../../lib/schedules/gaussian.ts";
import { parseSchedule } from "../../../lib/schedules/parse.ts";
import { jitter, runsOfPlans } from "./runs_of_plans.ts";

/** Without CIFAR-100. */
const plans = withDataAtHand(
  table3.plans("small")!,
  (name) => name !== "cifar-100",
);

/** The network of an arm. */
const networkOf = ({ arm }: RunPlan) =>
  ["NIN", "ResNet", "DenseNet", "WRN"].find((name) => arm.startsWith(name))!;

/** The finding where the Gaussian gains so many points on each network. */
function judged(gains: Record<string, number>) {
  const runs = runsOfPlans(plans, (plan) => ({
    test: 0.3 + jitter(plan) -
      (plan.arm.includes("Gaussian") ? gains[networkOf(plan)]! / 100 : 0),
  }));
  return { runs, finding: table3.judge(runs, "small") };
}

Deno.test("table3: reproduced where both networks on the paper's data gain", () => {
  const { finding, runs } = judged({ NIN: 2, ResNet: 1, DenseNet: -5, WRN: 0 });
  strictEqual(finding.verdict, "reproduced");
  // Mean over the two; stand-ins do not count.
  ok(Math.abs(finding.measured.value as number - 1.5) < 0.2);
  match(
    finding.notes[0]!,
    /^NIN, steps from .*the paper's: 1\.59; reproduced$/,
  );
  match(finding.notes[2]!, /^DenseNet.*stand-in data, CIFAR-10 for CIFAR-100/);
  const [table, curves] = table3.figures(runs, "small");
  ok(table && curves && curves.figure.data.length >= 8);
});

Deno.test("table3: contradicted where one of them does not gain", () => {
  const { finding } = judged({ NIN: 2, ResNet: -1, DenseNet: 2, WRN: 2 });
  strictEqual(finding.verdict, "contradicted");
});

Deno.test("tables choose rates on the validation split, of the same grid", () => {
  const runs = runsOfPlans(plans, ({ arm }) => {
    const isSmall = arm.endsWith(", 0.01") || arm.endsWith(", 0.1");
    // What validates best is not what tests best.
    return { test: isSmall ? 0.4 : 0.2, validation: isSmall ? 0.3 : 0.5 };
  });
  const { notes } = table3.judge(runs, "small");
  match(notes[0]!, /^NIN, steps from 0\.01 → Gaussian up to 0\.01: 0\.00/);
  match(notes[1]!, /^ResNet-110, steps from 0\.1 → Gaussian up to 0\.1: 0\.00/);
});

Deno.test("table2: the paper's gain is 0.13 points; a tenth would matter", () => {
  const of = (gain: number) =>
    table2.judge(
      runsOfPlans(table2.plans("small")!, (plan) => ({
        test: 0.02 + 0.1 * jitter(plan) -
          (plan.arm.includes("Gaussian") ? gain / 100 : 0),
      })),
      "small",
    );
  strictEqual(of(0.3).verdict, "reproduced");
  strictEqual(of(-0.2).verdict, "contradicted");
  match(
    of(0.3).notes[0]!,
    /^NIN, steps from .* the paper's: 0\.13; reproduced$/,
  );
});

Deno.test("section 7.2's Gaussian has σ² = 2·0.08²", () => {
  const schedule = parseSchedule(
    narrowGaussian(table2.plans("smoke")![0]!.training, 0.3),
  );
  const steps = schedule.steps!;
  for (const t of [0.2, 0.42, 0.5, 0.9]) {
    const expected = 0.3 * Math.exp(-((t - 0.5) ** 2) / (2 * 0.08 ** 2));
    const actual = schedule(t * steps);
    ok(Math.abs(actual - expected) < 1e-9 * expected + 1e-15, `${actual}`);
  }
  // At ±0.08, one standard deviation from the middle.
  deepStrictEqual(
    gaussian({ peak: 1, end: Math.exp(-0.25 / 0.0128), steps: 100 })(42)
      .toFixed(6),
    Math.exp(-0.5).toFixed(6),
  );
});

Deno.test("table3: a network as weak as a linear model is left out, and said to be", () => {
  const finding = (weak: readonly string[]) =>
    table3.judge(
      runsOfPlans(plans, (plan) => ({
        test: (weak.includes(networkOf(plan)) ? 0.88 : 0.3) + jitter(plan) -
          (plan.arm.includes("Gaussian") ? 0.02 : 0),
      })),
      "small",
    );
  const { verdict, notes } = finding(["NIN"]);
  strictEqual(verdict, "reproduced");
  ok(
    notes.some((note) =>
      /^NIN, .*; not judged: scale: .* linear model's, 90\.0 % \(NIN\)$/.test(
        note,
      )
    ),
  );
  strictEqual(finding(["NIN", "ResNet"]).verdict, "not judged");
});

Deno.test("table3: inconclusive by noise, contradicted where Gaussians diverge", () => {
  const noisy = runsOfPlans(plans, (plan) => ({
    test: 0.3 + 0.05 * Math.sin(7 * plan.seed + plan.arm.length),
  }));
  strictEqual(table3.judge(noisy, "small").verdict, "inconclusive");
  const diverged = judged({ NIN: 2, ResNet: 2, DenseNet: 2, WRN: 2 }).runs
    .map((run) =>
      run.plan.arm.includes("Gaussian")
        ? { ...run, status: "diverged" as const }
        : run
    );
  strictEqual(table3.judge(diverged, "small").verdict, "contradicted");
});

Deno.test("table3: on CIFAR-100 where it is at hand, and judged there", () => {
  const own = withDataAtHand(table3.plans("small")!, () => true);
  const datasets = new Set(own.map(({ training }) => training.data.dataset));
  deepStrictEqual([...datasets], ["cifar-10", "cifar-100"]);
  const linear = own.filter(({ arm }) => arm === "linear model");
  strictEqual(linear.length, 2 * 5);
  const runs = runsOfPlans(own, (plan) => ({
    test: 0.3 + jitter(plan) -
      (plan.arm.includes("Gaussian") && networkOf(plan) !== "WRN" ? 0.02 : 0),
  }));
  const { verdict, notes } = table3.judge(runs, "small");
  strictEqual(verdict, "contradicted");
  match(notes[2]!, /^DenseNet.*; reproduced$/);
  match(notes[3]!, /^WRN.*; contradicted$/);
});
