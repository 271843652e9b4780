import { match, ok, strictEqual } from "node:assert";
import type { Arm } from "../../../lib/studies/comparisons.ts";
import { bestError } from "../../../lib/studies/comparisons.ts";
import {
  difference,
  lateJump,
  steepestTenth,
  weightFigure,
} from "../../../lib/studies/loss_decay/courses.ts";
import { lineWeight } from "../../../lib/studies/loss_decay/arms.ts";
import { settings } from "../../../lib/studies/loss_decay/settings.ts";
import { type Fake, fakes } from "../fake_runs.ts";

const run = (errors: number[], status: Fake["status"] = "done") =>
  fakes({ arm: "a", errors, status, seeds: 1 })[0]!;

/** Twenty epochs at an error, but for those that are named. */
const course = (level: number, at: Record<number, number> = {}) =>
  Array.from({ length: 21 }, (_, epoch) => at[epoch] ?? level);

Deno.test("lateJump: the mean of the last tenth against that from 80 to 90 % of the epochs", () => {
  strictEqual(lateJump(run(course(0.5))), 0);
  const jump = lateJump(run(course(0.5, { 18: 0.44, 19: 0.4, 20: 0.36 })));
  strictEqual(jump.toFixed(6), "10.000000");
  strictEqual(lateJump(run(course(0.5, { 20: 0.1 }), "diverged")), 0);
});

Deno.test("steepestTenth: where the error falls most, in the second half", () => {
  const falling = (from: number, over: number) =>
    run(
      Array.from({ length: 21 }, (_, epoch) =>
        epoch <= from ? 0.9 : Math.max(0.3, 0.9 - 0.6 * (epoch - from) / over)),
    );
  strictEqual(steepestTenth(falling(18, 2)), 1);
  strictEqual(steepestTenth(falling(10, 2)), 0.6);
  ok(steepestTenth(falling(0, 2)) >= 0.5);
});

Deno.test("bestError is the least of all epochs, difference tells both", () => {
  strictEqual(bestError("test")(run(course(0.5, { 7: 0.25 }))), 25);
  const arm = (errors: number[]): Arm =>
    new Map(
      fakes({ arm: "a", errors, seeds: 2 }).map((r) => [r.plan.seed, r]),
    );
  match(
    difference(
      arm(course(0.5, { 3: 0.4 })),
      arm(course(0.5, { 20: 0.45 })),
      "a minus b",
    ),
    /^a minus b: last epoch 5\.00 points .*, best epoch -5\.00 points /,
  );
});

Deno.test("weightFigure draws weights over epochs", () => {
  const { figure } = weightFigure(settings.small.training, {
    title: "Linear decrease",
    weights: { line: lineWeight(2) },
  });
  const text = JSON.stringify(figure);
  match(text, /"gradient weight"/);
  match(text, /"line"/);
});
