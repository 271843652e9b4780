/** What the tables of LOSSGRAD say of runs that are made up. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import { lossgradStudy } from "../../../lib/studies/lossgrad/study.ts";
import { shrinkage } from "../../../lib/studies/lossgrad/section3.ts";
import { LINEAR_ARM } from "../../../lib/studies/validity.ts";
import { finding, type Made, row, runsOf, verdict } from "./made_up_runs.ts";

/** Table 1: how far c = 1.05 leads, how runs swing, and when they diverge. */
const table1 = (
  lead: number,
  { swing = () => 0, diverges = () => undefined }: {
    swing?: (arm: string) => number;
    diverges?: (arm: string, seed: number) => number | undefined;
  },
) =>
  finding("table-c", ({ arm, seed }) => ({
    loss: (epoch) =>
      (arm === "c = 1.05" ? 4 : 4 + lead) + (epoch % 2 ? swing(arm) : 0),
    diverges: arm === LINEAR_ARM ? undefined : diverges(arm, seed),
  }));

Deno.test("table-c: c = 1.05 must lead, and the ends must be unsteady", () => {
  const swings = (low: number, high: number, rest = 0.1) => (arm: string) =>
    arm === "c = 1.001" ? low : arm === "c = 1.2" ? high : rest;
  const found = table1(0.5, { swing: swings(0.1, 0.2) });
  strictEqual(found.verdict, "reproduced");
  // c = 1.001 cannot show anything in 1,000 steps.
  match(
    found.reason,
    /c = 1.001 is left out: in 1000 steps it changes η by a factor of 2.7/,
  );
  strictEqual(
    table1(0.5, { swing: swings(0.1, 0.1) }).verdict,
    "contradicted",
  );
  // A tenth more is not "unstable".
  strictEqual(
    table1(0.5, { swing: swings(0.1, 0.11) }).verdict,
    "contradicted",
  );
  strictEqual(table1(0, { swing: swings(0.1, 0.2) }).verdict, "contradicted");
  ok(found.p! < 0.01);
});

Deno.test("table-c: an end that diverges is unstable, c = 1.05 that does leaves it open", () => {
  const swing = () => 0.1;
  const after = (which: string, seeds: number) => (arm: string, seed: number) =>
    arm === which && seed < seeds ? 2 : undefined;
  const ends = (seeds: number) =>
    table1(0.5, { swing, diverges: after("c = 1.2", seeds) }).verdict;
  strictEqual(ends(5), "reproduced");
  strictEqual(ends(4), "reproduced");
  strictEqual(ends(1), "inconclusive");
  strictEqual(ends(0), "contradicted");
  const chosen = (seeds: number) =>
    table1(0.5, { swing, diverges: after("c = 1.05", seeds) }).verdict;
  ok(chosen(1) !== "reproduced");
  ok(chosen(4) !== "reproduced");
});

const spiky = (high: number): Made => ({
  batchLoss: (step) => step === 0 ? 2 : step === 500 || step === 800 ? 1 : 0.1,
  rate: (step) => step === 495 || step === 795 ? high : 0.1,
});

Deno.test("table-mnist and table-autoencoder: spikes of LOSSGRAD", () => {
  const only = (made: Made) => ({ arm }: RunPlan) =>
    arm === "LOSSGRAD" ? made : {};
  strictEqual(verdict("table-mnist", only(spiky(0.3))), "reproduced");
  // Spikes, but not where the step size peaks.
  strictEqual(verdict("table-mnist", only(spiky(0.1))), "contradicted");
  strictEqual(verdict("table-mnist", () => ({})), "contradicted");
  strictEqual(verdict("table-autoencoder", () => ({})), "reproduced");
  strictEqual(
    verdict("table-autoencoder", only(spiky(0.3))),
    "contradicted",
  );
});

Deno.test("table-mnist and table-autoencoder: a loss that does not come back is no spike", () => {
  const lost = (made: Made, seeds: number) => ({ arm, seed }: RunPlan) =>
    arm === "LOSSGRAD"
      ? { ...made, ...seed < seeds ? { diverges: 20 } : {} }
      : {};
  const one = finding("table-mnist", lost(spiky(0.3), 1));
  strictEqual(one.verdict, "reproduced");
  match(one.notes[0]!, /^1 of 5 runs of LOSSGRAD diverged and are not counted/);
  strictEqual(verdict("table-mnist", lost(spiky(0.3), 4)), "inconclusive");
  strictEqual(verdict("table-autoencoder", lost({}, 5)), "inconclusive");
});

/** Dropout: how far losses swing of one epoch to the next, and what diverges. */
const dropping = (
  swing: (arm: string) => number,
  diverges: (arm: string, seed: number) => boolean = () => false,
) =>
  finding("dropout", ({ arm, seed }) => ({
    loss: (epoch) => 4 + (epoch % 2 ? swing(arm) : 0),
    ...diverges(arm, seed) ? { diverges: 3 } : {},
  }));

Deno.test("dropout: harm is a test loss that changes more, beyond what SGD's does", () => {
  const masks = (swing: number) => (arm: string) =>
    arm.endsWith("two masks") ? swing : 0.1;
  strictEqual(dropping(masks(0.3)).verdict, "reproduced");
  strictEqual(dropping(masks(0.1)).verdict, "contradicted");
  strictEqual(dropping(masks(0.05)).verdict, "contradicted");
  // SGD changes as much more with dropout.
  const both = (arm: string) =>
    /two masks|SGD .*, dropout/.test(arm) ? 0.3 : 0.1;
  strictEqual(dropping(both).verdict, "contradicted");
});

Deno.test("dropout: a calm loss of what hardly learns decides nothing", () => {
  const stuck = finding("dropout", ({ arm }) => ({
    loss: (epoch) => arm.endsWith("two masks") ? 8 : 4 + (epoch % 2 ? 0.1 : 0),
  }));
  strictEqual(stuck.verdict, "inconclusive");
  match(stuck.notes[0]!, /hardly learns is no sign of stability/);
});

Deno.test("dropout: divergence is harm", () => {
  const lost = (masks: string, seeds: number) =>
    dropping(
      () => 0.1,
      (arm, seed) => arm.endsWith(masks) && seed < seeds,
    );
  strictEqual(lost("two masks", 5).verdict, "reproduced");
  strictEqual(lost("two masks", 4).verdict, "reproduced");
  strictEqual(lost("two masks", 1).verdict, "inconclusive");
  const same = lost("same mask", 4);
  strictEqual(same.verdict, "contradicted");
  match(same.notes.join("\n"), /same mask .* 4 of 5 runs diverged/);
  // Without dropout it diverges as often.
  strictEqual(lost("", 5).verdict, "contradicted");
});

Deno.test("fig4: a spike is twice the later step sizes", () => {
  const make = (peak: number) => () => ({
    rate: (step: number) => step === 100 ? peak : 0.1,
  });
  strictEqual(verdict("fig4", make(0.5)), "reproduced");
  strictEqual(verdict("fig4", make(0.15)), "contradicted");
});

Deno.test("table-resnet56: says whose best rate is an end of those tried", () => {
  const bestAt = (rate: string) => ({ arm }: RunPlan): Made => ({
    loss: () => arm === `two steps ${rate}` ? 4 : /0\.8$/.test(arm) ? 4.5 : 5,
  });
  const told = (rate: string) =>
    finding("table-resnet56", bestAt(rate)).notes
      .filter((note) => note.includes("an end of those tried"));
  deepStrictEqual(told("0.8"), []);
  const [note, ...more] = told("2");
  match(note!, /^two steps 2: the rate is an end/);
  deepStrictEqual(more, []);
});

Deno.test("table-resnet56: better than SGD, worse than scheduled SGD, not than WNGrad", () => {
  const make = (sgd: number, scheduled: number, wngrad = 5) =>
  (
    { arm }: RunPlan,
  ): Made => ({
    loss: () =>
      arm.startsWith("SGD")
        ? sgd
        : arm.startsWith("two steps")
        ? scheduled
        : arm.startsWith("WNGrad")
        ? wngrad
        : 5,
  });
  strictEqual(verdict("table-resnet56", make(5.5, 4.5)), "reproduced");
  strictEqual(verdict("table-resnet56", make(5.5, 5.5)), "contradicted");
  strictEqual(verdict("table-resnet56", make(4.5, 4.5)), "contradicted");
  // WNGrad may be a little better, not by what matters.
  strictEqual(verdict("table-resnet56", make(5.5, 4.5, 4.98)), "reproduced");
  strictEqual(verdict("table-resnet56", make(5.5, 4.5, 4.5)), "contradicted");
  const lost = ({ arm }: RunPlan): Made => ({
    ...make(5.5, 4.5)({ arm } as RunPlan),
    ...arm === "LOSSGRAD" ? { diverges: 2 } : {},
  });
  strictEqual(
    verdict("table-resnet56", (plan) => ({
      ...lost(plan),
      loss: (epoch) => epoch === 0 ? 6 : lost(plan).loss!(epoch),
    })),
    "contradicted",
  );
});

Deno.test("claims of several parts have the largest p of them", () => {
  const wobbly = ({ arm, seed }: RunPlan): Made => ({
    loss: () =>
      arm.startsWith("SGD")
        ? 5.5
        : arm.startsWith("two steps")
        ? 4.8 + 0.15 * Math.sin(2 * seed)
        : 5,
  });
  const { p, verdict } = finding("table-resnet56", wobbly);
  strictEqual(verdict, "reproduced");
  ok(p! > 1e-4, `${p}`);
  const wae = ({ arm, seed }: RunPlan): Made => ({
    loss: () =>
      arm.startsWith("SGD")
        ? 2
        : arm.startsWith("WNGrad")
        ? 3 + 0.4 * Math.sin(2 * seed)
        : 4,
  });
  ok(finding("table-wae", wae).p! > 1e-4);
});

Deno.test("table-imdb: ahead of untuned SGD alone", () => {
  const losses: Record<string, number> = {
    "LOSSGRAD": 4,
    "SGD 0.1": 5,
    "linear model": 6.5,
    "bag of words": 3,
  };
  const make = (other: Record<string, number>) => ({ arm }: RunPlan): Made => ({
    loss: () =>
      ({ ...losses, ...other })[arm] ?? other[arm.split(" ")[0]!] ?? 3.5,
  });
  strictEqual(verdict("table-imdb", make({})), "reproduced");
  strictEqual(verdict("table-imdb", make({ "SGD 0.1": 3 })), "contradicted");
  const slow = { "WNGrad": 4.5 }; // at every numerator
  strictEqual(verdict("table-imdb", make(slow)), "contradicted");
  // Each method at the rate that suits it.
  strictEqual(verdict("table-imdb", make({ "SGD 3": 9 })), "reproduced");
  const { notes, measured } = finding("table-imdb", make({}));
  ok(Math.abs(Number(measured.value) - 5) < 0.1, `${measured.value}`);
  match(
    notes.join("\n"),
    /linear models: 65\.0 % .* place, 30\.0 % with one for each word/,
  );
  match(notes.join("\n"), /Embeddings begin as GloVe's/);
});

Deno.test("table-wae: above tuned SGD and WNGrad, by shares of their losses", () => {
  const make = (sgd: number, wngrad: number) => ({ arm }: RunPlan): Made => ({
    loss: () =>
      arm.startsWith("SGD") ? sgd : arm.startsWith("WNGrad") ? wngrad : 4,
  });
  strictEqual(verdict("table-wae", make(2, 3)), "reproduced");
  strictEqual(verdict("table-wae", make(2, 4)), "contradicted");
  const { measured } = finding("table-wae", make(2, 3));
  ok(Math.abs(Number(measured.value) - 100) < 0.1, `${measured.value}`);
  strictEqual(measured.unit, "%");
});

Deno.test("table-imdb and table-wae: no verdicts on what stands in", () => {
  for (const item of ["table-imdb", "table-wae"]) {
    const instead = runsOf(item, () => ({})).map((run) => {
      const { training } = run.plan;
      let data = training.data;
      while (data.standIn) data = data.standIn;
      return { ...run, plan: { ...run.plan, training: { ...training, data } } };
    });
    const { verdict, reason, p } = row(item).judge(instead, "small");
    strictEqual(verdict, "not judged");
    match(reason, /^stand-in data: (generated texts|textured shapes) for /);
    strictEqual(p, undefined);
    match(row(item).judge(instead, "smoke").reason, /^scale: smoke/);
  }
});

Deno.test("section3: the bound holds, with equality at 9/11", () => {
  strictEqual(row("section3").judge([], "small").verdict, "reproduced");
  strictEqual(row("section3").figures([], "small").length, 1);
  const { energy, two } = shrinkage(10, Math.atan2(1, 0.1));
  ok(Math.abs(energy - 9 / 11) < 1e-9 && Math.abs(two - (9 / 11) ** 2) < 1e-9);
  // In a single step the Euclidean norm may shrink less.
  const { one } = shrinkage(10, Math.atan2(0.979, 0.205));
  ok(Math.abs(one - 0.862) < 5e-4, `${one}`);
});

Deno.test("all arms of a row have the same seeds", () => {
  for (const { item, plans } of lossgradStudy.items) {
    const seeds = Map.groupBy(plans("small") ?? [], ({ arm }) => arm);
    for (const [arm, of] of seeds) {
      const expected = /^fig[12]$/.test(item) ? 1 : 5;
      strictEqual(of.length, expected, `${item} ${arm}`);
    }
  }
});
