/** What a gradient weight is, and what it is not: laws. */
import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  adagrad,
  adam,
  adamw,
  amsgrad,
  lamb,
  lion,
  momentum,
  nadam,
  nesterov,
  rmsprop,
  sgd,
  update,
} from "../../lib/optimizers/mod.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import {
  type Problem,
  trajectory,
  type TrajectoryOptions,
} from "./trajectory.ts";

const STEPS = 50;
const problem: Problem = {
  start: [1, -2, 0.5, 3],
  curvature: [0.3, 1, 3, 10],
  noise: Array.from(
    { length: STEPS },
    (_, t) => [0, 1, 2, 3].map((i) => Math.sin(1.7 * t * t + i)),
  ),
  rates: Array.from({ length: STEPS }, (_, t) => 0.03 * (1 - t / 60)),
};

/** A number for each step. */
const each = (value: (t: number) => number) =>
  Array.from({ length: STEPS }, (_, t) => value(t));

/** The problem at a rate of wₜ·ηₜ. */
const atRates = (weights: readonly number[]): Problem => ({
  ...problem,
  rates: problem.rates.map((rate, t) => rate * weights[t]!),
});

/** The largest difference of two paths, relative to the size of parameters. */
function difference(a: number[][], b: number[][]): number {
  return Math.max(
    ...a.flatMap((values, t) =>
      values.map((x, i) =>
        Math.abs(x - b[t]![i]!) / Math.max(1, Math.abs(b[t]![i]!))
      )
    ),
  );
}

const powersOfTwo = each((t) => 2 ** (2 - Math.floor(t / 10)));
const falling = each((t) => 2 - t / 25);

for (const precision of ["float32", "float64"] as const) {
  tensorflowTest(
    `sgd: a weight that is a power of two is a factor of the rate, to the bit (${precision})`,
    () =>
      deepStrictEqual(
        trajectory(problem, sgd(), { weights: powersOfTwo, precision }),
        trajectory(atRates(powersOfTwo), sgd(), { precision }),
      ),
  );
}

tensorflowTest(
  "sgd: any weight is a factor of the rate, in double precision",
  () => {
    const options: TrajectoryOptions = { weights: falling };
    const apart = difference(
      trajectory(problem, sgd(), options),
      trajectory(atRates(falling), sgd()),
    );
    ok(apart <= 1e-12, `${apart}`);
  },
);

tensorflowTest(
  "sgd: any weight is a factor of the rate, within 2 ulp a step",
  () => {
    const number = fc.float({ min: -100, max: 100, noNaN: true })
      .filter((x) => x === 0 || Math.abs(x) > 1e-3);
    const positive = fc.float({
      min: Math.fround(1e-3),
      max: 10,
      noNaN: true,
    });
    fc.assert(
      fc.property(
        number,
        number,
        positive,
        positive,
        (theta, g, rate, weight) => {
          const step = (
            learningRate: number,
            gradientWeight: number | undefined,
          ) =>
            tf.tidy(() =>
              update(sgd(), "kernel", tf.scalar(theta), tf.scalar(g), [], {
                learningRate: tf.scalar(learningRate),
                gradientWeight: gradientWeight === undefined
                  ? undefined
                  : tf.scalar(gradientWeight),
                step: tf.scalar(1),
              }).parameter.dataSync()[0]!
            );
          const weighted = step(rate, weight);
          const scaled = step(rate * weight, undefined);
          const size = Math.max(Math.abs(theta), Math.abs(rate * weight * g));
          const ulp = 2 ** (Math.floor(Math.log2(size || 1)) - 23);
          ok(Math.abs(weighted - scaled) <= 2 * ulp, `${weighted} ${scaled}`);
        },
      ),
      { numRuns: 300 },
    );
  },
);

tensorflowTest(
  "momentum: a weight is a factor of the rate only while it stays",
  () => {
    for (const optimizer of [momentum(), nesterov()]) {
      const constant = each(() => 4);
      deepStrictEqual(
        trajectory(problem, optimizer, { weights: constant }),
        trajectory(atRates(constant), optimizer),
      );
      // The velocity remembers the old weight, and not the old rate.
      const drop = each((t) => t < 25 ? 1 : 0.25);
      const weighted = trajectory(problem, optimizer, { weights: drop });
      const rated = trajectory(atRates(drop), optimizer);
      deepStrictEqual(weighted.slice(0, 25), rated.slice(0, 25));
      ok(difference(weighted, rated) > 1e-2);
    }
  },
);

tensorflowTest("with decay they part, by ηλ(w − 1)θ a step", () => {
  const weightDecay = 0.05;
  for (const decay of ["coupled", "decoupled"] as const) {
    const optimizer = sgd({ weightDecay, decay });
    const weighted = trajectory(problem, optimizer, { weights: falling });
    // One step each from the same place.
    for (let t = 1; t < STEPS; t++) {
      const here: Problem = {
        ...atRates(falling),
        start: weighted[t - 1]!,
        noise: [problem.noise[t]!],
        rates: [problem.rates[t]! * falling[t]!],
      };
      const [rated] = trajectory(here, optimizer);
      weighted[t]!.forEach((value, i) => {
        const theta = weighted[t - 1]![i]!;
        const parts = problem.rates[t]! * weightDecay * (falling[t]! - 1) *
          -theta;
        const error = Math.abs(rated![i]! - value - parts);
        ok(
          error <= 1e-14 * Math.max(1, Math.abs(theta)),
          `${t} ${i}: ${error}`,
        );
      });
    }
    notDeepStrictEqual(
      weighted,
      trajectory(atRates(falling), optimizer),
    );
  }
});

tensorflowTest(
  "with decay, on a quadratic, both are products in closed form",
  () => {
    const quiet: Problem = {
      ...problem,
      noise: problem.noise.map((push) => push.map(() => 0)),
    };
    const weightDecay = 0.05;
    const optimizer = sgd({ weightDecay });
    const weighted = trajectory(quiet, optimizer, { weights: falling });
    const rated = trajectory(
      { ...quiet, rates: atRates(falling).rates },
      optimizer,
    );
    const products = (factor: (t: number, c: number) => number) =>
      quiet.start.map((x, i) =>
        each((t) => factor(t, quiet.curvature[i]!))
          .reduce((product, f) => product * f, x)
      );
    const eta = quiet.rates;
    const expected = {
      weighted: products((t, c) =>
        1 - eta[t]! * (falling[t]! * c + weightDecay)
      ),
      rated: products((t, c) => 1 - eta[t]! * falling[t]! * (c + weightDecay)),
    };
    ok(difference([weighted.at(-1)!], [expected.weighted]) < 1e-12);
    ok(difference([rated.at(-1)!], [expected.rated]) < 1e-12);
    // The rate scales the decay too: in the flattest direction, 1.15 % more shrinks.
    const apart = rated.at(-1)![0]! / weighted.at(-1)![0]! - 1;
    ok(Math.abs(apart + 0.011489176637) < 1e-10, `${apart}`);
  },
);

tensorflowTest("adam: a constant weight w is an ε of ε/w, to the bit", () => {
  for (const factory of [adam, amsgrad]) {
    for (const w of [1 / 4, 2]) {
      deepStrictEqual(
        trajectory(problem, factory({ epsilon: 2 ** -6 }), {
          weights: each(() => w),
        }),
        trajectory(problem, factory({ epsilon: 2 ** -6 / w })),
      );
    }
  }
});

const scaleFree = { adam, adamw, amsgrad, nadam, rmsprop, adagrad, lion, lamb };
for (const [name, factory] of Object.entries(scaleFree)) {
  tensorflowTest(`${name}: a constant weight is all but invisible`, () => {
    const optimizer = factory({ weightDecay: 0 });
    const plain = trajectory(problem, optimizer);
    for (const w of [0.1, 7]) {
      const weighted = trajectory(problem, optimizer, {
        weights: each(() => w),
      });
      const apart = difference(weighted, plain);
      ok(apart < 1e-5, `${w}: ${apart}`);
    }
    // Under sgd the same weight decides everything.
    ok(
      difference(
        trajectory(problem, sgd(), { weights: each(() => 0.1) }),
        trajectory(problem, sgd()),
      ) > 0.1,
    );
  });
}

tensorflowTest(
  "adam: a weight that drops is felt until it is forgotten",
  () => {
    const drop = each((t) => t < 25 ? 1 : 0.1);
    const apart = (beta2: number) =>
      difference(
        trajectory(problem, adam({ beta2 }), { weights: drop }),
        trajectory(problem, adam({ beta2 })),
      );
    ok(apart(0.999) > 0.05, `${apart(0.999)}`);
  },
);
