/** What the sections of the adaptive rates say of runs whose courses are made up. */
import { match, ok, strictEqual } from "node:assert";
import { at, finding } from "./made_up_runs.ts";

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
