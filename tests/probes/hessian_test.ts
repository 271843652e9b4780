import { deepStrictEqual, ok, rejects, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { relu } from "../../lib/models/layers/activation.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { symmetricEigen } from "../../lib/probes/dense.ts";
import { empiricalFisher, gaussNewton } from "../../lib/probes/gauss_newton.ts";
import { checkHessian, hessian } from "../../lib/probes/hessian.ts";
import { norm, plus } from "../../lib/probes/vectors.ts";
import { softmaxCrossEntropy } from "../../lib/runtime/softmax_cross_entropy.ts";
import {
  classification,
  type Objective,
  regression,
} from "../../lib/training/objective.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import { objectiveOfLayersModel } from "../../lib/training/layers_model.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { rowsOf } from "./matrix_operator.ts";
import { near } from "./near.ts";
import { classes, convolutionNet, denseNet, example, free } from "./nets.ts";

function assertMatrix(actual: number[][], expected: number[][], to: number) {
  actual.forEach((row, i) =>
    row.forEach((x, j) => near(x, expected[i]![j]!, to, `[${i}, ${j}]`))
  );
}

/** Inputs with a 1 behind, for the bias. */
function withOne(inputs: tf.Tensor): number[][] {
  return (inputs.arraySync() as number[][]).map((row) => [...row, 1]);
}

tensorTest("Linear regression: H = XᵀX/n", async () => {
  const objective = regression(mlp({ inputShape: [4], outputs: 1 }));
  const { inputs, count, labels } = classes([4]);
  const data = { count, inputs, labels: tf.cast(labels, "float32") };
  const weights = [Float64Array.of(0.1, -0.2, 0.3, 0.4), [0.5]];
  const x = withOne(inputs);
  const expected = x[0]!.map((_, i) =>
    x[0]!.map((_, j) => x.reduce((sum, r) => sum + r[i]! * r[j]!, 0) / count)
  );
  for (const make of [hessian, gaussNewton]) {
    const matrix = make({ objective, data, weights, batchSize: 7 });
    assertMatrix(await rowsOf(matrix), expected, 1e-7);
    matrix.dispose();
  }
  free(data);
  labels.dispose();
});

tensorTest("Softmax regression: H = mean (diag p − ppᵀ) ⊗ xxᵀ", async () => {
  const objective = classification(mlp({ inputShape: [2], outputs: 3 }));
  const data = classes([2]);
  const kernel = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6], bias = [0.1, 0, -0.3];
  const x = withOne(data.inputs);
  // Parameters by input and class: kernel rows first, then the bias.
  const all = [...kernel, ...bias];
  const size = 9;
  const expected = Array.from({ length: size }, () => Array(size).fill(0));
  for (const row of x) {
    const z = [0, 1, 2].map((k) =>
      row.reduce((sum, v, i) => sum + v * all[3 * i + k]!, 0)
    );
    const total = z.reduce((sum, v) => sum + Math.exp(v), 0);
    const p = z.map((v) => Math.exp(v) / total);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const [i, k, j, l] = [
          Math.floor(a / 3),
          a % 3,
          Math.floor(b / 3),
          b % 3,
        ];
        const s = (k === l ? p[k]! : 0) - p[k]! * p[l]!;
        expected[a]![b] += s * row[i]! * row[j]! / data.count;
      }
    }
  }
  const options = { objective, data, weights: [kernel, bias] };
  for (const make of [hessian, gaussNewton]) {
    const matrix = make(options);
    const rows = await rowsOf(matrix);
    assertMatrix(rows, expected, 1e-7);
    // One vector added to every class changes nothing: d + 1 zeros.
    const zeros = symmetricEigen(rows).values.filter((v) => Math.abs(v) < 1e-7);
    deepStrictEqual(zeros.length, 3);
    matrix.dispose();
  }
  free(data);
});

tensorTest(
  "The Hessian of a tanh net is symmetric; blocks are its blocks",
  async () => {
    const given = example(denseNet());
    const whole = hessian(given);
    const rows = await rowsOf(whole);
    const transposed = rows.map((_, i) => rows.map((row) => row[i]!));
    assertMatrix(rows, transposed, 1e-7);
    const block = hessian({
      ...given,
      block: ({ name }) => name === "b/kernel",
    });
    const part = await rowsOf(block);
    assertMatrix(
      part,
      rows.slice(56, 80).map((row) => row.slice(56, 80)),
      1e-7,
    );
    deepStrictEqual([
      ...block.restrict(block.embed(new Float64Array(24).fill(2))),
    ], Array(24).fill(2));
    whole.dispose();
    block.dispose();
    free(given.data);
  },
);

tensorTest("The empirical Fisher matrix is the mean of ggᵀ", async () => {
  const given = example(denseNet(), 5);
  const one = await Promise.all(Array.from({ length: 5 }, async (_, i) => {
    const inputs = tf.slice(given.data.inputs, i, 1);
    const labels = tf.slice(given.data.labels, i, 1);
    const surface = lossSurface({
      ...given,
      data: { count: 1, inputs, labels },
    });
    const { gradient } = await surface.gradient(surface.weights);
    surface.dispose();
    tf.dispose([inputs, labels]);
    return gradient;
  }));
  const expected = Array.from(
    one[0]!,
    (_, i) =>
      Array.from(
        one[0]!,
        (_, j) => one.reduce((sum, g) => sum + g[i]! * g[j]! / 5, 0),
      ),
  );
  const matrix = empiricalFisher({ ...given, batchSize: 2 });
  assertMatrix(await rowsOf(matrix), expected, 1e-8);
  matrix.dispose();
  free(given.data);
});

tensorTest(
  "Frozen switches leave kinks out; free ones count them",
  async () => {
    const given = example(convolutionNet(), 200);
    const exact = hessian(given);
    const v = new Float64Array(exact.size).map((_, i) => Math.sin(i));
    const expected = await exact.apply(v);
    const off = async (options: Parameters<typeof hessian>[0]) => {
      const matrix = hessian(options);
      const value = await matrix.apply(v);
      matrix.dispose();
      return norm(plus(value, -1, expected)) / norm(expected);
    };
    ok(await off({ ...given, step: 1e-5 }) < 1e-6);
    ok(await off({ ...given, precision: "float32" }) < 2e-3);
    // The same difference without frozen switches is wrong.
    ok(await off({ ...given, switches: "free", step: 1e-3 }) > 0.05);
    ok(await off({ ...given, switches: "free", step: 1e-10 }) < 1e-4);
    const check = await checkHessian(given, v);
    ok(check.pair < 1e-5 && check.difference < 1e-5, JSON.stringify(check));
    deepStrictEqual(check.unfrozen, []);
    exact.dispose();
    free(given.data);
  },
);

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

tensorTest(
  "½(ab − 1)² at ab = 1: λ = a² + b² and 0, and rescaling moves λ",
  async () => {
    const data = { count: 1, inputs: tf.zeros([1, 1]), labels: tf.zeros([1]) };
    for (const a of [1, 2, 10]) {
      const matrix = hessian({
        objective: product,
        data,
        weights: [[a], [1 / a]],
      });
      const { values } = symmetricEigen(await rowsOf(matrix));
      near(values[0]!, 0, 1e-7);
      near(values[1]!, a * a + 1 / (a * a), 1e-7 * a * a);
      matrix.dispose();
    }
    throws(
      () => gaussNewton({ objective: product, data, weights: [[1], [1]] }),
      /head/,
    );
    free(data);
  },
);

tensorTest(
  "Kernels that cannot be frozen are named; bad options refused",
  async () => {
    const base = denseNet();
    const clipped: Objective = {
      ...classification(base),
      loss: (parameters, { inputs, labels }) => {
        const { output } = base.apply(parameters, inputs, { training: false });
        const z = tf.clipByValue(output, -5, 5);
        return {
          loss: tf.mean(softmaxCrossEntropy(labels as tf.Tensor1D, z)),
          statistics: [],
        };
      },
    };
    const given = example(base);
    const matrix = hessian({ ...given, objective: clipped });
    await matrix.apply(new Float64Array(matrix.size).fill(1));
    deepStrictEqual(matrix.unfrozen, ["ClipByValue"]);
    await rejects(matrix.apply(new Float64Array(2)), /83 numbers, got 2/);
    const signal = AbortSignal.abort(new Error("stopped"));
    const one = new Float64Array(matrix.size).fill(1);
    await rejects(matrix.apply(one, { signal }), /stopped/);
    matrix.dispose();
    throws(() => hessian({ ...given, step: 0 }), /step must be/);
    throws(() => hessian({ ...given, block: () => false }), /at least one/);
    throws(() => gaussNewton({ ...given, normalisation: "batch" }), /batch/);
    free(given.data);
  },
);

tensorTest(
  "A layers model of fused rectifiers: Gauss–Newton and Fisher",
  async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [6], units: 8, activation: "relu" }),
        tf.layers.dense({ units: 3 }),
      ],
    });
    const given = example(denseNet(relu()), 60);
    const stock = {
      ...given,
      objective: objectiveOfLayersModel(model, "softmaxCrossEntropy"),
    };
    const v = new Float64Array(83).map((_, i) => Math.sin(i));
    for (const make of [gaussNewton, empiricalFisher, hessian]) {
      // Far steps would cross kinks, were they not frozen.
      const [ours, theirs] = [make(given), make({ ...stock, step: 1e-3 })];
      const expected = await ours.apply(v), found = await theirs.apply(v);
      const off = norm(plus(found, -1, expected)) / norm(expected);
      ok(off < 1e-4, `${make.name} ${off}`);
      deepStrictEqual(theirs.unfrozen, []);
      ours.dispose();
      theirs.dispose();
    }
    model.dispose();
    free(given.data);
  },
);

for (const backend of ["cpu", "wasm"] as const) {
  tensorTest(
    "Frozen switches in float32 agree with the slope of the slope",
    async () => {
      const given = example(convolutionNet());
      const matrix = hessian(given);
      const v = new Float64Array(matrix.size).map((_, i) => Math.cos(i));
      const product = await matrix.apply(v);
      const surface = lossSurface(given);
      // Second differences of the loss along v, coarse and over no kink.
      const unit = matrix.embed(v).map((x) => x / norm(v));
      const [a, b, c] = await surface.evaluateAll(
        [-1, 0, 1].map((s) => plus(surface.weights, 3e-3 * s, unit)),
      );
      const second = (a!.loss - 2 * b!.loss + c!.loss) / 9e-6;
      let along = 0;
      product.forEach((x, i) => along += x * v[i]! / norm(v) ** 2);
      near(along, second, 0.05 * Math.abs(second) + 0.05);
      surface.dispose();
      matrix.dispose();
      free(given.data);
    },
    backend,
  );
}
