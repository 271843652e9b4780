/** Whether arms come to the same value. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { comesToTheSame, equivalence } from "../../lib/studies/equivalence.ts";
import type { Arm } from "../../lib/studies/comparisons.ts";
import type { Run } from "../../lib/studies/study.ts";
import { fakes } from "./fake_runs.ts";

/** Runs whose value is their last error; none for one of NaN. */
const arm = (...values: number[]): Arm =>
  new Map(values.map((value, seed) => [
    seed,
    fakes({ arm: "a", errors: [value], seeds: 1 })[0]!,
  ]));
const value = ({ evaluation }: Run) => {
  const last = evaluation.test!.error[0]!;
  return Number.isNaN(last) ? undefined : last;
};
const verdict = (one: Arm, other: Arm) =>
  comesToTheSame(one, other, value, 0.5).verdict;

Deno.test("p is that of the nearer bound", () => {
  // Mean 0.1, standard error 0.1, two degrees of freedom; t to 0.5 is 4.
  const { p, interval } = equivalence(
    [0.1 - Math.sqrt(0.03), 0.1, 0.1 + Math.sqrt(0.03)],
    0.5,
  );
  ok(Math.abs(p - 0.05719) < 1e-5, `${p}`);
  ok(Math.abs(interval!.mean - 0.1) < 1e-12);
  strictEqual(equivalence([1, 1.1, 1.2], 0.5).p, 1);
});

Deno.test("an interval within the bound, outside, or neither", () => {
  const other = arm(1, 1, 1, 1, 1);
  strictEqual(verdict(arm(1, 1.1, 0.9, 1, 1), other), "reproduced");
  strictEqual(verdict(arm(3, 3.1, 2.9, 3, 3), other), "contradicted");
  strictEqual(verdict(arm(0, 2, 1, 3, -1), other), "inconclusive");
});

Deno.test("runs that come to nothing keep it open, or decide it", () => {
  const other = arm(1, 1, 1, 1, 1);
  strictEqual(verdict(arm(1, 1, 1, 1, NaN), other), "inconclusive");
  strictEqual(verdict(arm(1, 1, NaN, NaN, NaN), other), "contradicted");
  // A reference without a value says nothing of that seed.
  strictEqual(verdict(other, arm(1, 1, 1, 1, NaN)), "reproduced");
  const none = arm(NaN, NaN, NaN, NaN, 1);
  deepStrictEqual(comesToTheSame(other, none, value, 0.5), {
    verdict: "inconclusive",
    p: 1,
  });
});
