import { deepStrictEqual, match, strictEqual } from "node:assert";
import { errorCurve } from "../../lib/studies/charts.ts";
import { byArm, finalError } from "../../lib/studies/comparisons.ts";
import {
  LINEAR_ARM,
  obstacle,
  obstacleOfEach,
  obstacleOfSome,
} from "../../lib/studies/validity.ts";
import type { Run } from "../../lib/studies/study.ts";
import { judgedAt } from "../../lib/studies/verdict.ts";
import { type Fake, fakes } from "./fake_runs.ts";

const good = { arm: "good", errors: [0.9, 0.5, 0.4] };
const linear = { arm: LINEAR_ARM, errors: [0.9, 0.6] };

Deno.test("obstacle: what counts, and what does not", () => {
  const all = (...arms: Fake[]) => obstacle(arms.flatMap(fakes), "small");
  strictEqual(all(good, linear), undefined);
  match(all({ ...good, epochs: 19 }, linear)!, /^scale: 19 epochs/);
  match(all({ ...good, seeds: 4 }, linear)!, /^scale: 4 seeds of good/);
  match(
    all({ ...good, errors: [0.9, 0.56] }, linear)!,
    /56\.0 %, is not well below a linear model's, 60\.0 %$/,
  );
  match(obstacle(fakes(good), "smoke")!, /^scale: smoke/);
});

Deno.test("obstacle of each: a good network does not hide a weak one", () => {
  const weak = { arm: "weak", errors: [0.9, 0.58] };
  const runs = [good, weak, linear].flatMap(fakes);
  strictEqual(obstacle(runs, "small"), undefined);
  match(
    obstacleOfEach(({ plan }) => plan.arm)(runs, "small")!,
    /^scale: the best test error, 58\.0 %.* \(weak\)$/,
  );
  const isGood = ({ plan }: Run) => plan.arm === "good";
  strictEqual(obstacleOfSome(runs, "small", isGood), undefined);
  // The linear model on other data does not count.
  const elsewhere = fakes({ ...linear, errors: [0.9, 0.1] }).map((run) => {
    const { training } = run.plan;
    const data = { ...training.data, dataset: "other" };
    return { ...run, plan: { ...run.plan, training: { ...training, data } } };
  });
  strictEqual(
    obstacleOfSome([...runs, ...elsewhere], "small", isGood),
    undefined,
  );
});

Deno.test("a run that diverged counts as untrained, and is named", () => {
  const runs = [
    ...fakes({ ...good, seeds: 4 }),
    ...fakes({ ...good, errors: [0.9, 0.5], status: "diverged" }).slice(4),
    ...fakes(linear),
  ];
  const arm = byArm(runs).get("good")!;
  deepStrictEqual([...arm.values()].map(finalError("test")), [
    40,
    40,
    40,
    40,
    90,
  ]);
  const { x, runs: curves } = errorCurve(arm);
  deepStrictEqual(x, [0, 1, 2]);
  deepStrictEqual(curves.at(-1), [90, 50, NaN]);
  const { notes, verdict } = judgedAt(() => ({
    measured: { value: 1, interval: [0, 2] },
    verdict: "reproduced",
    reason: "a test",
    notes: ["first"],
  }))(runs, "small");
  strictEqual(verdict, "reproduced");
  deepStrictEqual(notes, [
    "first",
    "1 of 10 runs diverged and count as untrained: good",
  ]);
});
