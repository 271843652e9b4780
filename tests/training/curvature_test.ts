/** g·g and gᵀHg against closed forms, and along a training. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { curvature } from "../../lib/training/curvature.ts";
import { regression } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import type { StepRecord } from "../../lib/training/records.ts";
import {
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import {
  finish,
  smallData,
  smallRun,
  smallTraining,
} from "./small_training.ts";

tensorflowTest("least squares: g = Xᵀr/n and gᵀHg = ‖Xg‖²/n", async () => {
  const [count, width] = [6, 3];
  const random = randomStream(3, Purpose.generatedData);
  const normals = (length: number) =>
    Float32Array.from({ length }, () => random.normal());
  const [inputs, labels, kernel] = [
    normals(count * width),
    normals(count),
    normals(width),
  ];
  const bias = 0.25;
  // The column of ones is the bias's.
  const rows = Array.from({ length: count }, (_, i) => [
    ...inputs.subarray(i * width, (i + 1) * width),
    1,
  ]);
  const times = (row: number[], x: number[]) =>
    row.reduce((sum, value, i) => sum + value * x[i]!, 0);
  const residuals = rows.map((row, i) =>
    times(row, [...kernel, bias]) - labels[i]!
  );
  const gradient = rows[0]!.map((_, j) =>
    rows.reduce((sum, row, i) => sum + row[j]! * residuals[i]!, 0) / count
  );
  const expected = {
    gradientSquared: times(gradient, gradient),
    curvature: rows.reduce((sum, row) => sum + times(row, gradient) ** 2, 0) /
      count,
  };

  const data = residentData({
    name: "points",
    shape: [width],
    train: { count, inputs, labels },
  });
  const before = tf.memory().numTensors;
  const measure = curvature({ every: 1 }).prepare({
    objective: regression(mlp({ inputShape: [width], outputs: 1 })),
    data,
    batchSize: count,
    augment: false,
  });
  const parameters = [tf.tensor2d(kernel, [width, 1]), tf.tensor1d([bias])];
  const draw = Int32Array.of(0, 0, ...Array(count).keys());
  const found = await measure.of(parameters, draw);
  const close = (name: keyof typeof expected, tolerance: number) =>
    ok(
      Math.abs(found[name]! / expected[name] - 1) < tolerance,
      `${name}: ${found[name]}, expected ${expected[name]}`,
    );
  close("gradientSquared", 1e-12);
  close("curvature", 1e-5);
  ok(found.curvatureError! < 1e-4, `${found.curvatureError}`);
  measure.dispose();
  tf.dispose(parameters);
  strictEqual(tf.memory().numTensors, before);
  data.dispose();
});

tensorflowTest(
  "telemetry is in the records, and changes no others",
  async () => {
    const data = smallData();
    const records = async (extra: Partial<TrainingOptions>) => {
      const { records, results } = await finish(
        trainTogether({ ...smallTraining(data), ...extra }, [
          smallRun(0),
          smallRun(1),
        ]),
      );
      results.forEach(({ parameters }) => tf.dispose(parameters));
      return records;
    };
    const plain = await records({});
    const measured = await records({ telemetry: curvature({ every: 6 }) });
    const without = measured.map(({ run, record }) => {
      const { measured: _, ...rest } = record as StepRecord;
      return { run, record: rest };
    });
    deepStrictEqual(without, plain as unknown);
    const found = measured.flatMap(({ record }) =>
      "measured" in record ? [record] : []
    );
    deepStrictEqual(
      found.map(({ step }) => step),
      [0, 6, 12, 18, 24, 30, 36, 42, 48, 54].flatMap((step) => [step, step]),
    );
    for (const { gradientNormSquared, measured } of found) {
      // The same gradient, once in single and once in double precision.
      ok(
        Math.abs(measured!.gradientSquared! / gradientNormSquared! - 1) < 1e-3,
      );
      ok(Number.isFinite(measured!.curvature));
      ok(measured!.curvatureError! < 1e-3, `${measured!.curvatureError}`);
    }
    data.dispose();
  },
);

tensorflowTest("what telemetry cannot do is refused", async () => {
  throws(
    () => curvature({ every: 0 }),
    /^RangeError: every must be an integer ≥ 1, got 0$/,
  );
  const data = smallData();
  const training = trainTogether(
    {
      ...smallTraining(data),
      microBatches: 2,
      telemetry: curvature({ every: 1 }),
    },
    [smallRun(0)],
  );
  await training.next().then(
    () => ok(false),
    (error) =>
      strictEqual(
        error.message,
        "telemetry needs whole batches: microBatches must be 1, got 2",
      ),
  );
  data.dispose();
});
