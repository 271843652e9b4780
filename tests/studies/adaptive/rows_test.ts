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
  const taken = Object.entries(course.events ?? {})
    .map(([name, share]) => [name, share * steps]);
  return {
    plan,
    id,
    status: "done",
    evaluatedEpochs: evaluated,
    evaluation: {
      test: { loss: test, error: test },
      train: {
        loss: test.map((_, i) =>
          i === test.length - 1 ? (course.loss ?? 1) + noise(plan.seed) : 10
        ),
        error: train,
      },
    },
    epochMeans: {
      loss: Array.from({ length: epochs }, (_, i) => 1 / (1 + i)),
      gradientNorm: [],
      learningRate: Array.from(
        { length: epochs },
        (_, i) => (course.rate?.(i) ?? 0.05) * (1 + noise(plan.seed)),
      ),
    },
    ...plan.controller === undefined ? {} : {
      control: {
        steps: [0],
        rates: [0.05],
        costs: evaluated.map((epoch) => each * steps * epoch / epochs),
        losses: [],
        taken: steps,
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

Deno.test("logistic: faster, and the first order rougher; the released numbers beside it", () => {
  const course = (error: number) => ({ arm }: RunPlan): Course => ({
    test: () => arm === "adaptive" ? error : 0.12,
    rate: () => arm.startsWith("first") ? 0.1046 : 0.1,
  });
  const found = finding("logistic", course(0.1));
  // Made-up losses never rise.
  strictEqual(found.verdict, "contradicted");
  strictEqual((found.measured.value as number).toFixed(3), "2.000");
  const first = found.notes.find((note) => /first order, released/.test(note));
  match(first!, /within 2 %/);
  match(first!, /outside 0.003/);
  ok(found.notes.some((note) => note.startsWith("On fashion-mnist")));
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
  const conclusion = (adaptive: number, float64: number) =>
    figure1({ adaptive, "adaptive, float64": float64 }).notes.find((text) =>
      /gain is|gains nothing/.test(text)
    )!;
  match(conclusion(4, 12), /goes with the rounding/);
  match(conclusion(4, 4), /in float64 too/);
  match(conclusion(12, 4), /gains nothing clear/);
});

Deno.test("fig2 and fig4: earlier and better; near 0.05", () => {
  const second = (plateau: number, best: number) =>
    finding("fig2", ({ arm }) => ({
      test: arm === "adaptive" ? at(plateau, best) : at(12),
    })).verdict;
  strictEqual(second(4, 0.38), "reproduced");
  strictEqual(second(4, 0.4), "contradicted");
  strictEqual(second(12, 0.38), "contradicted");
  const fourth = (error: number, rate: number) =>
    finding("fig4", ({ arm }) => ({
      test: () => arm === "adaptive" ? error : 0.5,
      rate: () => rate,
    })).verdict;
  strictEqual(fourth(0.37, 0.06), "reproduced");
  strictEqual(fourth(0.37, 0.2), "contradicted");
  strictEqual(fourth(0.45, 0.06), "contradicted");
});

Deno.test("fig3: LeNet's rate rises and falls, ResNet's ends restless", () => {
  const wave = (epoch: number) => epoch < 10 ? 1 + epoch : 21 - epoch;
  const restless = (epoch: number) => epoch < 15 ? 1 : epoch % 2 + 0.5;
  const verdict = (lenet: typeof wave, resnet: typeof wave) =>
    finding("fig3", ({ arm }) => ({
      test: () => 0.4,
      rate: arm.startsWith("LeNet") ? lenet : resnet,
    })).verdict;
  strictEqual(verdict(wave, restless), "reproduced");
  strictEqual(verdict(() => 1, restless), "contradicted");
  strictEqual(verdict(wave, () => 1), "contradicted");
});

Deno.test("sections 5.1, 6.1, 6.2: calmer, diverging ends, one end rate", () => {
  const calmer = (from: (epoch: number) => number) =>
    finding("section5-1", ({ arm }) => ({
      test: () => 0.4,
      rate: arm === "adaptive" ? from : () => 0.05,
    })).verdict;
  strictEqual(calmer((epoch) => 0.01 * 1.1 ** epoch), "reproduced");
  strictEqual(calmer(() => 0.01), "contradicted");

  const epsilon = (small: number, large: number) =>
    finding("section6-1", ({ arm }) => ({
      test: () => arm === "ε = 1e-7" ? small : arm === "ε = 1e-2" ? large : 0.4,
    })).verdict;
  strictEqual(epsilon(0.9, 0.9), "reproduced");
  strictEqual(epsilon(0.4, 0.9), "contradicted");

  const start = (end: (arm: string) => number) =>
    finding("section6-2", ({ arm }) => ({
      test: () => 0.4,
      rate: () => end(arm),
    }));
  const same = start(() => 0.05);
  strictEqual(same.verdict, "reproduced");
  strictEqual(same.measured.value, 0);
  strictEqual(
    start((arm) => Number(arm.slice(5))).verdict,
    "contradicted",
  );
});

Deno.test("sections 6.3 and 6.4: five evaluations; overfitting and dropout", () => {
  const cost = finding("section6-3", () => ({ test: () => 0.4 }));
  strictEqual(cost.verdict, "reproduced");
  strictEqual(cost.measured.value, 5);
  ok(
    cost.notes.some((note) => /released code: 17.00 .* 5.67 times/.test(note)),
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
