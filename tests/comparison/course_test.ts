import { deepStrictEqual, strictEqual } from "node:assert";
import {
  costToReach,
  courseOf,
  finalValue,
  judgedValue,
  valueAt,
} from "../../lib/comparison/course.ts";
import { networkProblem } from "../../lib/comparison/network_problem.ts";
import { mlp } from "../../lib/models/mlp.ts";

const problem = networkProblem({
  name: "p",
  title: "p",
  dataset: "drawn-digits",
  network: ({ inputShape, classes }) => mlp({ inputShape, outputs: classes }),
});

/** An evaluation with the same error everywhere. */
function evaluation(step: number, cost: number, loss: number, error: number) {
  const own = { loss, error };
  return {
    step,
    epoch: step,
    cost,
    evaluation: { train: own, validation: own, test: own },
  };
}

const records = [
  evaluation(0, 0, 2, 0.9),
  { step: 0, epoch: 0, loss: 2, learningRate: 1, cost: 3 },
  evaluation(10, 30, 1, 0.5),
  evaluation(20, 61, 0.5, 0.25),
];

Deno.test("a course has costs, losses and errors in per cent", () => {
  deepStrictEqual(courseOf(problem, 4, "done", records), {
    seed: 4,
    status: "done",
    steps: 20,
    costs: [0, 30, 61],
    loss: [2, 1, 0.5],
    outcome: [90, 50, 25],
    choice: [90, 50, 25],
  });
});

Deno.test("averaged weights stand for the weights where a method averages", () => {
  const averaged = { train: { loss: 0.25, error: 0.1 } };
  const { loss } = courseOf(
    { ...problem, outcome: problem.loss, choice: problem.loss },
    0,
    "done",
    [records[0]!, { ...evaluation(10, 30, 1, 0.5), averaged }],
  );
  deepStrictEqual(loss, [2, 0.25]);
});

Deno.test("values at costs, and the cost of a value", () => {
  const course = courseOf(problem, 0, "done", records);
  const at = (cost: number) => valueAt(course, course.loss, cost);
  deepStrictEqual([0, 29, 30, 60, 61, 1000].map(at), [2, 2, 1, 1, 0.5, 0.5]);
  deepStrictEqual(
    [1.5, 1, 0.1].map((target) => costToReach(course, target)),
    [30, 30, Infinity],
  );
});

Deno.test("what diverged counts as untrained", () => {
  const course = courseOf(problem, 0, "diverged", records);
  strictEqual(finalValue(course, course.loss), 2);
  const infinite = { ...course, status: "done" as const };
  strictEqual(finalValue(infinite, [3, Infinity]), 3);
});

Deno.test("what stood still because its line was not finite diverged", () => {
  const still = (events: Record<string, number>) => ({
    step: 1,
    epoch: 1,
    loss: 1e28,
    learningRate: 0,
    cost: 3,
    events,
  });
  const of = (events: Record<string, number>) =>
    courseOf(problem, 0, "done", [
      ...records,
      still(events),
      evaluation(30, 90, 1e28, 0.9),
    ]);
  const course = of({ "not finite": 4 });
  strictEqual(course.status, "diverged");
  strictEqual(finalValue(course, course.loss), 2);
  strictEqual(of({}).status, "done");
});

Deno.test("losses are judged by their logarithms, down to 1e-12", () => {
  const log = { ...problem.loss, scale: "log" as const };
  deepStrictEqual([10, 1e-12, 0].map((x) => judgedValue(log, x)), [
    1,
    -12,
    -12,
  ]);
  strictEqual(judgedValue(problem.outcome, 10), 10);
});
