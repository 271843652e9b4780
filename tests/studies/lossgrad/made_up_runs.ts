/** Runs of LOSSGRAD that are made up. */
import { ok } from "node:assert";
import { type RunPlan, stepsOf } from "../../../lib/studies/plan.ts";
import { lossgradStudy } from "../../../lib/studies/lossgrad/study.ts";
import type { Finding, Run } from "../../../lib/studies/study.ts";
import { LINEAR_ARM } from "../../../lib/studies/validity.ts";
import { lossAt } from "../../../lib/training/line_profile.ts";

/** What is made up of a run. */
export interface Made {
  /** The loss of an epoch, and a tenth of it as error. */
  loss?: (epoch: number) => number;
  /** η at a step. */
  rate?: (step: number) => number;
  /** The loss of a batch. */
  batchLoss?: (step: number) => number;
  /** The epoch in which it diverges. @default {it does not} */
  diverges?: number | undefined;
}

const noise = (seed: number) => 0.0001 * ((7 * seed) % 5);

/** Runs of a row at the small scale, as made up. */
export function runsOf(item: string, make: (plan: RunPlan) => Made): Run[] {
  return row(item).plans("small")!.map((plan, i) => {
    const {
      loss = () => 4,
      rate = () => 0.1,
      batchLoss = () => 1,
      diverges,
    } = make(plan);
    const { epochs, profile } = plan.training;
    const losses = Array.from(
      { length: (diverges ?? epochs) + 1 },
      (_, epoch) =>
        plan.arm === LINEAR_ARM ? 6.5 : loss(epoch) + noise(plan.seed),
    );
    const course = { loss: losses, error: losses.map((l) => l / 10) };
    const total = stepsOf(plan.training);
    const every = profile?.every ?? 5;
    const taken = total * (diverges ?? epochs) / epochs;
    const steps = Array.from(
      { length: Math.ceil(taken / every) },
      (_, n) => every * n,
    );
    return {
      plan,
      id: `${i}`,
      status: diverges === undefined ? "done" : "diverged",
      evaluatedEpochs: losses.map((_, epoch) => epoch),
      evaluation: { train: course, validation: course, test: course },
      epochMeans: {
        loss: losses,
        learningRate: losses.map(() => 0.1),
        gradientNorm: [],
      },
      ...plan.controller
        ? {
          control: {
            steps,
            rates: steps.map((step) => rate(step) * (1 + noise(plan.seed))),
            losses: steps.map(batchLoss),
            costs: losses.map((_, epoch) => 4 * total * epoch / epochs),
            taken,
            events: {},
          },
        }
        : {},
      ...profile
        ? {
          // f(η) = 1 − η + η²: the minimum is at ½.
          measured: {
            gradientSquared: steps.map(() => 1),
            ...Object.fromEntries(
              profile.rates.map((
                r,
              ) => [lossAt(r), steps.map(() => 1 - r + r * r)]),
            ),
          },
        }
        : {},
      forwardPasses: (plan.controller ? 4 : 3) * total,
      seconds: 0,
    };
  });
}

export function row(item: string) {
  return lossgradStudy.items.find((i) => i.item === item)!;
}

/** What a row finds; its figures must be drawn too. */
export function finding(item: string, make: (plan: RunPlan) => Made): Finding {
  const runs = runsOf(item, make);
  ok(row(item).figures(runs, "small").length > 0);
  return row(item).judge(runs, "small");
}

export const verdict = (item: string, make: (plan: RunPlan) => Made) =>
  finding(item, make).verdict;
