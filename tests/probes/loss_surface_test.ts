import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import { takeSnapshot } from "../../lib/probes/snapshot.ts";
import type { Normalisation } from "../../lib/probes/problem.ts";
import { objectiveOfLayersModel } from "../../lib/training/layers_model.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import {
  convolutionNet,
  denseNet,
  example,
  free,
  normalisedNet,
} from "./nets.ts";

tensorTest(
  "The batch size does not matter, the last batch being smaller",
  async () => {
    for (const net of [denseNet(), convolutionNet()]) {
      const given = example(net);
      const results = [];
      for (const batchSize of [23, 10, 1]) {
        const surface = lossSurface({ ...given, batchSize });
        results.push({
          ...await surface.evaluate(surface.weights),
          ...await surface.gradient(surface.weights),
        });
        surface.dispose();
      }
      const [whole, ...parts] = results;
      for (const part of parts) {
        near(part.loss, whole!.loss, 1e-14);
        near(part.error, whole!.error, 1e-14);
        part.gradient.forEach((g, i) => near(g, whole!.gradient[i]!, 1e-14));
      }
      free(given.data);
    }
  },
);

tensorTest("The gradient is the slope of the loss", async () => {
  const given = example(denseNet());
  const surface = lossSurface(given);
  const { loss, gradient } = await surface.gradient(surface.weights);
  near(loss, (await surface.evaluate(surface.weights)).loss, 1e-14);
  for (const i of [0, 30, 60, surface.layout.size - 1]) {
    const [up, down] = await surface.evaluateAll([1e-5, -1e-5].map((step) => {
      const point = surface.weights.slice();
      point[i] = point[i]! + step;
      return point;
    }));
    near((up!.loss - down!.loss) / 2e-5, gradient[i]!, 1e-9);
  }
  surface.dispose();
  free(given.data);
});

tensorTest("Points side by side give what each gives alone", async () => {
  const given = example(convolutionNet());
  const surface = lossSurface({ ...given, precision: "float32" });
  const points = [1, 0.5, -1].map((c) => surface.weights.map((w) => c * w));
  const together = await surface.evaluateAll(points);
  for (const [i, point] of points.entries()) {
    const alone = await surface.evaluate(point);
    near(together[i]!.loss, alone.loss, 1e-7);
    strictEqual(together[i]!.error, alone.error);
  }
  deepStrictEqual(await surface.evaluateAll([]), []);
  surface.dispose();
  free(given.data);
});

tensorTest("Normalisation: four kinds of statistics, dropout off", async () => {
  const given = example(normalisedNet());
  given.weights[4]!.fill(2); // running variances that are not the data's
  const values = new Map<Normalisation, number[]>();
  for (
    const normalisation of [
      "frozen",
      "interpolated",
      "recalibrated",
      "batch",
    ] as const
  ) {
    const surface = lossSurface({ ...given, normalisation });
    const point = surface.weights.map((w) => 1.1 * w);
    const at = [
      (await surface.evaluate(point)).loss,
      (await surface.gradient(point)).loss,
    ];
    values.set(normalisation, at);
    near(at[0]!, at[1]!, 1e-12);
    surface.dispose();
  }
  // One batch: its own statistics are the recalibrated ones.
  near(values.get("batch")![0]!, values.get("recalibrated")![0]!, 1e-9);
  const losses = ["frozen", "interpolated", "batch"] as const;
  strictEqual(new Set(losses.map((n) => values.get(n)![0])).size, 3);

  // A variance below 0 counts as 0.
  const surface = lossSurface({ ...given, normalisation: "interpolated" });
  const { loss } = await surface.evaluate(surface.weights.map((w) => -w));
  ok(Number.isFinite(loss));
  surface.dispose();
  free(given.data);
});

tensorTest(
  "The gradient in batch mode goes through the statistics",
  async () => {
    const given = example(normalisedNet());
    const surface = lossSurface({ ...given, normalisation: "batch" });
    const { gradient } = await surface.gradient(surface.weights);
    // A kernel's scale does not matter: no slope along it, but for ε = 1e-5.
    const kernel = surface.weights.subarray(0, 9);
    ok(kernel.some((w) => w !== 0));
    let along = 0, size = 0;
    for (let i = 0; i < 36; i++) {
      along += gradient[i]! * surface.weights[i]!;
      size += gradient[i]! ** 2;
    }
    near(along / Math.sqrt(size), 0, 1e-4);
    surface.dispose();
    free(given.data);
  },
);

tensorTest("A layers model keeps its weights to the bit", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [6], units: 4, activation: "relu" }),
      tf.layers.batchNormalization(),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 3 }),
    ],
  });
  const weights = () => model.weights.map((w) => w.read());
  const before = takeSnapshot(weights());
  const { data } = example(denseNet());
  const objective = objectiveOfLayersModel(model, "softmaxCrossEntropy");
  const options = { objective, data, weights: before.values };
  for (const normalisation of ["frozen", "batch", "recalibrated"] as const) {
    const surface = lossSurface({ ...options, normalisation });
    const { loss } = await surface.gradient(surface.weights);
    near(loss, (await surface.evaluate(surface.weights)).loss, 1e-12);
    const stop = AbortSignal.abort(new Error("enough"));
    await rejects(
      surface.gradient(surface.weights, { signal: stop }),
      /enough/,
    );
    surface.dispose();
  }
  strictEqual(takeSnapshot(weights()).sha256, before.sha256);
  model.dispose();
  free(data);
});

tensorTest("Progress goes from nothing to all", async () => {
  const given = example(denseNet());
  const surface = lossSurface({ ...given, batchSize: 10 });
  const seen: number[][] = [];
  const onProgress = (...now: [number, number, string]) =>
    void seen.push(now.slice(0, 2) as number[]);
  await surface.evaluate(surface.weights, { onProgress });
  deepStrictEqual(seen, [[0, 3], [1, 3], [2, 3], [3, 3]]);
  surface.dispose();
  free(given.data);
});

tensorTest("What cannot be probed is refused", async () => {
  const given = example(denseNet());
  throws(() => lossSurface({ ...given, batchSize: 0 }), /batchSize must be/);
  const bad = "running" as "frozen";
  throws(() => lossSurface({ ...given, normalisation: bad }), /frozen, .*got/);
  const weights = given.weights.map((values) => values.slice());
  weights[2]![1] = NaN;
  throws(() => lossSurface({ ...given, weights }), /finite.*b\/kernel/);
  const surface = lossSurface(given);
  await rejects(surface.evaluate(new Float64Array(3)), /83 numbers, got 3/);
  surface.dispose();
  free(given.data);
});

tensorTest("Other backends compute in float32", async () => {
  const given = example(denseNet());
  throws(() => lossSurface({ ...given, precision: "float64" }), /tensorflow/);
  const surface = lossSurface(given);
  const { loss, gradient } = await surface.gradient(surface.weights);
  ok(loss > 0 && gradient.every(Number.isFinite));
  surface.dispose();
  free(given.data);
}, "cpu");
