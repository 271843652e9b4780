/** What rescaling changes, and what it must not: each row of the probes' table. */
import { ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import {
  averageSharpness,
  pacBayesSigma,
} from "../../lib/probes/average_sharpness.ts";
import { eigenpairs } from "../../lib/probes/eigenpairs.ts";
import { flatnessSlope } from "../../lib/probes/flatness_slope.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import { inputGradientNorm } from "../../lib/probes/input_gradient.ts";
import { inputNoise } from "../../lib/probes/input_noise.ts";
import { neighbourPaths } from "../../lib/probes/neighbour_paths.ts";
import {
  type LossSurface,
  lossSurface,
} from "../../lib/probes/loss_surface.ts";
import { gradientNoiseScale } from "../../lib/probes/noise_scale.ts";
import type { ProbeOptions } from "../../lib/probes/problem.ts";
import { randomDirection } from "../../lib/probes/random_direction.ts";
import {
  asamSharpness,
  keskarSharpness,
  samSharpness,
} from "../../lib/probes/sharpness.ts";
import { spectralDensity } from "../../lib/probes/spectral_density.ts";
import { hutchinson } from "../../lib/probes/trace.ts";
import { norm, plus } from "../../lib/probes/vectors.ts";
import type { Objective } from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import { denseNet, example, free } from "./nets.ts";

/** L = ½(ab − 1)², whatever the data. */
const product: Objective = {
  spec: null,
  parameters: ["a", "b"].map((name) => ({
    name,
    shape: [1],
    role: "kernel",
    filterAxis: 0,
    initialise: () => {},
  })),
  loss: ([a, b]) => ({
    loss: tf.mul(tf.sum(tf.square(tf.sub(tf.mul(a!, b!), 1))), 0.5),
    statistics: [],
  }),
  evaluate: ([a, b], { labels }) => {
    const loss = tf.mul(tf.square(tf.sub(tf.mul(a!, b!), 1)), 0.5);
    const losses = tf.mul(tf.onesLike(labels), loss);
    return { losses, errors: losses };
  },
};

type Measure = (
  surface: LossSurface,
  options: ProbeOptions,
) => Promise<number>;

async function ofHessian(
  options: ProbeOptions,
  what: (matrix: ReturnType<typeof hessian>) => Promise<number>,
): Promise<number> {
  const matrix = hessian(options);
  try {
    return await what(matrix);
  } finally {
    matrix.dispose();
  }
}

/** Rows of the table whose invariance is "none". */
const moving: Record<string, Measure> = {
  "gradient norm": async (s) => norm((await s.gradient(s.weights)).gradient),
  "largest eigenvalue": (_, o) =>
    ofHessian(o, async (h) => (await eigenpairs(h)).largest[0]!.value),
  "smallest eigenvalue": (_, o) =>
    ofHessian(o, async (h) => (await eigenpairs(h)).smallest[0]!.value),
  "trace": (_, o) =>
    ofHessian(o, async (h) => (await hutchinson(h)).trace.value),
  "Frobenius norm": (_, o) =>
    ofHessian(o, async (h) => (await hutchinson(h)).frobeniusNorm.value),
  "spectral density": (_, o) =>
    ofHessian(o, async (h) => {
      const { nodes, weights } = await spectralDensity(h);
      return nodes.reduce((sum, x, i) => sum + weights[i]! * x * x, 0);
    }),
  "SAM": (s) => samSharpness(s),
  "ASAM with η": (s) => asamSharpness(s, { eta: 0.01 }),
  "Keskar": (s) => keskarSharpness(s),
  "average sharpness": async (s) => (await averageSharpness(s)).value,
  "PAC-Bayes σ": async (s) => (await pacBayesSigma(s, { rise: 0.5 })).sigma,
  "flatness slope": async (s) => {
    const options = {
      direction: s.weights.map((_, i) => (i + 1) % 2),
      level: (await s.evaluate(s.weights)).loss + 0.5,
      distance: 50,
    };
    return (await flatnessSlope(s, options)).slope!;
  },
  "unit-norm curve": async (s) => {
    const d = randomDirection(s, { norm: "unit" });
    return (await s.evaluate(plus(s.weights, 0.5, d))).loss;
  },
};

/** Rows that stay. */
const staying: Record<string, Measure> = {
  "loss": async (s) => (await s.evaluate(s.weights)).loss,
  "ASAM": (s) => asamSharpness(s),
  "magnitude-aware noise": async (s) =>
    (await averageSharpness(s, { magnitudeAware: true, sigma: 0.1 })).value,
  "filter-normalised curve": async (s) => {
    const d = randomDirection(s, { norm: "filter" });
    return (await s.evaluate(plus(s.weights, 0.5, d))).loss;
  },
};

async function change(
  measure: Measure,
  one: ProbeOptions,
  other: ProbeOptions,
): Promise<number> {
  const values: number[] = [];
  for (const options of [one, other]) {
    const surface = lossSurface(options);
    values.push(await measure(surface, options));
    surface.dispose();
  }
  const [a, b] = values as [number, number];
  return Math.abs(a - b) / Math.abs(a);
}

tensorTest(
  "½(ab − 1)² off its minimum: (10a, b/10) moves what it should",
  async () => {
    const data = { count: 1, inputs: tf.zeros([1, 1]), labels: tf.zeros([1]) };
    const at = (a: number, b: number) => ({
      objective: product,
      data,
      weights: [[a], [b]],
    });
    const [one, other] = [at(2, 1.5), at(20, 0.15)];
    for (const [name, measure] of Object.entries(moving)) {
      const moved = await change(measure, one, other);
      // ASAM's own η is little beside weights of this size, and yet it is seen.
      ok(moved > (name === "ASAM with η" ? 1e-3 : 0.1), `${name}: ${moved}`);
    }
    for (const [name, measure] of Object.entries(staying)) {
      const moved = await change(measure, one, other);
      ok(moved < 1e-5, `${name}: ${moved}`);
    }
    // H = [[b², 2ab − 1], [2ab − 1, a²]]; g = (ab − 1)·(b, a).
    const [a, b] = [2, 1.5];
    const root = Math.hypot((a * a - b * b) / 2, 2 * a * b - 1);
    const surface = lossSurface(one);
    const value = (name: string) => moving[name]!(surface, one);
    near(await value("largest eigenvalue"), (a * a + b * b) / 2 + root, 1e-7);
    near(await value("smallest eigenvalue"), (a * a + b * b) / 2 - root, 1e-7);
    near(await value("gradient norm"), (a * b - 1) * Math.hypot(a, b), 1e-9);
    // e = ρ·T²g/‖Tg‖ has the parts ρ·a/√2 and ρ·b/√2: (1 + ρ/√2)²·ab.
    const up = (1 + 0.5 / Math.SQRT2) ** 2 * a * b - 1;
    near(
      await staying.ASAM!(surface, one),
      (up * up - (a * b - 1) ** 2) / 2,
      1e-9,
    );
    surface.dispose();
    free(data);
  },
);

tensorTest(
  "Rescaled layers of a ReLU net: the function's own numbers stay",
  async () => {
    const given = example(denseNet(relu()), 40);
    const other = {
      ...given,
      weights: given.weights.map((values, i) =>
        Float64Array.from(values, (x) => i < 2 ? 10 * x : i === 2 ? x / 10 : x)
      ),
    };
    const towards = example(denseNet(), 60).data;
    const own: Record<string, Measure> = {
      ...staying,
      "input gradient": async (_, o) => (await inputGradientNorm(o)).value,
      "input noise": async (_, o) =>
        (await inputNoise(o, { alphas: [2], draws: 3 })).mean.loss[0]!,
      "neighbour paths": async (_, o) =>
        (await neighbourPaths(o, { towards, alphas: [0.5], draws: 2 })).mean
          .loss[0]!,
    };
    for (const [name, measure] of Object.entries(own)) {
      const moved = await change(measure, given, other);
      ok(moved < 1e-5, `${name}: ${moved}`);
    }
    const batches = { small: 4, large: 16, draws: 10 };
    const others: Record<string, Measure> = {
      ...moving,
      "noise scale": async (_, o) =>
        (await gradientNoiseScale(o, batches)).covarianceTrace.value,
    };
    delete others["PAC-Bayes σ"]; // its error cannot rise by a half here
    delete others["flatness slope"]; // along a direction of its own
    for (const [name, measure] of Object.entries(others)) {
      const moved = await change(measure, given, other);
      ok(moved > (name === "ASAM with η" ? 1e-4 : 0.02), `${name}: ${moved}`);
    }
    free(given.data);
    free(towards);
  },
);
