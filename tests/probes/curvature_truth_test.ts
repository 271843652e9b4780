/** Curvature against whole matrices: of quadratics, of small networks, of parts. */
import { ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { symmetricEigen } from "../../lib/probes/dense.ts";
import { eigenpairs } from "../../lib/probes/eigenpairs.ts";
import { exactHessian } from "../../lib/probes/exact_hessian.ts";
import { gaussNewton } from "../../lib/probes/gauss_newton.ts";
import { hessian } from "../../lib/probes/hessian.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import type { ProbeOptions } from "../../lib/probes/problem.ts";
import { relativeFlatness } from "../../lib/probes/relative_flatness.ts";
import { spectralDensity } from "../../lib/probes/spectral_density.ts";
import { hutchinson } from "../../lib/probes/trace.ts";
import { norm, normals, plus } from "../../lib/probes/vectors.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import {
  initialValues,
  type Objective,
  regression,
} from "../../lib/training/objective.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { rowsOf } from "./matrix_operator.ts";
import { near } from "./near.ts";
import {
  classes,
  convolutionNet,
  denseNet,
  example,
  free,
  tanh,
} from "./nets.ts";

const random = randomStream(4, Purpose.generatedData);

function trace(rows: readonly number[][]): number {
  return rows.reduce((sum, row, i) => sum + row[i]!, 0);
}

/** What an operator's probes give against the matrix that it is. */
async function againstWhole(
  options: ProbeOptions,
  rows: number[][],
): Promise<void> {
  const size = rows.length;
  const matrix = hessian(options);
  const exact = symmetricEigen(rows).values;
  const { largest, smallest } = await eigenpairs(matrix, {
    largest: 5,
    smallest: 2,
    iterations: size,
    tolerance: 1e-6,
  });
  const top = exact.at(-1)!;
  largest.forEach(({ value }, i) =>
    near(value, exact.at(-1 - i)!, 1e-6 * top, `λ${i}`)
  );
  smallest.forEach(({ value }, i) =>
    near(value, exact[i]!, 1e-6 * top, `smallest ${i}`)
  );

  const found = await hutchinson(matrix, { products: 60 });
  const whole = trace(rows);
  near(found.trace.value, whole, 3 * found.trace.standardError, "trace");
  ok(found.trace.standardError < 0.3 * Math.abs(whole));
  near(
    found.frobeniusNorm.value,
    Math.sqrt(exact.reduce((sum, x) => sum + x * x, 0)),
    3 * found.frobeniusNorm.standardError,
    "Frobenius norm",
  );

  const density = await spectralDensity(matrix, { runs: 30, iterations: 40 });
  const moment = (k: number) =>
    density.nodes.reduce((sum, x, i) => sum + density.weights[i]! * x ** k, 0);
  near(moment(0), 1, 1e-9);
  // 30 starts of random signs: moments are Hutchinson's estimates.
  const error = Math.sqrt(2) * found.trace.standardError;
  near(moment(1) * size, whole, 3 * error, "first moment");
  // The density is the smoothed spectrum: the area between them is small.
  const sigma = (top - exact[0]!) / 50;
  const x = Array.from(
    { length: 400 },
    (_, i) => exact[0]! - 4 * sigma + i / 399 * (top - exact[0]! + 8 * sigma),
  );
  const smooth = x.map((at) =>
    exact.reduce(
      (sum, v) => sum + Math.exp(-0.5 * ((at - v) / sigma) ** 2),
      0,
    ) /
    (size * sigma * Math.sqrt(2 * Math.PI))
  );
  const area = density.at(x, sigma).reduce(
    (sum, y, i) => sum + Math.abs(y - smooth[i]!) * (x[1]! - x[0]!),
    0,
  );
  ok(area < 0.15, `area ${area}`);
  matrix.dispose();
}

tensorTest(
  "A quadratic that is neither convex nor concave: H = A",
  async () => {
    const size = 12;
    const half = Array.from({ length: size }, () => [...normals(size, random)]);
    const rows = half.map((row, i) => row.map((v, j) => v + half[j]![i]!));
    const a = tf.tensor2d(rows.flat(), [size, size]);
    const single = a.arraySync() as number[][]; // as float32 has them
    const value = (w: tf.Tensor) => {
      const column = tf.reshape(w, [size, 1]);
      return tf.mul(tf.sum(tf.mul(column, tf.matMul(a, column))), 0.5);
    };
    const quadratic: Objective = {
      spec: null,
      parameters: [{
        name: "w",
        shape: [size],
        role: "kernel",
        filterAxis: 0,
        initialise: () => {},
      }],
      loss: ([w]) => ({ loss: value(w!), statistics: [] }),
      evaluate: ([w], { labels }) => {
        const losses = tf.mul(tf.onesLike(labels), value(w!));
        return { losses, errors: losses };
      },
    };
    const data = { count: 1, inputs: tf.zeros([1, 1]), labels: tf.zeros([1]) };
    const options = {
      objective: quadratic,
      data,
      weights: [normals(size, random)],
    };
    for (const make of [hessian, exactHessian]) {
      const matrix = make(options);
      const found = await rowsOf(matrix);
      found.forEach((row, i) =>
        row.forEach((v, j) => near(v, single[i]![j]!, 1e-7, `[${i}, ${j}]`))
      );
      const v = normals(size, random);
      const product = await matrix.apply(v);
      product.forEach((x, i) =>
        near(x, single[i]!.reduce((sum, a, j) => sum + a * v[j]!, 0), 1e-7)
      );
      matrix.dispose();
    }
    const { largest, smallest } = await (async () => {
      const matrix = hessian(options);
      const pairs = await eigenpairs(matrix, { largest: 2, iterations: 12 });
      matrix.dispose();
      return pairs;
    })();
    const { values } = symmetricEigen(single);
    near(largest[0]!.value, values.at(-1)!, 1e-7);
    // The largest, not the largest in size; the most negative is told apart.
    near(smallest[0]!.value, values[0]!, 1e-7);
    ok(values[0]! < -1);
    a.dispose();
    free(data);
  },
);

for (
  const [name, net] of Object.entries({
    "tanh net": denseNet(tanh),
    "ReLU net": denseNet(relu()),
    "tanh convolution with max-pooling": convolutionNet(tanh),
    "ReLU convolution with max-pooling": convolutionNet(relu()),
  })
) {
  tensorTest(
    `The whole Hessian of a ${name}, and what probes say of it`,
    async () => {
      const given = example(net, 60);
      const matrix = hessian(given);
      const rows = await rowsOf(matrix);
      matrix.dispose();
      let size = 0, skew = 0;
      rows.forEach((row, i) =>
        row.forEach((v, j) => {
          size += v * v;
          skew += (v - rows[j]![i]!) ** 2;
        })
      );
      ok(Math.sqrt(skew / size) < 1e-7, `${Math.sqrt(skew / size)}`);

      // Second differences of the loss alone, where no kink is near.
      const surface = lossSurface(given);
      const step = 1e-4;
      for (let trial = 0; trial < 5; trial++) {
        const v = normals(rows.length, random);
        const along = plus(new Float64Array(rows.length), 1 / norm(v), v);
        const [ahead, here, behind] = await surface.evaluateAll(
          [step, 0, -step].map((s) => plus(surface.weights, s, along)),
        );
        const second = (ahead!.loss - 2 * here!.loss + behind!.loss) /
          step ** 2;
        let form = 0;
        rows.forEach((row, i) =>
          row.forEach((x, j) => form += along[i]! * x * along[j]!)
        );
        // A kink that is crossed counts here, and in H it does not.
        const tolerance = name === "tanh net"
          ? 1e-5 * Math.abs(form) + 1e-6
          : 0.2 * Math.abs(form) + 0.02;
        near(second, form, tolerance, "vᵀHv");
      }
      surface.dispose();
      await againstWhole(given, rows);
      free(given.data);
    },
  );
}

/** Mean of cᵢ·f(xᵢ), the labels being c: its Hessian is Σ cᵢ·∇²f(xᵢ)/n. */
function weighted(base: Objective): Objective {
  return {
    ...base,
    loss(parameters, { inputs, labels }) {
      const outputs = base.head!.outputs(parameters, inputs);
      const product = tf.mul(tf.reshape(outputs, labels.shape), labels);
      return { loss: tf.mean(product), statistics: [] };
    },
  };
}

tensorTest(
  "H = Gauss–Newton + Σ residual·∇²f/n; without residuals they are the same",
  async () => {
    const objective = regression(
      mlp({ inputShape: [4], hidden: [5], outputs: 1, activation: "tanh" }),
    );
    const weights = initialValues(objective, 3);
    const { inputs, labels, count } = classes([4], 40);
    const data = { count, inputs, labels: tf.cast(labels, "float32") };
    const options = { objective, data, weights };
    const rowsBy = async (
      make: typeof hessian | typeof gaussNewton,
      own: ProbeOptions,
    ) => {
      const matrix = make(own);
      const rows = await rowsOf(matrix);
      matrix.dispose();
      return rows;
    };
    const outputs = tf.tidy(() => {
      const parameters = weights.map((w, i) =>
        tf.tensor(w, [...objective.parameters[i]!.shape])
      );
      return tf.reshape(objective.head!.outputs(parameters, inputs), [count]);
    });
    const residuals = tf.sub(outputs, data.labels);
    const h = await rowsBy(hessian, options);
    const g = await rowsBy(gaussNewton, options);
    const rest = await rowsBy(hessian, {
      ...options,
      objective: weighted(objective),
      data: { ...data, labels: residuals },
    });
    let least = 0;
    h.forEach((row, i) =>
      row.forEach((v, j) => {
        near(v, g[i]![j]! + rest[i]![j]!, 1e-6, `[${i}, ${j}]`);
        least = Math.max(least, Math.abs(rest[i]![j]!));
      })
    );
    ok(least > 0.05, "the second term should matter here");

    const fitted = { ...options, data: { ...data, labels: outputs } };
    const [same, newton] = [
      await rowsBy(hessian, fitted),
      await rowsBy(gaussNewton, fitted),
    ];
    same.forEach((row, i) =>
      row.forEach((v, j) => near(v, newton[i]![j]!, 1e-6, `[${i}, ${j}]`))
    );
    tf.dispose([outputs, residuals, labels]);
    free(data);
  },
);

tensorTest(
  "Relative flatness of linear regression is ‖w‖²·tr XᵀX/n",
  async () => {
    const objective = regression(mlp({ inputShape: [4], outputs: 1 }));
    const { inputs, labels, count } = classes([4], 40);
    const data = { count, inputs, labels: tf.cast(labels, "float32") };
    const kernel = [0.5, -1, 2, 0.25];
    const x = inputs.arraySync() as number[][];
    const squares = x.flat().reduce((sum, v) => sum + v * v, 0) / count;
    const expected = squares * kernel.reduce((sum, w) => sum + w * w, 0);
    const found = await relativeFlatness(
      { objective, data, weights: [kernel, [0]] },
      objective.parameters[0]!.name,
      { products: 400 },
    );
    near(found.value, expected, 3 * found.standardError);
    ok(found.standardError < 0.1 * expected);
    labels.dispose();
    free(data);
  },
);
