/** Runs of the adaptive rates whose courses are made up. */
import { ok } from "node:assert";
import { withDataAtHand } from "../../../lib/studies/data_at_hand.ts";
import { type RunPlan, stepsOf } from "../../../lib/studies/plan.ts";
import { adaptiveStudy } from "../../../lib/studies/adaptive/study.ts";
import type { Finding, Run } from "../../../lib/studies/study.ts";
import { LINEAR_ARM } from "../../../lib/studies/validity.ts";

/** What is made up of a run. */
export interface Course {
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

/** Runs of a row, on data that are generated. */
export function madeUpRuns(
  name: string,
  courseOf: (plan: RunPlan) => Course,
  seeds?: number,
): Run[] {
  const plans = withDataAtHand(row(name).plans("small", seeds)!, () => false);
  return plans.map((plan, i) => made(plan, `${i}`, courseOf(plan)));
}

/** What a row finds; its figures must be drawn too. */
export function finding(
  name: string,
  courseOf: (plan: RunPlan) => Course,
  seeds?: number,
): Finding {
  const { judge, figures } = row(name);
  const runs = madeUpRuns(name, courseOf, seeds);
  ok(figures(runs, "small").length > 0);
  return judge(runs, "small");
}

export const at = (plateau: number, end = 0.4) => (epoch: number) =>
  epoch >= plateau ? end : 0.9;
