import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import {
  quadraticProblem,
  rosenbrockProblem,
} from "../../lib/comparison/analytic_problems.ts";
import {
  compareMethods,
  type CompareMethodsOptions,
} from "../../lib/comparison/compare_methods.ts";
import type { Comparison } from "../../lib/comparison/comparison.ts";
import { networkProblem } from "../../lib/comparison/network_problem.ts";
import { isDisplayed } from "../../lib/figures/displayed.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { withFolder } from "../support/with_folder.ts";

const digits = networkProblem({
  name: "digits",
  title: "softmax regression",
  network: ({ inputShape, classes }) => mlp({ inputShape, outputs: classes }),
  dataset: "drawn-digits",
  train: 200,
  validation: 100,
  test: 100,
});

const small: CompareMethodsOptions = {
  methods: ["sgd", "armijo", "scheduleFree"],
  problems: ["quadratic-10", digits],
  budget: 90,
  seeds: 2,
  settings: 2,
};

/** All runs that were compared. */
function courses({ problems }: Comparison) {
  return problems.flatMap(({ methods }) =>
    methods.flatMap((own) => own.courses)
  );
}

/** Gradient descent at a rate. */
function descent(value: number) {
  return { name: `η = ${value}`, learningRate: { kind: "constant", value } };
}

Deno.test("exact line search wins on a quadratic whose rates are too small, as reckoned", async () => {
  await initialize();
  const { problems: [result], ratios } = await compareMethods({
    methods: [descent(0.1), "exactLineSearch", descent(0.01)],
    problems: [quadraticProblem({ conditionNumber: 2 })],
    budget: 120,
    seeds: 3,
  });
  // Its error falls by ((κ − 1) / (κ + 1))² = 1/9 a step or faster; a step costs nine
  // passes, and so a hundredth is left after three steps at most.
  const [, exact] = result!.methods;
  strictEqual(exact!.tuning, null);
  for (const { loss, costs } of exact!.courses) {
    costs.forEach((cost, i) => {
      strictEqual(cost, 9 * i);
      if (i > 0) ok(loss[i]! <= loss[i - 1]! / 9 * 1.001 || loss[i]! < 1e-12);
    });
  }
  deepStrictEqual(ratios.exactLineSearch, [1, 1, 1]);
  // 0.99² of the loss, or less, is left after a step: 40 steps do not do.
  deepStrictEqual(ratios["η = 0.01"], [null, null, null]);
  const [pair] = result!.pairs;
  ok(pair!.differs && pair!.difference.low > 0);
});

Deno.test("all runs spend the budget within one step, from the same starts", async () => {
  await initialize();
  const { numTensors } = tf.memory();
  const comparison = await compareMethods(small);
  strictEqual(tf.memory().numTensors, numTensors);
  for (const { status, costs, steps } of courses(comparison)) {
    strictEqual(status, "done");
    const cost = costs.at(-1)!;
    ok(cost >= 90 && steps <= 30, `${cost} in ${steps} steps`);
  }
  for (const { methods } of comparison.problems) {
    for (const seed of [0, 1]) {
      const starts = methods.map((own) => own.courses[seed]!.loss[0]);
      strictEqual(new Set(starts).size, 1);
    }
    const [zero, one] = methods[0]!.courses;
    ok(zero!.loss[0] !== one!.loss[0]);
    for (const { tuning } of methods) {
      strictEqual(tuning!.scores.length, 2);
      ok(tuning!.cost >= 90, `${tuning!.cost}`);
      const scores = tuning!.scores.map((score) => score ?? Infinity);
      const best = scores.indexOf(Math.min(...scores));
      strictEqual(tuning!.chosen, tuning!.values[best]);
    }
  }
  // SGD: thirty steps of three.
  ok(
    comparison.problems[0]!.methods[0]!.courses.every(({ costs }) =>
      costs.at(-1) === 90
    ),
  );
  strictEqual(comparison.problems[1]!.pairs.length, 3);
  strictEqual(comparison.ratios.sgd!.length, 4);
  ok(isDisplayed(comparison));
});

Deno.test("what is interrupted goes on from the folder to the same result", () =>
  withFolder(async (folder) => {
    await initialize();
    const whole = await compareMethods(small);
    const control = new AbortController();
    let calls = 0;
    await rejects(
      compareMethods({
        ...small,
        directory: folder,
        signal: control.signal,
        onProgress: () => ++calls === 12 && control.abort(),
      }),
      { name: "InterruptedComparisonError" },
    );
    const [first] = [...Deno.readDirSync(folder)];
    ok(first !== undefined);
    const rest = await compareMethods({ ...small, directory: folder });
    deepStrictEqual(
      JSON.parse(JSON.stringify(rest)),
      JSON.parse(JSON.stringify(whole)),
    );
    // Nothing is trained again: records keep their time.
    const path = join(folder, first.name, "records.jsonl");
    const { mtime } = await Deno.stat(path);
    deepStrictEqual(
      await compareMethods({ ...small, directory: folder }),
      rest,
    );
    deepStrictEqual((await Deno.stat(path)).mtime, mtime);
  }));

Deno.test("problems of one name that differ do not share runs", () =>
  withFolder(async (folder) => {
    await initialize();
    const options = { ...small, budget: 30, directory: folder };
    const on = async (conditionNumber: number) => {
      const { spec, prepare } = quadraticProblem({ conditionNumber });
      const problem = { ...quadraticProblem({ conditionNumber: 2 }) };
      return courses(
        await compareMethods({
          ...options,
          problems: [{ ...problem, name: "mine", spec, prepare }],
        }),
      ).map(({ loss }) => loss.at(-1));
    };
    const first = await on(2);
    const count = [...Deno.readDirSync(folder)].length;
    ok((await on(20)).every((loss, i) => loss !== first[i]));
    strictEqual([...Deno.readDirSync(folder)].length, 2 * count);
    deepStrictEqual(await on(2), first);
  }));

for (
  const [changes, message] of [
    [{ methods: ["sgd"] }, /methods must be at least two, got 1/],
    [{ methods: ["sgd", "sgd"] }, /names of methods must be distinct/],
    [{ methods: ["sgd", "amijo"] }, /did you mean "armijo"\?/],
    [{ problems: [] }, /problems must not be empty/],
    [{ problems: ["rosenbrok"] }, /did you mean "rosenbrock"\?/],
    [{ problems: ["mlp", "mlp"] }, /names of problems must be distinct/],
    [{ budget: 10 }, /budget must be an integer in \[30, 100000000\], got 10/],
    [{ budget: NaN }, /budget must be an integer/],
    [{ seeds: 1 }, /seeds must be an integer in \[2, 1000\], got 1/],
    [{ settings: 1 }, /settings must be an integer in \[2, 100\], got 1/],
    [{ tolerance: 1 }, /tolerance must be in \(0, 1\), got 1/],
  ] as const
) {
  Deno.test(`compareMethods with ${JSON.stringify(changes)} is refused`, async () => {
    await rejects(compareMethods({ ...small, ...changes }), { message });
  });
}

Deno.test("problems check what they are made of", () => {
  for (const conditionNumber of [0.5, NaN, Infinity]) {
    throws(() => quadraticProblem({ conditionNumber }), RangeError);
  }
  for (const size of [1, 2.5, NaN]) {
    throws(() => rosenbrockProblem({ size }), RangeError);
  }
});
