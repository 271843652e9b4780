import { ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import { mlp } from "../../lib/models/mlp.ts";
import {
  averageSharpness,
  pacBayesSigma,
} from "../../lib/probes/average_sharpness.ts";
import { flatnessSlope } from "../../lib/probes/flatness_slope.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import { lastLayerFlatness } from "../../lib/probes/last_layer_flatness.ts";
import {
  type LossSurface,
  lossSurface,
} from "../../lib/probes/loss_surface.ts";
import type { ProbeOptions } from "../../lib/probes/problem.ts";
import { relativeFlatness } from "../../lib/probes/relative_flatness.ts";
import {
  asamSharpness,
  keskarSharpness,
  samSharpness,
} from "../../lib/probes/sharpness.ts";
import { hutchinson } from "../../lib/probes/trace.ts";
import { regression } from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { rowsOf } from "./matrix_operator.ts";
import { near } from "./near.ts";
import { denseNet, example, free } from "./nets.ts";

/**
 * ½ Σ λᵢ(wᵢ − tᵢ)², from examples √(nλᵢ)·eᵢ. The bias is an example's input too, so
 * there is none: the last weight is not used.
 */
function quadratic(curvatures: number[], targets: number[], weights: number[]) {
  const count = curvatures.length;
  const scale = curvatures.map((c) => Math.sqrt(count * c));
  const rows = scale.map((s, i) => scale.map((_, j) => i === j ? s : 0));
  const data = {
    count,
    inputs: tf.tensor2d(rows),
    labels: tf.tensor1d(scale.map((s, i) => s * targets[i]!)),
  };
  const objective = regression(mlp({ inputShape: [count], outputs: 1 }));
  return { objective, data, weights: [weights, [0]] };
}

async function on<T>(
  options: ProbeOptions,
  work: (surface: LossSurface) => Promise<T>,
): Promise<T> {
  const surface = lossSurface(options);
  try {
    return await work(surface);
  } finally {
    surface.dispose();
  }
}

/** The weights of a rectified net whose layers are scaled by 10 and 1/10. */
function rescaled(weights: readonly Float32Array[]): Float64Array[] {
  return weights.map((values, i) =>
    Float64Array.from(values, (x) => i < 2 ? 10 * x : i === 2 ? x / 10 : x)
  );
}

tensorTest("SAM and ASAM on one weight are closed forms", async () => {
  const options = {
    objective: regression(mlp({ inputShape: [1], outputs: 1 })),
    data: { count: 1, inputs: tf.tensor2d([[3]]), labels: tf.tensor1d([1]) },
    weights: [[2], [0.5]],
  };
  // L = ½(3a + b − 1)², residual 5.5, gradient 5.5·(3, 1).
  const rho = 0.1;
  const up = (da: number, db: number) =>
    0.5 * (5.5 + 3 * da + db) ** 2 - 0.5 * 5.5 ** 2;
  const root = Math.hypot(3, 1);
  near(
    await on(options, (s) => samSharpness(s, { rho })),
    up(rho * 3 / root, rho / root),
    1e-6,
  );
  for (const eta of [0, 0.01]) {
    const t = [2 + eta, 0.5 + eta];
    const size = Math.hypot(3 * t[0]!, t[1]!);
    const expected = up(rho * 3 * t[0]! ** 2 / size, rho * t[1]! ** 2 / size);
    near(
      await on(options, (s) => asamSharpness(s, { rho, eta })),
      expected,
      1e-6,
    );
  }
  // Keskar: the corner of the box is the maximum.
  const epsilon = 1e-2;
  const corner = up(epsilon * 3, epsilon * 1.5);
  near(
    await on(options, (s) => keskarSharpness(s, { epsilon })),
    100 * corner / (1 + 0.5 * 5.5 ** 2),
    1e-5,
  );
  await on(options, async (s) => {
    await rejects(samSharpness(s, { rho: 0 }), /rho must be/);
    await rejects(asamSharpness(s, { eta: -1 }), /eta must be/);
    await rejects(keskarSharpness(s, { epsilon: NaN }), /epsilon must be/);
  });
  free(options.data);
});

tensorTest("Average sharpness of a quadratic is ½σ²·tr H", async () => {
  const options = quadratic([1, 4, 10], [0, 0, 0], [0.3, -2, 0.1]);
  const matrix = hessian(options);
  const rows = await rowsOf(matrix);
  matrix.dispose();
  const plain = await on(
    options,
    (s) => averageSharpness(s, { sigma: 0.3, draws: 400 }),
  );
  const trace = rows.reduce((sum, row, i) => sum + row[i]!, 0);
  near(plain.value, 0.5 * 0.09 * trace, 3 * plain.standardError);
  const aware = await on(
    options,
    (s) =>
      averageSharpness(s, { sigma: 0.3, draws: 400, magnitudeAware: true }),
  );
  const weighted = [0.3, -2, 0.1].reduce(
    (sum, w, i) => sum + w * w * rows[i]![i]!,
    0,
  );
  near(aware.value, 0.5 * 0.09 * weighted, 3 * aware.standardError);
  free(options.data);
});

tensorTest(
  "PAC-Bayes σ: the squared error of a quadratic rises by σ²·tr H",
  async () => {
    // The error is the squared difference, twice the loss: it rises by σ²·tr H.
    const options = quadratic([1, 4, 10], [0, 0, 0], [0, 0, 0]);
    const found = await on(
      options,
      (s) => pacBayesSigma(s, { rise: 0.5, draws: 100 }),
    );
    ok(found.reached && found.error < 1e-4);
    const trace = 1 + 4 + 10 + 1; // the bias sees 1 in every example
    near(found.sigma ** 2 * trace, 0.5, 0.1);
    near(found.inverseSquare * found.sigma ** 2, 1, 1e-12);
    const never = await on(options, (s) => pacBayesSigma(s, { rise: 1e9 }));
    strictEqual(never.reached, false);
    strictEqual(never.sigma, 2);
    free(options.data);
  },
);

tensorTest(
  "Relative flatness is the sum over the Hessian's blocks",
  async () => {
    const given = example(denseNet(relu()));
    const exact = async (weights: readonly ArrayLike<number>[]) => {
      const matrix = hessian({
        ...given,
        weights,
        block: ({ name }) => name === "b/kernel",
      });
      const rows = await rowsOf(matrix);
      matrix.dispose();
      const w = weights[2]!;
      let sum = 0;
      for (let s = 0; s < 3; s++) {
        for (let t = 0; t < 3; t++) {
          let inner = 0, trace = 0;
          for (let i = 0; i < 8; i++) {
            inner += w[3 * i + s]! * w[3 * i + t]!;
            trace += rows[3 * i + s]![3 * i + t]!;
          }
          sum += inner * trace;
        }
      }
      return sum;
    };
    const products = 400;
    const found = await relativeFlatness(given, "b/kernel", { products });
    const expected = await exact(given.weights);
    near(found.value, expected, 3 * found.standardError);
    ok(found.standardError < 0.1 * expected);
    // The exact number does not see a rescaling of layers.
    near(await exact(rescaled(given.weights)), expected, 1e-6 * expected);
    await rejects(relativeFlatness(given, "c"), /a\/kernel, b\/kernel/);
    // In closed form, in either arithmetic and where the last batch is smaller.
    const closed = await lastLayerFlatness(given, "b/kernel");
    near(closed, expected, 1e-6 * expected);
    for (const precision of ["float32", "float64"] as const) {
      const options = { ...given, precision, batchSize: 10 };
      const same = await lastLayerFlatness(options, "b/kernel");
      near(same, closed, 1e-5 * closed);
    }
    const moved = { ...given, weights: rescaled(given.weights) };
    near(await lastLayerFlatness(moved, "b/kernel"), closed, 1e-5 * closed);
    await rejects(
      lastLayerFlatness(given, "a/kernel"),
      /the last layer's kernel/,
    );
    await rejects(lastLayerFlatness(given, "c"), /dense kernel, got c/);
    free(given.data);
  },
);

tensorTest(
  "Rescaled layers: ASAM and magnitude-aware noise stay, the others move",
  async () => {
    const given = example(denseNet(relu()));
    const other = { ...given, weights: rescaled(given.weights) };
    const pair = async (measure: (surface: LossSurface) => Promise<number>) => {
      const [a, b] = [await on(given, measure), await on(other, measure)];
      return Math.abs(a - b) / Math.abs(a);
    };
    const aware = { sigma: 0.1, magnitudeAware: true };
    ok(
      await pair((s) => s.evaluate(s.weights).then(({ loss }) => loss)) < 1e-7,
    );
    ok(await pair((s) => asamSharpness(s)) < 1e-5);
    ok(
      await pair(async (s) => (await averageSharpness(s, aware)).value) < 1e-5,
    );
    // Negative: these are not invariant, and must show it.
    ok(await pair((s) => samSharpness(s)) > 0.1);
    ok(await pair((s) => asamSharpness(s, { eta: 0.01 })) > 1e-4);
    ok(await pair((s) => keskarSharpness(s)) > 0.1);
    ok(await pair(async (s) => (await averageSharpness(s)).value) > 0.1);
    // An error rises only where there is none: labels as the net would have them.
    const labels = tf.tidy(() => {
      const net = denseNet(relu());
      const parameters = given.weights.map((values, i) =>
        tf.tensor(values, [...net.parameters[i]!.shape])
      );
      const { inputs } = given.data;
      const { output } = net.apply(parameters, inputs, { training: false });
      return tf.cast(tf.argMax(output, 1), "int32");
    });
    const data = { ...given.data, labels };
    const sigma = async (options: ProbeOptions) =>
      (await on({ ...options, data }, (s) => pacBayesSigma(s, { halvings: 8 })))
        .sigma;
    const [plain, scaled] = [await sigma(given), await sigma(other)];
    ok(Math.abs(plain - scaled) > 0.2 * plain, `${plain} ${scaled}`);
    labels.dispose();
    const trace = async (options: ProbeOptions) => {
      const matrix = hessian(options);
      const found = await hutchinson(matrix);
      matrix.dispose();
      return found.trace.value;
    };
    ok(await trace(other) > 5 * await trace(given));
    free(given.data);
  },
);

tensorTest("Flatness slope of a parabola is √(λ(c − ε)/2)", async () => {
  const options = quadratic([8], [1], [1]);
  await on(options, async (surface) => {
    const direction = Float64Array.of(-3, 0);
    const level = 0.25;
    // The bias is moved by nothing: L = ½·8·α².
    const found = await flatnessSlope(surface, {
      direction,
      level,
      distance: 2,
    });
    near(found.slope!, Math.sqrt(8 * level / 2), 1e-7);
    near(found.distance!, 0.25, 1e-8);
    strictEqual(found.loss, 0);
    const far = await flatnessSlope(surface, {
      direction,
      level: 1e3,
      distance: 2,
    });
    strictEqual(far.slope, null);
    strictEqual(far.distance, null);
    const low = { direction, level: -1, distance: 2 };
    await rejects(
      flatnessSlope(surface, low),
      /above the loss of the weights, 0/,
    );
  });
  free(options.data);
});
