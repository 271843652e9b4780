import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert";
import { parseGradientWeight } from "../../lib/gradient_weights/parse.ts";
import { parseOptimizer } from "../../lib/optimizers/parse.ts";
import { parseSchedule } from "../../lib/schedules/parse.ts";
import { scales } from "../../lib/studies/catalogue.ts";
import {
  kDecayRate,
  polynomialRate,
  settings,
} from "../../lib/studies/k_decay/settings.ts";
import { parseController } from "../../lib/controllers/parse.ts";
import {
  controlledPlans,
  distinct,
  pairedPlans,
  runId,
  stepsOf,
  unitsOf,
} from "../../lib/studies/plan.ts";
import { studies } from "../../lib/studies/studies.ts";
import { mean } from "../../lib/schedules/mean.ts";
import type { FiniteSchedule } from "../../lib/schedules/schedule.ts";

const { basic } = settings.small;

Deno.test("runId depends on what decides the records, and on nothing else", () => {
  const [first, second] = pairedPlans(basic, { a: kDecayRate(basic, 2) }, 2);
  strictEqual(runId(first!), runId({ ...first!, arm: "another name" }));
  notStrictEqual(runId(first!), runId(second!));
  notStrictEqual(
    runId(first!),
    runId({ ...first!, learningRate: kDecayRate(basic, 3) }),
  );
  strictEqual(distinct([first!, second!, first!]).length, 2);
  const gradientWeight = { kind: "constant", value: 1 };
  notStrictEqual(runId(first!), runId({ ...first!, gradientWeight }));
});

Deno.test("the ids of plans without a controller are those of before controllers", () => {
  const [plan] = pairedPlans(basic, { a: kDecayRate(basic, 2) }, 1);
  strictEqual(runId(plan!), "711d62c56137b90d");
});

Deno.test("runId depends on the controller and on the arithmetic of its line", () => {
  const spec = { kind: "secondOrder" };
  const plans = controlledPlans(basic, {
    a: spec,
    b: { kind: "firstOrder" },
    c: { ...spec, precision: "float64" },
  }, 2);
  strictEqual(plans.length, 6);
  strictEqual(distinct(plans).length, 6);
});

Deno.test("every plan of every study can be built: its schedule parses and lasts", () => {
  for (const study of studies) {
    for (const { item, plans } of study.items) {
      for (const scale of scales) {
        for (const plan of plans(scale) ?? []) {
          if (plan.controller) parseController(plan.controller);
          const steps = stepsOf(plan.training);
          const units = unitsOf(plan.training);
          const schedule = parseSchedule(plan.learningRate, "", units);
          parseOptimizer(plan.training.optimizer, "", units);
          if (plan.gradientWeight) {
            parseGradientWeight(plan.gradientWeight, "", units);
          }
          ok(
            Number.isInteger(steps) && steps > 0,
            `${study.paper}/${item} ${scale}`,
          );
          for (const t of [0, steps / 2, steps]) {
            ok(schedule(t) >= 0, `${study.paper}/${item} ${plan.arm} at ${t}`);
          }
        }
      }
    }
  }
});

Deno.test("runs are paired: every arm has the same seeds", () => {
  for (const study of studies) {
    for (const { plans } of study.items) {
      const seeds = Map.groupBy(
        plans("small") ?? [],
        ({ arm, training }) => `${training.data.dataset} ${arm}`,
      );
      const sets = [...seeds.values()].map((runs) =>
        runs.map((run) => run.seed).join()
      );
      strictEqual(new Set(sets).size <= 1, true);
    }
  }
});

Deno.test("k-decay's control N = 1/k has the start, the end and the mean of k", () => {
  const k = 2;
  const a = parseSchedule(kDecayRate(basic, k)) as FiniteSchedule;
  const b = parseSchedule(polynomialRate(basic, 1 / k)) as FiniteSchedule;
  const steps = stepsOf(basic);
  deepStrictEqual([a(0), a(steps)], [b(0), b(steps)]);
  ok(Math.abs(mean(a) - mean(b)) < 1e-3 * mean(a));
});
