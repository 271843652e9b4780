/** What the rows of LOSSGRAD say of runs that are made up. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { finding, row, runsOf } from "./made_up_runs.ts";

Deno.test("fig1 and fig2 tell how much of the predicted decrease is missed", () => {
  // At h = 0.3, f falls by 0.21 of 0.3; at 0.6 by 0.24 of 0.6.
  const rate = (step: number) => step < 500 ? 0.3 : 0.6;
  match(
    finding("fig1", () => ({ rate })).notes[0]!,
    /lower the loss by 0\.600 and lowered it by 0\.240/,
  );
  const { notes } = finding("fig2", () => ({ rate }));
  match(notes[0]!, /^h grows: .* misses 30 % .* minimum is at 0\.500/);
  match(notes[1]!, /^h shrinks: .* misses 60 % .* minimum is at 0\.500/);
  match(notes[2]!, /^f\(h\) is read on straight lines/);
  const cut = finding("fig1", () => ({ rate, diverges: 20 }));
  match(cut.notes.at(-1)!, /^The run diverged at step 999$/);
});

Deno.test("fig1 takes what the step found where that is known", () => {
  const runs = runsOf("fig1", () => ({ rate: () => 0.6 })).map((run) => ({
    ...run,
    control: {
      ...run.control!,
      decreases: run.control!.steps.map(() => 0.25),
    },
  }));
  deepStrictEqual(row("fig1").judge(runs, "small").notes, [
    "The step of 0.6 at the beginning of epoch 0 was to lower the loss by 0.600 and lowered it by 0.250",
  ]);
});

/** Figure 3 where some starts have a rate of their own, or diverge. */
const figure3 = (
  bad: readonly number[],
  rate: (seed: number) => number | undefined,
) =>
  finding("fig3", ({ arm, seed }) => {
    const own = rate(seed);
    if (bad.every((initial) => arm !== `from ${initial}`)) return {};
    return own === undefined ? { diverges: 3 } : { rate: () => own };
  });

Deno.test("fig3: the range of starts that settle alike, without gaps", () => {
  const all = figure3([], () => 0.3);
  strictEqual(all.verdict, "reproduced");
  strictEqual(all.measured.value, "1e-10 to 1");
  ok(all.p! < 0.001);
  const diverged = figure3([1], () => undefined);
  strictEqual(diverged.verdict, "reproduced");
  strictEqual(diverged.measured.value, "1e-10 to 0.1");
  match(diverged.notes.join("\n"), /from 1: .*5 of 5 runs diverged before/);
  const low = figure3([1e-10, 1e-8], () => 0.03);
  strictEqual(low.measured.value, "0.000001 to 1");
  const narrow = figure3([1e-6, 0.1], () => 0.3);
  strictEqual(narrow.measured.value, "0.0001 to 0.01");
  strictEqual(narrow.verdict, "contradicted");
  strictEqual(narrow.p! < 0.05, true);
  strictEqual(figure3([1e-6, 0.01], () => undefined).verdict, "contradicted");
});

Deno.test("fig3: what is not known keeps it open", () => {
  // Wide intervals of both neighbours, and one lost run of each.
  const noisy = figure3([1e-6, 1e-2], (seed) => 0.1 * 8 ** Math.sin(7 * seed));
  strictEqual(noisy.verdict, "inconclusive");
  match(noisy.reason, /; open: 0.000001, 0.01$/);
  const one = figure3([1e-6, 1e-2], (seed) => seed === 2 ? undefined : 0.1);
  strictEqual(one.verdict, "inconclusive");
  // A lost run of the start that all are compared with is not held against them.
  const reference = figure3(
    [1e-4],
    (seed) => seed === 2 ? undefined : 0.1,
  );
  strictEqual(reference.verdict, "reproduced");
});
