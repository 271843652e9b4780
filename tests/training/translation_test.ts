/** Two networks that train each other: gradients, weights, exact resume. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { edgePairs } from "../../lib/datasets/mod.ts";
import { convolution } from "../../lib/models/layers/convolution.ts";
import { normalised } from "../../lib/models/layers/normalised.ts";
import {
  network,
  patchDiscriminator,
  sequence,
  unet,
} from "../../lib/models/mod.ts";
import { adam, sgd } from "../../lib/optimizers/mod.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { batchGradients } from "../../lib/training/batch_gradients.ts";
import { initialValues } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import { train } from "../../lib/training/train.ts";
import { translation } from "../../lib/training/translation.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { description, outcome, run } from "./resumed_runs.ts";

const generator = unet({ inputShape: [8, 8, 3], levels: 2, width: 3 });
const discriminator = patchDiscriminator({
  inputShape: [8, 8, 6],
  layers: 1,
  width: 3,
});
const objective = translation({ generator, discriminator });
const own = generator.parameters.length;

/** Pairs of 8 × 8, cut from larger ones. */
function smallPairs() {
  const { train } = edgePairs({ train: 12, test: 1 });
  const cut = (values: ArrayLike<number>) =>
    Float32Array.from({ length: 12 * 192 }, (_, i) => {
      const [image, rest] = [Math.floor(i / 192), i % 192];
      const [y, x, c] = [
        Math.floor(rest / 24),
        Math.floor(rest % 24 / 3),
        rest % 3,
      ];
      return values[((image * 64 + 24 + 2 * y) * 64 + 24 + 2 * x) * 3 + c]!;
    });
  const split = {
    count: 12,
    inputs: cut(train.inputs),
    labels: cut(train.labels),
  };
  return residentData({
    name: "small pairs",
    shape: [8, 8, 3],
    labelShape: [8, 8, 3],
    train: split,
    test: split,
  });
}

const softplus = (z: tf.Tensor) => tf.log(tf.add(1, tf.exp(z)));

/** L_G or L_D as they are written, of parameters in double precision. */
function written(which: "generator" | "discriminator") {
  return compile(
    (all: tf.Tensor[], x: tf.Tensor, y: tf.Tensor, seed: tf.Tensor1D) => {
      const mode = { training: true, seed };
      const image = generator.apply(all.slice(0, own), x, mode).output;
      const judge = (seen: tf.Tensor) =>
        discriminator.apply(all.slice(own), tf.concat([x, seen], 3), mode)
          .output;
      return which === "generator"
        ? tf.add(
          tf.mean(softplus(tf.neg(judge(image)))),
          tf.mul(100, tf.mean(tf.abs(tf.sub(image, y)))),
        )
        : tf.mul(
          0.5,
          tf.add(
            tf.mean(softplus(tf.neg(judge(y)))),
            tf.mean(softplus(judge(image))),
          ),
        );
    },
    { precision: "float64" },
  );
}

tensorflowTest("each network's gradient is that of its own loss alone", () => {
  const random = randomStream(3, Purpose.generatedData);
  const normals = (length: number) =>
    Float64Array.from({ length }, () => random.normal());
  const values = initialValues(objective, 1).map((v) => {
    const noise = normals(v.length);
    return Float64Array.from(v, (w, i) => w + 0.3 * noise[i]!);
  });
  const tensors = (all: Float64Array[]) =>
    all.map((v, i) => float64(v, objective.parameters[i]!.shape));
  const uniforms = () =>
    Float64Array.from({ length: 2 * 192 }, () => random.uniform());
  const inputs = float64(uniforms(), [2, 8, 8, 3]);
  const labels = float64(uniforms(), [2, 8, 8, 3]);
  const draw = tf.tensor1d([7, 8, 0, 1], "int32");
  const found = compile(
    (
      data: { inputs: tf.Tensor; labels: tf.Tensor },
      parameters: tf.Tensor[],
      draw: tf.Tensor1D,
    ) =>
      batchGradients(
        { objective, batchSize: 2, augment: false },
        data,
        parameters,
        draw,
      ),
    { precision: "float64" },
  );
  const all = tensors(values);
  const { gradients, loss, statistics } = found({ inputs, labels }, all, draw);
  strictEqual(statistics.length, 0);
  strictEqual(gradients.length, objective.parameters.length);
  const centre = compile((t: tf.Tensor) => tf.sub(tf.mul(t, 2), 1), {
    precision: "float64",
  });
  const x = centre(inputs),
    y = centre(labels),
    seed = tf.tensor1d([7, 8], "int32");
  const losses = {
    generator: written("generator"),
    discriminator: written("discriminator"),
  };
  const valueOf = (which: keyof typeof losses, at: Float64Array[]) => {
    const moved = tensors(at);
    const result = losses[which](moved, x, y, seed);
    const value = result.dataSync()[0]!;
    tf.dispose([moved, result]);
    return value;
  };
  const sum = valueOf("generator", values) + valueOf("discriminator", values);
  ok(Math.abs(loss.dataSync()[0]! - sum) < 1e-6 * sum);
  for (const [i, { name }] of objective.parameters.entries()) {
    const which = i < own ? "generator" : "discriminator";
    const direction = normals(values[i]!.length);
    const exact = [...gradients[i]!.dataSync()]
      .reduce((total, g, j) => total + g * direction[j]!, 0);
    const [above, below] = [1e-7, -1e-7].map((epsilon) => {
      const moved = values.slice();
      moved[i] = values[i]!.map((v, j) => v + epsilon * direction[j]!);
      return valueOf(which, moved);
    });
    const difference = (above! - below!) / 2e-7;
    ok(
      Math.abs(difference - exact) < 1e-5 * Math.max(1e-1, Math.abs(exact)),
      `${name}: ${exact}, by differences ${difference}`,
    );
  }
  tf.dispose([all, gradients, loss, inputs, labels, draw, x, y, seed]);
  [found, centre, losses.generator, losses.discriminator]
    .forEach((compiled) => compiled.dispose());
});

tensorflowTest("a gradient weight of 0 stops the generator alone", async () => {
  const data = smallPairs();
  const training = train({
    objective,
    data,
    optimizer: sgd(),
    learningRate: constant({ value: 0.01 }),
    gradientWeight: constant({ value: 0 }),
    batchSize: 4,
    epochs: 1,
    seed: 0,
  });
  let next = await training.next();
  while (!next.done) next = await training.next();
  const initial = initialValues(objective, 0);
  const moved = next.value.parameters.map((tensor, i) =>
    tensor.dataSync().some((value, j) => value !== initial[i]![j])
  );
  ok(moved.slice(0, own).every((m) => !m));
  ok(moved.slice(own).some((m) => m));
  tf.dispose(next.value.parameters);
  data.dispose();
});

tensorflowTest(
  "a broken run of two networks goes on to the same bits",
  () =>
    withFolder(async (folder) => {
      const before = tf.memory().numTensors;
      const data = smallPairs();
      const training = {
        objective,
        data,
        optimizer: adam({ beta1: 0.5 }),
        batchSize: 3,
        epochs: 3,
        recordEvery: 1,
        checkpointSeconds: 0,
      };
      const [whole, broken] = [`${folder}/whole`, `${folder}/broken`];
      deepStrictEqual(await run(training, { 0: whole }), ["done"]);
      for (const at of [1, 4, 7]) {
        const statuses = await run(training, { 0: broken }, (_, step) =>
          step === at);
        deepStrictEqual(statuses, ["stopped"]);
      }
      deepStrictEqual(await run(training, { 0: broken }), ["done"]);
      deepStrictEqual(await outcome(broken), await outcome(whole));
      const { settings } = await description(whole);
      strictEqual(settings.objective.discriminator.kind, "patchDiscriminator");
      data.dispose();
      strictEqual(tf.memory().numTensors, before, "tensors left behind");
    }),
);

tensorflowTest("the generator comes nearer to the pictures", async () => {
  const data = smallPairs();
  const training = train({
    objective,
    data,
    optimizer: adam({ beta1: 0.5 }),
    learningRate: constant({ value: 0.005 }),
    batchSize: 4,
    epochs: 40,
    evaluateEvery: 40,
    seed: 0,
  });
  const found: { error: number; similarity: number; distance: number }[] = [];
  let next = await training.next();
  for (; !next.done; next = await training.next()) {
    if (!("evaluation" in next.value)) continue;
    const { error, measured } = next.value.evaluation.test!;
    found.push({
      error,
      similarity: measured!.structuralSimilarity!,
      distance: measured!.histogramDistance!,
    });
  }
  const [first, last] = found;
  ok(last!.error < 0.6 * first!.error, JSON.stringify(found));
  ok(last!.similarity > first!.similarity, JSON.stringify(found));
  ok(last!.distance < first!.distance, JSON.stringify(found));
  const seen = objective.predict!(next.value.parameters, data.train.inputs);
  ok(seen.dataSync().every((value) => value >= 0 && value <= 1));
  tf.dispose([next.value.parameters, seen]);
  data.dispose();
});

Deno.test("networks that do not fit are refused", () => {
  const refuse = (
    options: Parameters<typeof translation>[0],
    message: RegExp,
  ) => throws(() => translation(options), { message });
  refuse(
    {
      generator,
      discriminator: patchDiscriminator({ inputShape: [8, 8, 3] }),
    },
    /a discriminator for unet-2-3 must take \[8,8,6\], patch-70-64 takes \[8,8,3\]/,
  );
  const running = network(
    "running",
    { kind: "running", inputShape: [8, 8, 3] },
    sequence([["convolution", convolution({ filters: 3, size: 3 })], [
      "after",
      normalised,
    ]]),
  );
  refuse(
    { generator: running, discriminator },
    /got the running statistic after\/normalisation\/mean/,
  );
  refuse({ generator, discriminator, differenceWeight: -1 }, />= 0, got -1/);
});
