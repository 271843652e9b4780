/** What the rows of the adaptive rates say of runs whose courses are made up. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { catalogue } from "../../../lib/studies/catalogue.ts";
import { distinct, type RunPlan } from "../../../lib/studies/plan.ts";
import { arithmeticTable } from "../../../lib/studies/adaptive/arithmetic.ts";
import { adaptiveStudy } from "../../../lib/studies/adaptive/study.ts";
import { at, type Course, finding, madeUpRuns } from "./made_up_runs.ts";

Deno.test("all rows of the catalogue are built at every scale", () => {
  const paper = catalogue.find(({ name }) => name === "adaptive")!;
  deepStrictEqual(
    adaptiveStudy.items.map(({ item }) => item).sort(),
    paper.rows.map(({ item }) => item).sort(),
  );
  for (const { plans } of adaptiveStudy.items) {
    for (const scale of ["smoke", "small", "paper"] as const) {
      ok(plans(scale)!.length > 0);
    }
  }
});

Deno.test("rows share runs", () => {
  const all = adaptiveStudy.items.flatMap(({ plans }) => plans("small")!);
  ok(distinct(all).length < 0.75 * all.length);
});

Deno.test("boston: faster by the training loss at the end, of few examples", () => {
  const course = (adaptive: number) => ({ arm }: RunPlan): Course => ({
    test: () => 1,
    loss: arm.startsWith("adaptive") ? adaptive : 2,
  });
  const found = finding("boston", course(1));
  strictEqual(found.verdict, "reproduced");
  ok(found.notes.some((note) => /withdrawn from scikit-learn/.test(note)));
  strictEqual(finding("boston", course(2)).verdict, "contradicted");
  strictEqual(finding("boston", course(1), 2).verdict, "not judged");
});

Deno.test("logistic: faster by the training loss; the released numbers beside it", () => {
  const course = (loss: number, error = 0.1) => ({ arm }: RunPlan): Course => ({
    test: () => arm === "adaptive" ? error : 0.12,
    loss: arm === "adaptive" ? loss : 9,
    rate: () => arm.startsWith("first") ? 0.1046 : 0.1,
  });
  const found = finding("logistic", course(1));
  strictEqual(found.verdict, "reproduced");
  // Log 9 at the end of twenty epochs.
  strictEqual((found.measured.value as number).toFixed(3), "0.110");
  const first = found.notes.find((note) => /first order, released/.test(note));
  match(first!, /within 2 %/);
  match(first!, /outside 0.003/);
  ok(found.notes.some((note) => note.startsWith("On fashion-mnist")));
  ok(found.notes.some((note) => /^The same from the rate/.test(note)));
  // A better test error alone is not it.
  strictEqual(finding("logistic", course(9, 0.05)).verdict, "contradicted");
  const lost = finding("logistic", (plan) => ({
    ...course(1)(plan),
    ...plan.arm === "adaptive" ? { diverges: 3 } : {},
  }));
  strictEqual(lost.verdict, "contradicted");
});

/** Figure 1 with a plateau of each method. */
const figure1 = (
  plateaus: Readonly<Record<string, number>>,
  overfit = 0.1,
) =>
  finding("fig1", ({ arm }) => ({
    test: at(plateaus[arm] ?? 12),
    train: arm === "basic" ? 0.35 : overfit,
  }));

Deno.test("fig1: an earlier plateau, the same accuracy, more overfitting", () => {
  strictEqual(figure1({ adaptive: 4 }).verdict, "reproduced");
  strictEqual(figure1({}).verdict, "contradicted");
  strictEqual(figure1({ adaptive: 4 }, 0.35).verdict, "contradicted");
});

Deno.test("fig1: whether four updates a batch are the gain of the released program", () => {
  const note = (released: number, control: number) =>
    figure1({
      "released code": released,
      "basic, 4 updates a batch": control,
    }).notes.find((text) => text.startsWith("Trials that are not undone"))!;
  match(note(4, 4), /account for the gain of the released program/);
  match(note(4, 8), /account for a part of the gain/);
  match(note(4, 2), /do better than the released program/);
  match(note(12, 4), /no clear gain to explain/);
});

Deno.test("fig1: whether the gain goes with float32", () => {
  const notes = (plateaus: Record<string, number>) =>
    figure1(plateaus).notes.join("\n");
  const gains = { "adaptive": 4, "adaptive, relative ε": 4 };
  const worse = notes({ ...gains, "adaptive, float64": 12 });
  match(worse, /gains in float32/);
  match(worse, /float64, minus .* does worse so: its gain goes with the round/);
  match(worse, /relative ε, minus .* the same, to within a point/);
  match(notes({ "adaptive, float64": 4 }), /gains nothing clear in float32/);
  match(notes({ "adaptive, float64": 4 }), /float64, minus .* does better so/);
});

Deno.test("fig1: the table of the rule's arithmetic, lost runs apart", () => {
  const runs = madeUpRuns("fig1", ({ arm, seed }) => ({
    test: at(12),
    ...arm === "adaptive, float64" && seed < 3 ? { diverges: 1 } : {},
  }));
  const { figure } = arithmeticTable(runs, "made up");
  const text = JSON.stringify(figure.data);
  match(text, /"3 of 5"/);
  match(text, /"0\.05\d* to 0\.05/);
  ok(text.includes("adaptive, relative ε"));
});

Deno.test("fig2 and fig4: earlier and better; near 0.05", () => {
  const second = (plateau: number, best: number, diverges?: number) =>
    finding("fig2", ({ arm }) => ({
      ...arm === "adaptive"
        ? { test: at(plateau, best), ...diverges ? { diverges } : {} }
        : { test: at(12) },
    })).verdict;
  strictEqual(second(4, 0.38), "reproduced");
  strictEqual(second(4, 0.4), "contradicted");
  strictEqual(second(12, 0.38), "contradicted");
  // What diverges soon after it was good, and what learns nothing, is not early.
  strictEqual(second(2, 0.3, 6), "contradicted");
  strictEqual(second(0, 0.9), "contradicted");
  const fourth = (error: number, rate: number, diverges?: number) =>
    finding("fig4", ({ arm }) => ({
      test: () => arm === "adaptive" ? error : 0.5,
      rate: () => rate,
      ...diverges && arm === "adaptive" ? { diverges } : {},
    })).verdict;
  strictEqual(fourth(0.37, 0.06), "reproduced");
  strictEqual(fourth(0.37, 0.2), "contradicted");
  strictEqual(fourth(0.45, 0.06), "contradicted");
  strictEqual(fourth(0.37, 0.05, 2), "contradicted");
});

/** Figure 3 with rates on both networks. */
const figure3 = (
  lenet: (epoch: number, seed: number) => number,
  resnet: (epoch: number, seed: number) => number,
  diverges?: number,
) =>
  finding("fig3", ({ arm, seed }) => ({
    test: () => 0.4,
    rate: (epoch) => (arm.startsWith("LeNet") ? lenet : resnet)(epoch, seed),
    ...diverges ? { diverges } : {},
  })).verdict;

Deno.test("fig3: LeNet's rate rises and falls, ResNet's falls and ends restless", () => {
  const wave = (epoch: number) => epoch < 10 ? 1 + epoch : 21 - epoch;
  const restless = (epoch: number) =>
    epoch === 0 ? 2 : epoch < 15 ? 1 : epoch % 2 + 0.5;
  strictEqual(figure3(wave, restless), "reproduced");
  strictEqual(figure3(() => 1, restless), "contradicted");
  strictEqual(figure3(wave, () => 1), "contradicted");
  // Restless, but not lower than at first.
  strictEqual(
    figure3(wave, (epoch) => restless(Math.max(1, epoch))),
    "contradicted",
  );
  // A rate that only rises has its highest value near the end.
  strictEqual(figure3((epoch) => 1.1 ** epoch, restless), "contradicted");
  // Noise has a highest value too.
  const noisy = (epoch: number, seed: number) =>
    Math.exp(0.3 * Math.sin(12.9898 * epoch ** 2 + 78.2 * seed));
  ok(figure3(noisy, restless) !== "reproduced");
  strictEqual(figure3(wave, restless, 2), "contradicted");
});
