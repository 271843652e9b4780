/**
 * Problems that are functions of a few numbers, without data or noise.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { RandomStream } from "../random/stream.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Objective } from "../training/objective.ts";
import { residentData } from "../training/resident_data.ts";
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import type { Quantity, TestProblem } from "./problem.ts";

/** The loss itself: there is no other split, and seeds are starting points. */
const loss: Quantity = {
  name: "loss",
  split: "train",
  mean: "loss",
  scale: "log",
};

/** A problem whose loss needs no example. */
function analyticProblem(
  { name, title, spec, size, start, value }: {
    name: string;
    title: string;
    spec: { kind: string };
    size: number;
    start(random: RandomStream, i: number): number;
    value(position: Tensor): Tensor;
  },
): TestProblem {
  const objective: Objective = {
    spec,
    parameters: [{
      name: "position",
      shape: [size],
      role: "kernel",
      filterAxis: null,
      initialise(values, random) {
        for (let i = 0; i < size; i++) values[i] = start(random, i);
      },
    }],
    loss: ([position]) => ({ loss: value(position!), statistics: [] }),
    evaluate([position], { labels }) {
      const losses = tf.add(tf.zerosLike(labels), value(position!));
      return { losses, errors: tf.clone(losses) };
    },
  };
  return {
    name,
    title,
    spec,
    loss,
    outcome: loss,
    choice: loss,
    evaluations: 200,
    prepare() {
      const one = {
        count: 1,
        inputs: new Float32Array(1),
        labels: new Float32Array(1),
      };
      const data = residentData({
        name: "no data",
        shape: [1],
        train: one,
        evaluation: { train: one },
      });
      return { objective, data, batchSize: 1 };
    },
  };
}

/** Options of {@linkcode quadraticProblem}. */
export interface QuadraticProblemOptions {
  /** κ = λmax / λmin, at least 1. */
  readonly conditionNumber: number;
  /** How many coordinates, at least 2. @default {20} */
  readonly size?: number;
}

/**
 * L(θ) = ½·Σᵢ λᵢ·θᵢ², λ from 1 down to 1/κ in equal ratios; θ₀ standard normal, drawn
 * from the seed.
 *
 * @throws {RangeError} If κ or the size is out of range.
 *
 * @example
 * ```ts
 * import { quadraticProblem } from "./analytic_problems.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(quadraticProblem({ conditionNumber: 100 }).name, "quadratic-100");
 * ```
 */
export function quadraticProblem(
  { conditionNumber, size = 20 }: QuadraticProblemOptions,
): TestProblem {
  if (!(conditionNumber >= 1 && conditionNumber < Infinity)) {
    throw new RangeError(
      `conditionNumber must be >= 1, got ${show(conditionNumber)}`,
    );
  }
  checkSize(size);
  const curvatures = Array.from(
    { length: size },
    (_, i) => conditionNumber ** (-i / (size - 1)),
  );
  return analyticProblem({
    name: `quadratic-${conditionNumber}`,
    title: `a quadratic in ${size} dimensions, condition ${conditionNumber}`,
    spec: { kind: "quadratic", conditionNumber, size } as { kind: string },
    size,
    start: (random) => random.normal(),
    value: (position) =>
      tf.mul(
        tf.sum(tf.mul(tf.tensor1d(curvatures), tf.square(position))),
        0.5,
      ),
  });
}

/** Options of {@linkcode rosenbrockProblem}. */
export interface RosenbrockProblemOptions {
  /** How many coordinates, at least 2. @default {2} */
  readonly size?: number;
}

/**
 * Rosenbrock's valley, L(θ) = Σᵢ 100·(θᵢ₊₁ − θᵢ²)² + (1 − θᵢ)²; θ₀ = (−1.2, 1, −1.2, …)
 * with normal noise of deviation 0.1, drawn from the seed.
 *
 * @throws {RangeError} If the size is out of range.
 *
 * @example
 * ```ts
 * import { rosenbrockProblem } from "./analytic_problems.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(rosenbrockProblem().title, "Rosenbrock's valley in 2 dimensions");
 * ```
 *
 * Reference: H. H. Rosenbrock, Comput. J. 3, 1960.
 */
export function rosenbrockProblem(
  { size = 2 }: RosenbrockProblemOptions = {},
): TestProblem {
  checkSize(size);
  return analyticProblem({
    name: size === 2 ? "rosenbrock" : `rosenbrock-${size}`,
    title: `Rosenbrock's valley in ${size} dimensions`,
    spec: { kind: "rosenbrock", size } as { kind: string },
    size,
    start: (random, i) => (i % 2 === 0 ? -1.2 : 1) + 0.1 * random.normal(),
    value(position) {
      const here = tf.slice(position, [0], [size - 1]);
      const next = tf.slice(position, [1], [size - 1]);
      const valley = tf.square(tf.sub(next, tf.square(here)));
      return tf.sum(
        tf.add(tf.mul(valley, 100), tf.square(tf.sub(1, here))),
      );
    },
  });
}

function checkSize(size: number): void {
  checkInteger("size", size, 2, 10_000);
}
