import { Ajv2020 } from "ajv/dist/2020.js";
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { flatness } from "../../lib/flatness/flatness.ts";
import { flatnessJsonSchema } from "../../lib/flatness/json_schema.ts";
import { metricNames } from "../../lib/flatness/measurement.ts";
import type { FlatnessReport } from "../../lib/flatness/report.ts";
import { display } from "../../lib/figures/displayed.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { withFolder } from "../support/with_folder.ts";
import {
  normals,
  points,
  rectifier,
  writeTable,
  writeWeights,
} from "./files.ts";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true })
  .compile(flatnessJsonSchema());

function checkSchema(report: FlatnessReport): void {
  ok(
    validate(JSON.parse(JSON.stringify(report))),
    JSON.stringify(validate.errors),
  );
}

function near(actual: unknown, expected: number, tolerance: number): void {
  ok(
    typeof actual === "number" && Math.abs(actual - expected) <= tolerance,
    `${actual} is not within ${tolerance} of ${expected}`,
  );
}

const kernel = [[0.5, -1, 0.25], [1, 0.5, -0.75]], bias = [0.1, 0, -0.2];

/** Softmax regression: loss, gradient norm and Hessian from the formulas. */
function softmaxRegression(rows: number[][]) {
  const n = rows.length;
  const hessian = Matrix.zeros(9, 9);
  const gradient = new Float64Array(9);
  let loss = 0;
  for (const [x, y, label] of rows) {
    const input = [x!, y!, 1];
    const logits = bias.map((b, k) =>
      Math.fround(b) + x! * kernel[0]![k]! + y! * kernel[1]![k]!
    );
    const sum = logits.reduce((s, z) => s + Math.exp(z), 0);
    const p = logits.map((z) => Math.exp(z) / sum);
    loss -= Math.log(p[label!]!) / n;
    for (let i = 0; i < 9; i++) {
      const [a, k] = [input[Math.floor(i / 3)]!, i % 3];
      gradient[i] = gradient[i]! + a * (p[k]! - (k === label ? 1 : 0)) / n;
      for (let j = 0; j < 9; j++) {
        const [b, l] = [input[Math.floor(j / 3)]!, j % 3];
        const curvature = (k === l ? p[k]! : 0) - p[k]! * p[l]!;
        hessian.set(i, j, hessian.get(i, j) + a * b * curvature / n);
      }
    }
  }
  return { loss, hessian, gradientNorm: Math.hypot(...gradient) };
}

/** Σ ⟨w_s, w_s'⟩·Tr H_{s,s'} of that Hessian; the bias is not of the layer. */
function relativeFlatnessOf(hessian: Matrix): number {
  let sum = 0;
  for (let s = 0; s < 3; s++) {
    for (let t = 0; t < 3; t++) {
      const product = kernel.reduce((sum, row) => sum + row[s]! * row[t]!, 0);
      sum += product * (hessian.get(s, t) + hessian.get(3 + s, 3 + t));
    }
  }
  return sum;
}

async function regressionFiles(folder: string) {
  return {
    model: await writeWeights(folder, "linear.safetensors", {
      "output/kernel": { shape: [2, 3], values: kernel.flat() },
      "output/bias": { shape: [3], values: bias },
    }),
    architecture: { kind: "mlp", inputShape: [2], outputs: 3 },
    rows: points(60),
  };
}

tensorTest("softmax regression: the numbers of the formulas", async () => {
  await withFolder(async (folder) => {
    const { rows, ...model } = await regressionFiles(folder);
    const data = await writeTable(folder, "points.csv", rows);
    const report = await flatness({ ...model, data, budget: "quick" });
    const { measurements, selfChecks } = report;
    const { loss, hessian, gradientNorm } = softmaxRegression(rows);
    const eigen = new EigenvalueDecomposition(hessian).realEigenvalues
      .toSorted((a, b) => b - a);

    near(measurements.loss!.value, loss, 1e-9);
    near(measurements.gradientNorm!.value, gradientNorm, 1e-9);
    const top = measurements.hessianTopEigenvalues!.value as number[];
    top.forEach((value, i) => near(value, eigen[i]!, 1e-6));
    near(measurements.hessianSmallestEigenvalue!.value, 0, 1e-6);
    const trace = measurements.hessianTrace!;
    near(trace.value, hessian.trace(), 3 * (trace.error as number));
    const norm = measurements.hessianFrobeniusNorm!;
    near(norm.value, hessian.norm(), 3 * (norm.error as number));
    const flat = measurements.relativeFlatness!;
    near(flat.value, relativeFlatnessOf(hessian), 1e-9);
    match(flat.note!, /in closed form$/);
    near(
      measurements.weightNorm!.value,
      Math.hypot(...kernel.flat(), ...bias),
      1e-6,
    );
    const right = 60 * (measurements.accuracy!.value as number);
    near(right, Math.round(right), 1e-9);
    const share = (right + 1) / 62;
    const error = Math.sqrt(share * (1 - share) / 60);
    near(measurements.accuracy!.error, error, 1e-12);

    deepStrictEqual(
      Object.keys(measurements),
      metricNames.filter((name) => Object.hasOwn(measurements, name)),
    );
    for (const [name, { value, cost }] of Object.entries(measurements)) {
      // These weights are worse than guessing.
      strictEqual(value === null, name === "flatnessSlope", name);
      ok(cost >= 0, name);
    }
    strictEqual(selfChecks.repeat, 0);
    ok(selfChecks.otherBatchSize < 1e-12);
    ok(selfChecks.weightsRestored);
    strictEqual(report.rescaling, null); // one layer
    strictEqual(report.data.examples, 60);
    checkSchema(report);
    ok(display in report);
  });
});

tensorTest("a curve, a slope and sharpness rise around a minimum", async () => {
  await withFolder(async (folder) => {
    // ½ mean (w·x + b − y)² at its minimum, 0.
    const model = await writeWeights(folder, "line.safetensors", {
      "output/kernel": { shape: [1, 1], values: [1] },
      "output/bias": { shape: [1], values: [0] },
    });
    const rows = [[-3, -3], [-1, -1], [1, 1], [3, 3]];
    const { measurements, settings } = await flatness({
      model,
      data: await writeTable(folder, "line.csv", rows),
      architecture: { kind: "mlp", inputShape: [1], outputs: 1 },
      dataOptions: { kind: "regression" },
      budget: "quick",
      metrics: ["flatnessSlope", "filterNormalizedCurve", "samSharpness"],
    });
    // Every direction is ±w: rises ½·5·α², and the slope to the level is exact.
    near(settings.level, 2.5, 1e-9);
    const { value, at } = measurements.filterNormalizedCurve!;
    (value as number[]).forEach((y, i) => near(y, 2.5 * at![i]! ** 2, 1e-6));
    near(measurements.flatnessSlope!.value, 2.5, 1e-5);
    near(measurements.samSharpness!.value, 0, 1e-12); // no gradient, no step
    strictEqual(measurements.loss, undefined); // not asked for
  });
});

tensorTest("relative flatness: exact unless that costs more", async () => {
  await withFolder(async (folder) => {
    // Least squares of one output: κ = ‖w‖²·mean ‖x‖², here 50·¼·mean ‖x‖².
    const width = 50, rows = 4;
    const values = normals(width * rows, 1);
    const squares = values.reduce((sum, x) => sum + x * x, 0) / rows;
    const table = Array.from(
      { length: rows },
      (_, i) => [...values.slice(width * i, width * (i + 1)), i],
    );
    const options = {
      model: await writeWeights(folder, "wide.safetensors", {
        "output/kernel": { shape: [width, 1], values: Array(width).fill(0.5) },
        "output/bias": { shape: [1], values: [0] },
      }),
      data: await writeTable(folder, "wide.csv", table),
      architecture: { kind: "mlp", inputShape: [width], outputs: 1 },
      dataOptions: { kind: "regression" },
      metrics: ["relativeFlatness"],
    } as const;
    const taken = async (budget: "quick" | "default") =>
      (await flatness({ ...options, budget })).measurements.relativeFlatness!;
    const exact = await taken("default");
    near(exact.value, 0.25 * width * squares, 1e-6);
    match(exact.note!, /in closed form$/);
    strictEqual(exact.cost, width + 2);
    const estimated = await taken("quick");
    ok((estimated.value as number) > 0);
    strictEqual(estimated.note, "of output/kernel");
    ok(estimated.cost < exact.cost);
  });
});

tensorTest("rescaled layers: only what claims it stays", async () => {
  await withFolder(async (folder) => {
    const { architecture, weights } = rectifier;
    const options = {
      architecture,
      data: await writeTable(folder, "points.csv", points(60)),
      budget: "quick",
      model: await writeWeights(folder, "a.safetensors", weights()),
      compare: await writeWeights(folder, "b.safetensors", weights(4)),
    } as const;
    const report = await flatness(options);
    const { rescaling, comparison, measurements } = report;
    ok(rescaling !== null);
    strictEqual(rescaling.factors.length, 1);
    ok(rescaling.functionChange < 1e-9);
    deepStrictEqual(rescaling.unexpected, []);
    for (
      const name of [
        "hessianTrace",
        "hessianTopEigenvalues",
        "samSharpness",
        "gradientNorm",
        "averageSharpness",
        "spectralNormFirstLayer",
      ] as const
    ) ok(rescaling.moved.includes(name), name);

    const { differences, directions } = comparison!;
    for (
      const name of [
        "loss",
        "accuracy",
        "inputGradientNorm",
        "inputNoiseRise",
        "asamSharpness",
        "relativeAverageSharpness",
        "relativeFlatness",
        "filterNormalizedCurve",
      ] as const
    ) near(differences[name]!.value, 0, 1e-5);
    const ratio = (comparison!.measurements.hessianTrace!.value as number) /
      (measurements.hessianTrace!.value as number);
    ok(ratio > 1.5 || ratio < 1 / 1.5, `the trace's ratio is ${ratio}`);
    strictEqual(directions.length, 4);
    const [filter] = directions;
    filter!.rises.forEach((rise, i) => near(filter!.otherRises[i], rise, 1e-5));
    // Up a gradient the loss rises, and more so where one layer is small.
    const { norm, rises, otherHigher } = directions.at(-1)!;
    strictEqual(norm, "fooling");
    strictEqual(rises.length, 10);
    ok(rises.reduce((sum, rise) => sum + rise, 0) > 0);
    strictEqual(otherHigher, 10);
    checkSchema(report);
  });
});

tensorTest("the same files and seed give the same numbers", async () => {
  await withFolder(async (folder) => {
    const { architecture, weights } = rectifier;
    const options = {
      architecture,
      data: await writeTable(folder, "points.csv", points(60)),
      model: await writeWeights(folder, "a.safetensors", weights()),
      budget: "quick",
      examples: 31, // thirds of unequal size
      seed: 3,
      metrics: ["loss", "hessianTrace", "inputNoiseRise"],
    } as const;
    const [first, second] = [await flatness(options), await flatness(options)];
    deepStrictEqual(second.measurements, first.measurements);
    strictEqual(second.data.sha256, first.data.sha256);
    strictEqual(first.data.examples, 31);
    const other = await flatness({ ...options, seed: 4 });
    ok(other.data.sha256 !== first.data.sha256);
  });
});

tensorTest("what cannot be measured says why", async () => {
  await withFolder(async (folder) => {
    const { architecture, weights } = rectifier;
    const model = await writeWeights(folder, "a.safetensors", weights());
    const data = await writeTable(folder, "points.csv", points(9));
    const base = { architecture, model, data, budget: "quick" } as const;
    await rejects(
      flatness({ ...base, metrics: ["hessianTraces" as never] }),
      /metrics must be of .*, got "hessianTraces"/,
    );
    await rejects(flatness({ ...base, examples: 0 }), /examples must be/);
    await rejects(
      flatness({ ...base, preprocessing: { standardDeviation: [1] } }),
      /needs mean/,
    );
    await rejects(flatness({ ...base, split: "test" }), {
      name: "DatasetError",
    });
    const aborted = AbortSignal.abort(new Error("enough"));
    await rejects(flatness({ ...base, signal: aborted }), /enough/);

    const bad = weights();
    bad["dense1/bias"]!.values[2] = NaN;
    const broken = await writeWeights(folder, "nan.safetensors", bad);
    await rejects(flatness({ ...base, model: broken }), (error: Error) => {
      strictEqual(error.name, "ModelFileError");
      match(error.message, /nan\.safetensors: .*dense1\/bias.*NaN/);
      return true;
    });
  });
});
