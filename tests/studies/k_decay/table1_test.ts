/** Verdicts on table 1, from runs whose errors are made up. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { figureTitle } from "../../../lib/figures/figure.ts";
import { table1 } from "../../../lib/studies/k_decay/table1.ts";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import { pretend, type Pretended, seedEffect } from "./pretended_runs.ts";

const plans = table1.plans("small")!;

/** An error for each schedule, in shares, on all networks. */
function errors(of: Record<string, number | Pretended>) {
  return (plan: RunPlan): Pretended => {
    const schedule = plan.arm.split(", ")[1]!;
    const given = of[schedule] ?? 0.42;
    const { test, validation = test } = typeof given === "number"
      ? { test: given }
      : given;
    // Its arms differ from seed to seed, or intervals would be points.
    const noise = seedEffect(plan) + 1e-4 * ((plan.seed * schedule.length) % 3);
    return { test: test + noise, validation: validation + noise };
  };
}

const better = { "k = 1": 0.42, step: 0.43, SGDR: 0.425, "k = 2": 0.41 };

Deno.test("table 1: the best k gains on all baselines", () => {
  const finding = table1.judge(pretend(plans, errors(better)), "small");
  strictEqual(finding.verdict, "reproduced");
  strictEqual(finding.measured.unit, "points");
  ok(Math.abs(Number(finding.measured.value) - 1) < 0.05);
  match(finding.notes[0]!, /^All networks against k = 1: reproduced, 1\.0/);
  match(finding.notes[1]!, /^All networks against step: reproduced, 2\.0/);
  match(finding.notes[2]!, /^All networks against SGDR: reproduced, 1\.5/);
  match(
    finding.notes[3]!,
    /^The control, all networks .* scaled .*: 1\.0|0\.9/,
  );
  match(
    finding.notes[4]!,
    /^ResNet-110: k = 2 on the validation split; .*scaled/,
  );
  ok(
    finding.notes.some((note) =>
      /^The best k is the largest tried for 4 of 4 networks/.test(note)
    ),
  );
});

Deno.test("table 1: nothing is said of the grid where the best k is within it", () => {
  const { notes } = table1.judge(
    pretend(plans, errors({ ...better, "k = 1.5": 0.4 })),
    "small",
  );
  ok(!notes.some((note) => note.includes("largest tried")));
});

Deno.test("table 1: one baseline that is no worse is enough against the claim", () => {
  const { verdict } = table1.judge(
    pretend(plans, errors({ ...better, SGDR: 0.41 })),
    "small",
  );
  strictEqual(verdict, "contradicted");
});

Deno.test("table 1: k is chosen on the validation split, not on the test split", () => {
  const { measured } = table1.judge(
    pretend(
      plans,
      errors({ ...better, "k = 1.5": { test: 0.44, validation: 0.3 } }),
    ),
    "small",
  );
  ok(Math.abs(Number(measured.value) + 2) < 0.05, String(measured.value));
});

Deno.test("table 1: where k = 1 is best, the best k above it is what loses", () => {
  const { verdict, measured } = table1.judge(
    pretend(plans, errors({ ...better, "k = 1": 0.39 })),
    "small",
  );
  strictEqual(verdict, "contradicted");
  ok(Math.abs(Number(measured.value) + 2) < 0.05, String(measured.value));
});

Deno.test("table 1: CIFAR-100's subset is told of, and decides nothing", () => {
  const outcome = (plan: RunPlan): Pretended =>
    plan.training.data.dataset === "cifar-10"
      ? errors(better)(plan)
      : { test: 0.9 + seedEffect(plan) };
  const finding = table1.judge(pretend(plans, outcome), "small");
  strictEqual(finding.verdict, "reproduced");
  const told = finding.notes.filter((note) => /on CIFAR-100/.test(note));
  strictEqual(told.length, 4);
  ok(told.every((note) => /not judged: stand-in data, 800 images/.test(note)));
});

Deno.test("table 1 is drawn: a table with a row a network, and errors against k", () => {
  const figures = table1.figures(pretend(plans, errors(better)), "small");
  deepStrictEqual(figures.map(({ figure }) => figureTitle(figure)), [
    "Test error of table 1's networks",
    "Last test error against k",
  ]);
  strictEqual(figures[1]!.figure.data.length >= 4, true);
});

Deno.test("table 1 with one seed is not judged", () => {
  const { verdict, reason } = table1.judge(
    pretend(table1.plans("small", 1)!, errors(better)),
    "small",
  );
  strictEqual(verdict, "not judged");
  match(reason, /^scale: /);
});
