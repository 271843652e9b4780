import { ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { gradientNoiseScale } from "../../lib/probes/noise_scale.ts";
import type { ProbeOptions } from "../../lib/probes/problem.ts";
import { type Objective, regression } from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import { classes, denseNet, example, free } from "./nets.ts";

/** Linear regression, with g and tr Σ from the examples' gradients rᵢ·(xᵢ, 1). */
function linear() {
  const { inputs, labels, count } = classes([4], 60);
  const data = { count, inputs, labels: tf.cast(labels, "float32") };
  const kernel = [0.1, -0.2, 0.3, 0.4], bias = 0.5;
  const targets = data.labels.arraySync() as number[];
  const gradients = (inputs.arraySync() as number[][]).map((x, i) => {
    const out = x.reduce((sum, v, j) => sum + v * kernel[j]!, bias);
    return [...x, 1].map((v) => (out - targets[i]!) * v);
  });
  labels.dispose();
  const g = gradients[0]!.map((_, j) =>
    gradients.reduce((sum, row) => sum + row[j]!, 0) / count
  );
  const squared = g.reduce((sum, v) => sum + v * v, 0);
  const covariance =
    gradients.flat().reduce((sum, v) => sum + v * v, 0) / count - squared;
  const objective = regression(mlp({ inputShape: [4], outputs: 1 }));
  const options: ProbeOptions = { objective, data, weights: [kernel, [bias]] };
  return { options, squared, covariance };
}

tensorTest("Linear regression: tr Σ, ‖g‖² and their ratio", async () => {
  const { options, squared, covariance } = linear();
  const found = await gradientNoiseScale(options, {
    small: 2,
    large: 32,
    draws: 400,
  });
  const { covarianceTrace, gradientSquared, value, standardError } = found;
  for (
    const [name, actual, expected, error] of [
      [
        "tr Σ",
        covarianceTrace.value,
        covariance,
        covarianceTrace.standardError,
      ],
      ["‖g‖²", gradientSquared.value, squared, gradientSquared.standardError],
      ["ratio", value!, covariance / squared, standardError!],
    ] as const
  ) {
    near(actual, expected, 3 * error, name);
    ok(error < 0.1 * expected, `${name}: ${expected} ± ${error}`);
  }
  free(options.data);
});

tensorTest("The error bars cover as often as they should", async () => {
  const { options, squared, covariance } = linear();
  let covered = 0;
  for (let seed = 0; seed < 40; seed++) {
    const found = await gradientNoiseScale(options, {
      small: 4,
      large: 64,
      draws: 20,
      seed,
    });
    const off = Math.abs(found.value! - covariance / squared);
    if (off < 2 * found.standardError!) covered++;
  }
  // 95 % of 40 is 38; fewer than 33 happen once in 500 times.
  ok(covered >= 33, `${covered} of 40`);
  free(options.data);
});

tensorTest(
  "A factor of the loss does not matter; the seed decides",
  async () => {
    const given = example(denseNet());
    const { objective } = given;
    const threefold: Objective = {
      ...objective,
      loss(...args) {
        const { loss, statistics } = objective.loss(...args);
        return { loss: tf.mul(loss, 3), statistics };
      },
    };
    const sizes = { small: 4, large: 16, draws: 5 };
    const one = await gradientNoiseScale(given, sizes);
    const three = await gradientNoiseScale(
      { ...given, objective: threefold },
      sizes,
    );
    near(three.value! / one.value!, 1, 1e-12);
    near(three.covarianceTrace.value / one.covarianceTrace.value, 9, 1e-9);
    const other = await gradientNoiseScale(given, { ...sizes, seed: 1 });
    ok(other.value !== one.value);
    free(given.data);
  },
);

tensorTest(
  "Without a gradient there is no scale; bad sizes are refused",
  async () => {
    const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
    // Gradients are −1 and 1 in turn: g = 0.
    const data = {
      count: 2,
      inputs: tf.zeros([2, 1]),
      labels: tf.tensor1d([-1, 1]),
    };
    const options = { objective, data, weights: [[0], [0]] };
    const sizes = { small: 1, large: 2, draws: 100 };
    const found = await gradientNoiseScale(options, sizes);
    const { value, standardError } = found.gradientSquared;
    near(value, 0, 3 * standardError);
    const none = {
      ...options,
      weights: [[0], [1]],
      data: { ...data, labels: tf.ones([2]) },
    };
    strictEqual((await gradientNoiseScale(none, sizes)).value, null);
    none.data.labels.dispose();
    await rejects(
      gradientNoiseScale(options, { small: 3, large: 10 }),
      /large must be a multiple of small, 3, got 10/,
    );
    await rejects(gradientNoiseScale(options, { small: 4, large: 4 }), /≥ 8/);
    await rejects(gradientNoiseScale(options, { draws: 2 }), /draws.*≥ 3/);
    const signal = AbortSignal.abort(new Error("enough"));
    await rejects(gradientNoiseScale(options, { signal }), /enough/);
    free(data);
  },
);
