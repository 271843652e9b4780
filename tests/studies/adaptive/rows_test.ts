/** What the rows of the adaptive rates say of runs whose courses are made up. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { catalogue } from "../../../lib/studies/catalogue.ts";
import { withDataAtHand } from "../../../lib/studies/data_at_hand.ts";
import { distinct, type RunPlan, stepsOf } from "../../../lib/studies/plan.ts";
import { adaptiveStudy } from "../../../lib/studies/adaptive/study.ts";
import type { Finding, Run } from "../../../lib/studies/study.ts";
import { LINEAR_ARM } from "../../../lib/studies/validity.ts";

/** What is made up of a run. */
interface Course {
  /** Test error after an epoch. */
  test: (epoch: number) => number;
  /** Training error at every epoch. @default {as on the test set} */
  train?: number;
  /** Mean rate of an epoch, from 0. */
  rate?: (epoch: number) => number;
  /** Events a step. */
  events?: Record<string, number>;
  /** Training loss at the end. */
  loss?: number;
  /** The epoch in which it diverges. @default {it does not} */
  diverges?: number;
}

/** Small differences between seeds, so that intervals have a width. */
const noise = (seed: number) => 0.001 * ((7 * seed) % 5);

const row = (name: string) =>
  adaptiveStudy.items.find(({ item }) => item === name)!;

/** A run as its plan and a course have it. */
function made(plan: RunPlan, id: string, course: Course): Run {
  const { epochs, evaluateEvery = 1, updatesPerBatch = 1 } = plan.training;
  const evaluated = Array.from(
    { length: epochs / evaluateEvery + 1 },
    (_, i) => i * evaluateEvery,
  );
  const test = evaluated.map((epoch) =>
    plan.arm === LINEAR_ARM ? 0.65 : course.test(epoch) + noise(plan.seed)
  );
  const train = test.map((error) => course.train ?? error);
  const steps = stepsOf(plan.training);
  const each = plan.controller === undefined
    ? 3
    : updatesPerBatch === 4
    ? 17 / 4
    : 8;
  const { diverges } = course;
  const cut = <Value>(values: Value[]): Value[] =>
    diverges === undefined ? values : values.slice(0, diverges + 1);
  const taken = Object.entries(course.events ?? {})
    .map(([name, share]) => [name, share * steps]);
  return {
    plan,
    id,
    status: diverges === undefined ? "done" : "diverged",
    evaluatedEpochs: cut(evaluated),
    evaluation: {
      test: { loss: cut(test), error: cut(test) },
      train: {
        loss: cut(
          test.map((_, i) =>
            i === test.length - 1 ? (course.loss ?? 1) + noise(plan.seed) : 10
          ),
        ),
        error: cut(train),
      },
    },
    epochMeans: {
      loss: cut(Array.from({ length: epochs }, (_, i) => 1 / (1 + i))),
      gradientNorm: [],
      learningRate: cut(Array.from(
        { length: epochs },
        (_, i) => (course.rate?.(i) ?? 0.05) * (1 + noise(plan.seed)),
      )),
    },
    ...plan.controller === undefined ? {} : {
      control: {
        steps: [0],
        rates: [0.05],
        costs: cut(evaluated).map((epoch) => each * steps * epoch / epochs),
        losses: [],
        taken: diverges === undefined ? steps : steps * diverges / epochs,
        events: Object.fromEntries(taken),
      },
    },
    forwardPasses: each * steps,
    seconds: each,
  };
}

/** What a row finds; its figures must be drawn too. */
function finding(
  name: string,
  courseOf: (plan: RunPlan) => Course,
  seeds?: number,
): Finding {
  const { plans, judge, figures } = row(name);
  const atHand = withDataAtHand(plans("small", seeds)!, () => false);
  const runs = atHand.map((plan, i) => made(plan, `${i}`, courseOf(plan)));
  ok(figures(runs, "small").length > 0);
  return judge(runs, "small");
}

const at = (plateau: number, end = 0.4) => (epoch: number) =>
  epoch >= plateau ? end : 0.9;

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

Deno.test("fig1: lost runs are told beside where the rates of the others end", () => {
  const { notes } = finding("fig1", ({ arm, seed }) => ({
    test: at(12),
    ...arm === "adaptive, float64" && seed < 3 ? { diverges: 1 } : {},
  }));
  match(
    notes.join("\n"),
    /float64: .* 3 of 5 runs lost .* the others 0\.05\d* to 0\.05/,
  );
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

Deno.test("section 5.1: calmer from the converged rate, lost runs apart", () => {
  const calmer = (
    from: (epoch: number) => number,
    again: (epoch: number) => number = () => 0.05,
    diverges?: number,
  ) =>
    finding("section5-1", ({ arm }) => ({
      test: () => 0.4,
      rate: arm === "adaptive" ? from : again,
      ...diverges && arm !== "adaptive" ? { diverges } : {},
    })).verdict;
  const swing = (epoch: number) => epoch % 2 ? 0.04 : 0.08;
  strictEqual(calmer(swing), "reproduced");
  strictEqual(calmer(() => 0.01), "contradicted");
  strictEqual(calmer(() => 0.05, swing), "contradicted");
  // The climb from a low start is not restlessness.
  strictEqual(
    calmer((epoch) => Math.min(0.05, 0.01 * 2 ** epoch)),
    "contradicted",
  );
  strictEqual(calmer(swing, () => 0.05, 1), "contradicted");
});

Deno.test("section 6.1: both ends are to diverge, with negative rates too", () => {
  const epsilon = (small: number, large: number, allowed: number) =>
    finding("section6-1", ({ arm }) => ({
      test: () =>
        arm === "ε = 1e-7"
          ? small
          : arm === "ε = 1e-2"
          ? large
          : arm.endsWith("allowed")
          ? allowed
          : 0.4,
    })).verdict;
  strictEqual(epsilon(0.9, 0.9, 0.9), "reproduced");
  strictEqual(epsilon(0.4, 0.9, 0.9), "contradicted");
  strictEqual(epsilon(0.9, 0.9, 0.4), "contradicted");
});

Deno.test("section 6.2: the same end rate, beyond what seeds differ by", () => {
  const start = (
    end: (arm: string, seed: number) => number,
    lost: (arm: string, seed: number) => boolean = () => false,
  ) =>
    finding("section6-2", ({ arm, seed }) => ({
      test: () => 0.4,
      rate: () => end(arm, seed),
      ...lost(arm, seed) ? { diverges: 2 } : {},
    }));
  const same = start(() => 0.05);
  strictEqual(same.verdict, "reproduced");
  strictEqual(same.measured.value, 0);
  strictEqual(start((arm) => Number(arm.slice(5))).verdict, "contradicted");
  // Seeds that differ more than the starts decide nothing.
  const noisy = (arm: string, seed: number) =>
    Math.exp(3 * Math.sin(7 * seed + 5 * arm.length));
  strictEqual(start(noisy).verdict, "inconclusive");
  const high = (arm: string) => arm === "from 0.5";
  strictEqual(start(() => 0.05, high).verdict, "contradicted");
  strictEqual(
    start(() => 0.05, (arm, seed) => high(arm) && seed === 1).verdict,
    "inconclusive",
  );
});

Deno.test("sections 6.3 and 6.4: five evaluations; overfitting and dropout", () => {
  const cost = finding("section6-3", () => ({ test: () => 0.4 }));
  strictEqual(cost.verdict, "reproduced");
  strictEqual(cost.measured.value, 5);
  match(cost.reason, /it is counted, not found/);
  ok(
    cost.notes.some((note) => /released code: 17.00 .* 5.67 times/.test(note)),
  );
  const partly = finding("section6-3", ({ arm, seed }) => ({
    test: () => 0.4,
    ...arm === "adaptive, float64" && seed < 2 ? { diverges: 4 } : {},
    ...arm === "adaptive, relative ε" ? { diverges: 4 } : {},
  }));
  ok(partly.notes.some((note) => /float64: 8.00 .* 2 lost runs/.test(note)));
  ok(partly.notes.includes("adaptive, relative ε: all runs were lost"));
  strictEqual(
    finding("section6-3", ({ arm }) => ({
      test: () => 0.4,
      ...arm === "adaptive" ? { diverges: 4 } : {},
    })).verdict,
    "inconclusive",
  );

  const overfits = (adaptive: number, dropped: number) =>
    finding("section6-4", ({ arm }) => ({
      test: () => 0.4,
      train: arm === "adaptive"
        ? adaptive
        : arm === "adaptive, dropout"
        ? dropped
        : 0.35,
    })).verdict;
  strictEqual(overfits(0.1, 0.3), "reproduced");
  strictEqual(overfits(0.35, 0.35), "contradicted");
  strictEqual(overfits(0.1, 0.1), "contradicted");
});

Deno.test("section 3.3: a network that learned nothing is told of", () => {
  const { notes } = finding("section3-3", ({ arm }) => ({
    test: arm === "secant" ? () => 0.9 : at(4),
    rate: () => 9.5,
  }));
  const dead = notes.filter((note) => /learned nothing/.test(note));
  strictEqual(dead.length, 1);
  match(dead[0]!, /^secant: 5 of 5 runs .* 9\.5\d* to 9\.5/);
});

Deno.test("rows without a claim are measured and not judged", () => {
  for (
    const name of [
      "section5-2",
      "section5-3",
      "section5-4",
      "section3-3",
      "cifar100",
    ]
  ) {
    const found = finding(name, () => ({ test: () => 0.4 }));
    strictEqual(found.verdict, "not judged");
    strictEqual(
      found.reason,
      name === "cifar100"
        ? "stand-in data: cifar-100-subset for CIFAR-100"
        : "no claim",
    );
    ok(found.notes.length >= 2);
  }
});

Deno.test("runs that a linear model nearly equals say nothing", () => {
  const found = finding("fig1", () => ({ test: () => 0.62 }));
  strictEqual(found.verdict, "not judged");
  match(found.reason, /not well below a linear model's/);
});
