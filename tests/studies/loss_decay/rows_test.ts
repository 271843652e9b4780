/** What the rows of loss decay say of runs whose errors are made up. */
import { match, ok, strictEqual } from "node:assert";
import type { RunPlan } from "../../../lib/studies/plan.ts";
import { lossDecayStudy } from "../../../lib/studies/loss_decay/study.ts";
import type { Finding, Run } from "../../../lib/studies/study.ts";
import { LINEAR_ARM } from "../../../lib/studies/validity.ts";

/** An error of each epoch, for a run of a plan. */
type ErrorOf = (plan: RunPlan, epoch: number) => number;

/** Small differences between seeds, so that intervals have a width. */
const noise = (seed: number) => 0.001 * ((7 * seed) % 5);

/** Runs of a row at the small scale, as made up. */
function runsOf(
  item: string,
  errorOf: ErrorOf,
  curvatureOf: (epoch: number) => number = () => 1,
): Run[] {
  const { plans } = lossDecayStudy.items.find((i) => i.item === item)!;
  return plans("small")!.map((plan, i) => {
    const { epochs } = plan.training;
    const error = Array.from(
      { length: epochs + 1 },
      (_, epoch) =>
        plan.arm === LINEAR_ARM
          ? 0.65
          : errorOf(plan, epoch) + noise(plan.seed),
    );
    const measured = Array.from({ length: epochs }, (_, epoch) => epoch + 1);
    return {
      plan,
      id: `${i}`,
      status: "done",
      evaluatedEpochs: error.map((_, epoch) => epoch),
      evaluation: {
        validation: { loss: error, error },
        test: { loss: error, error },
      },
      epochMeans: { loss: [], learningRate: [], gradientNorm: [] },
      ...plan.training.curvatureEvery === undefined ? {} : {
        measured: {
          gradientSquared: measured.map(() => 1),
          curvature: measured.map((epoch) =>
            curvatureOf(epoch) * (1 + noise(plan.seed))
          ),
          curvatureError: measured.map(() => 1e-6),
        },
      },
      forwardPasses: 0,
      seconds: 0,
    };
  });
}

/** What a row finds; its figures must be drawn too. */
function finding(item: string, runs: readonly Run[]): Finding {
  const row = lossDecayStudy.items.find((i) => i.item === item)!;
  ok(row.figures(runs, "small").length > 0);
  return row.judge(runs, "small");
}

/** Errors by whether a network is normalised, its depth, and how it is trained. */
const plain =
  (of: (normalised: boolean, depth: number, method: string) => number) =>
  ({ arm }: RunPlan) =>
    of(
      !arm.includes("without"),
      arm.startsWith("50") ? 50 : 40,
      arm.split(", ")[1]!,
    );

Deno.test("fig1: reproduced if only loss decay trains, and more so with depth", () => {
  const claimed: ErrorOf = plain((_, depth, method) =>
    method === "normal" ? (depth === 50 ? 0.9 : 0.8) : 0.5
  );
  const found = finding("fig1", runsOf("fig1", claimed));
  strictEqual(found.verdict, "reproduced");
  strictEqual((found.measured.value as number).toFixed(3), "40.000");
  match(
    found.notes.join("; "),
    /rate 2η → 0 minus loss decay: last epoch 0\.00/,
  );
});

Deno.test("fig1: contradicted where both train, though one trains better, or at one rate", () => {
  const verdictOf = (errorOf: ErrorOf) =>
    finding("fig1", runsOf("fig1", errorOf)).verdict;
  strictEqual(verdictOf(() => 0.5), "contradicted");
  const better = plain((_, depth, method) =>
    method === "normal" ? (depth === 50 ? 0.55 : 0.5) : 0.35
  );
  strictEqual(verdictOf(better), "contradicted");
  // A method is judged at the rate that suits it.
  const atOne: ErrorOf = ({ arm }) => /0\.0(1|03)$/.test(arm) ? 0.5 : 0.9;
  strictEqual(verdictOf(atOne), "contradicted");
});

Deno.test("fig1: one kind of network is enough for the claim, none trained for no verdict", () => {
  const without = plain((normalised, depth, method) =>
    normalised || method !== "normal" ? 0.5 : depth === 50 ? 0.9 : 0.8
  );
  const found = finding("fig1", runsOf("fig1", without));
  strictEqual(found.verdict, "reproduced");
  match(found.reason, /^50 layers without normalisation/);
  const none = finding("fig1", runsOf("fig1", () => 0.9));
  strictEqual(none.verdict, "not judged");
  match(none.reason, /not well below a linear model's/);
});

Deno.test("fig2 and fig3: a jump is one beyond that of a constant weight", () => {
  const jumps = (...names: string[]): ErrorOf => (plan, epoch) =>
    names.some((name) => plan.arm === name) && epoch > 18 ? 0.3 : 0.4;
  const [two, three, tail] = ["weight 2 → 0", "weight 3 → 0", "long tail"].map(
    (weight) => `fixed rate, ${weight}`,
  ) as [string, string, string];
  const verdict = (item: string, errorOf: ErrorOf) =>
    finding(item, runsOf(item, errorOf)).verdict;
  strictEqual(verdict("fig2", jumps(two)), "reproduced");
  strictEqual(verdict("fig2", jumps()), "contradicted");
  strictEqual(verdict("fig2", jumps(two, "fixed rate")), "contradicted");
  strictEqual(verdict("fig3", jumps(two, three, tail)), "reproduced");
  strictEqual(verdict("fig3", jumps(two, three)), "contradicted");
});

Deno.test("fig4ab and fig4c: the weight against the best of the others", () => {
  const errorOf =
    (weight: number, piecewise: number, random = 0.6): ErrorOf => ({ arm }) =>
      arm.startsWith("figure 4a's")
        ? weight
        : arm.startsWith("piecewise")
        ? piecewise
        : random;
  const found = (item: string, errors: ErrorOf) =>
    finding(item, runsOf(item, errors));
  strictEqual(found("fig4ab", errorOf(0.4, 0.41)).verdict, "reproduced");
  strictEqual(found("fig4ab", errorOf(0.4, 0.4)).verdict, "contradicted");
  strictEqual(found("fig4c", errorOf(0.4, 0.42, 0.5)).verdict, "reproduced");
  strictEqual(found("fig4c", errorOf(0.4, 0.42, 0.4)).verdict, "contradicted");
  match(found("fig4c", errorOf(0.4, 0.5, 0.42)).reason, /of random gradient/);
});

Deno.test("fig4d: the control says what a difference is", () => {
  const found = (onLoss: number, onRate: number, control: number) =>
    finding(
      "fig4d",
      runsOf("fig4d", ({ arm }) =>
        arm.endsWith("λ/w")
          ? control
          : arm.startsWith("rate")
          ? onRate
          : onLoss),
    );
  // The made-up noise of a seed is the same in all arms: differences are exact.
  const decay = found(0.4, 0.45, 0.4);
  strictEqual(decay.verdict, "reproduced");
  match(decay.notes.at(-1)!, /what differs is the decay/);
  match(found(0.4, 0.45, 0.45).notes.at(-1)!, /does not explain/);
  const open = finding(
    "fig4d",
    runsOf(
      "fig4d",
      ({ arm, seed }) =>
        arm.endsWith("λ/w")
          ? 0.42 + 0.03 * Math.cos(2 * seed)
          : arm.startsWith("rate")
          ? 0.45
          : 0.4,
    ),
  );
  match(open.notes.at(-1)!, /whether weight decay explains .* is open/);
  const same = found(0.4, 0.4, 0.4);
  strictEqual(same.verdict, "contradicted");
  match(same.notes.at(-1)!, /no clear difference/);
});

Deno.test("eq2: growth by more than a factor of ten, or not; or no doubles", () => {
  const found = (curvatureOf: (epoch: number) => number) =>
    finding("eq2", runsOf("eq2", () => 0.4, curvatureOf));
  const grown = found((epoch) => epoch > 10 ? 20 : 1);
  strictEqual(grown.verdict, "reproduced");
  strictEqual((grown.measured.value as number).toFixed(6), "1.301030");
  strictEqual(found((epoch) => epoch > 10 ? 5 : 1).verdict, "contradicted");
  // Neither growth into negative numbers nor that of runs that diverged counts.
  strictEqual(found((epoch) => epoch > 10 ? -300 : 1).verdict, "contradicted");
  const diverged = runsOf("eq2", () => 0.4, (epoch) => epoch > 10 ? 300 : 1)
    .map((run) => ({ ...run, status: "diverged" as const }));
  strictEqual(finding("eq2", diverged).verdict === "reproduced", false);
  const without = runsOf("eq2", () => 0.4).map(({ measured: _, ...run }) =>
    run
  );
  const { judge } = lossDecayStudy.items.find(({ item }) => item === "eq2")!;
  match(judge(without, "small").reason, /only the tensorflow backend/);
});
