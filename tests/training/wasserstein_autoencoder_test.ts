/** Autoencoders whose codes are drawn to a prior. */
import {
  deepStrictEqual,
  notStrictEqual,
  ok,
  strictEqual,
  throws,
} from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { adam } from "../../lib/optimizers/mod.ts";
import { imageDecoder, imageEncoder, mlp } from "../../lib/models/mod.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { float64 } from "../../lib/runtime/float64.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { constant } from "../../lib/schedules/mod.ts";
import { texturedShapes } from "../../lib/datasets/mod.ts";
import { initialValues } from "../../lib/training/objective.ts";
import {
  residentData,
  train,
  wassersteinAutoencoder,
} from "../../lib/training/mod.ts";
import { assertClose, waves } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const shape = [8, 8, 2];
const encoder = imageEncoder({
  inputShape: shape,
  code: 3,
  levels: 2,
  width: 2,
  size: 3,
});
const decoder = imageDecoder({
  inputShape: [3],
  imageShape: shape,
  levels: 2,
  width: 2,
  size: 3,
});
const objective = wassersteinAutoencoder({ encoder, decoder });
const trained = objective.parameters.flatMap(({ role }, i) =>
  role === "statistic" ? [] : [i]
);
const seeds = (second: number) => tf.tensor1d([4, second], "int32");

/** Loss, and gradients of what is trained. */
function lossAndGradients(
  all: tf.Tensor[],
  inputs: tf.Tensor,
  seed: tf.Tensor1D,
) {
  return tf.valueAndGrads((...some: tf.Tensor[]) => {
    const next = all.slice();
    trained.forEach((at, i) => next[at] = some[i]!);
    const batch = { inputs, labels: inputs };
    return objective.loss(next, batch, { training: true, seed })
      .loss as tf.Scalar;
  })(trained.map((i) => all[i]!));
}

tensorflowTest("its gradients are what differences say", () => {
  const before = tf.memory().numTensors;
  const random = randomStream(1, Purpose.generatedData);
  const normals = (length: number) =>
    Float64Array.from({ length }, () => random.normal());
  const values = initialValues(objective, 1).map((initial, i) => {
    const noise = normals(initial.length);
    const still = objective.parameters[i]!.role === "statistic";
    return Float64Array.from(
      initial,
      (x, j) => still ? x : x + 0.1 * noise[j]!,
    );
  });
  const inputs = float64(
    Float64Array.from({ length: 5 * 128 }, () => random.uniform()),
    [5, ...shape],
  );
  const seed = seeds(1);
  const compiled = compile(lossAndGradients, { precision: "float64" });
  const at = (where: Float64Array[]) => {
    const tensors = where.map((v, i) =>
      float64(v, objective.parameters[i]!.shape)
    );
    const { value, grads } = compiled(tensors, inputs, seed);
    const found = {
      loss: value.dataSync()[0]!,
      gradients: grads.map((g) => [...g.dataSync()]),
    };
    tf.dispose([tensors, value, grads]);
    return found;
  };
  const { gradients } = at(values);
  trained.forEach((index, i) => {
    const direction = normals(values[index]!.length);
    const exact = gradients[i]!.reduce((s, g, j) => s + g * direction[j]!, 0);
    const [above, below] = [1e-6, -1e-6].map((epsilon) => {
      const moved = values.slice();
      moved[index] = values[index]!.map((x, j) => x + epsilon * direction[j]!);
      return at(moved).loss;
    });
    const difference = (above! - below!) / 2e-6;
    ok(
      Math.abs(difference - exact) < 1e-6 * Math.max(1e-2, Math.abs(exact)),
      `${
        objective.parameters[index]!.name
      }: ${exact}, by differences ${difference}`,
    );
  });
  tf.dispose([inputs, seed]);
  compiled.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
});

Deno.test("it is the same on wasm as on tensorflow", async () => {
  const found: { loss: number; gradients: number[][] }[] = [];
  for (const backend of ["wasm", "tensorflow"] as const) {
    await initialize({ backend });
    tf.tidy(() => {
      const all = initialValues(objective, 3).map((v, i) =>
        tf.tensor(v, [...objective.parameters[i]!.shape])
      );
      const inputs = tf.abs(waves([6, ...shape]));
      const { value, grads } = lossAndGradients(all, inputs, seeds(1));
      found.push({
        loss: value.dataSync()[0]!,
        gradients: grads.map((g) => [...g.dataSync()]),
      });
    });
  }
  const [wasm, tensorflow] = found;
  assertClose([wasm!.loss], [tensorflow!.loss], 1e-5);
  wasm!.gradients.forEach((g, i) =>
    assertClose(g, tensorflow!.gradients[i]!, 1e-4)
  );
});

tensorflowTest("the prior is the step's; evaluations always have one", () => {
  tf.tidy(() => {
    const all = initialValues(objective, 2).map((v, i) =>
      tf.tensor(v, [...objective.parameters[i]!.shape])
    );
    const inputs = tf.abs(waves([6, ...shape]));
    const batch = { inputs, labels: inputs };
    const lossOf = (second: number) => {
      const mode = { training: true, seed: seeds(second) };
      return objective.loss(all, batch, mode).loss.dataSync()[0]!;
    };
    strictEqual(lossOf(1), lossOf(1));
    notStrictEqual(lossOf(1), lossOf(2));
    throws(
      () => objective.loss(all, batch, { training: true }),
      /prior needs a seed/,
    );
    const { losses, errors, sums } = objective.evaluate(all, batch);
    const images = objective.predict!(all, inputs);
    assertClose(
      [...errors.dataSync()],
      [...tf.mean(tf.square(tf.sub(images, inputs)), [1, 2, 3]).dataSync()],
      1e-6,
    );
    // Each loss is its error and λ/p times the distance, λ = 100 and p = 128.
    const sum = sums!.dataSync()[0]!;
    const { kernelDistance } = objective.measure!(Float64Array.of(sum), 6);
    assertClose(
      [...losses.dataSync()],
      [...errors.dataSync()].map((e) => e + 100 / 128 * kernelDistance!),
      1e-5,
    );
    // One alone has no distance, and no NaN.
    const alone = tf.slice(inputs, 0, 1);
    const one = objective.evaluate(all, { inputs: alone, labels: alone });
    deepStrictEqual([...one.losses.dataSync()], [...one.errors.dataSync()]);
  });
});

tensorflowTest("it learns, and leaves nothing behind", async () => {
  const before = tf.memory().numTensors;
  const shapes = texturedShapes({ train: 60, test: 20 });
  const data = residentData({ ...shapes, name: "some shapes" });
  const size = { inputShape: shapes.shape, code: 8, width: 4, size: 3 };
  const objective = wassersteinAutoencoder({
    encoder: imageEncoder({ ...size, levels: 3 }),
    decoder: imageDecoder({
      inputShape: [8],
      imageShape: shapes.shape,
      levels: 2,
      width: 4,
      size: 3,
    }),
    penaltyWeight: 25,
  });
  const training = train({
    objective,
    data,
    optimizer: adam(),
    learningRate: constant({ value: 0.01 }),
    batchSize: 20,
    epochs: 40,
    evaluateEvery: 40,
    seed: 0,
  });
  const found: { error: number; distance: number }[] = [];
  let next = await training.next();
  for (; !next.done; next = await training.next()) {
    if (!("evaluation" in next.value)) continue;
    const { error, measured } = next.value.evaluation.test!;
    found.push({ error, distance: measured!.kernelDistance! });
  }
  const [first, last] = found;
  ok(last!.error < 0.7 * first!.error, JSON.stringify(found));
  ok(last!.distance < 0.5 * first!.distance, JSON.stringify(found));
  tf.dispose(next.value.parameters);
  data.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
});

Deno.test("networks that do not fit are refused, and numbers out of range", () => {
  throws(
    () =>
      wassersteinAutoencoder({
        encoder,
        decoder: mlp({ inputShape: [4], outputs: 128 }),
      }),
    /a decoder for image-encoder-2-2 must make \[8,8,2\] of \[3\], mlp-128 makes \[128\] of \[4\]/,
  );
  throws(
    () => wassersteinAutoencoder({ encoder, decoder, penaltyWeight: -1 }),
    /penaltyWeight must be >= 0, got -1/,
  );
  throws(
    () => wassersteinAutoencoder({ encoder, decoder, priorVariance: 0 }),
    /priorVariance must be > 0, got 0/,
  );
  throws(
    () => imageDecoder({ inputShape: [3], imageShape: [12, 12, 1] }),
    /halved 3 times/,
  );
  throws(() => imageEncoder({ inputShape: [9] }), /needs inputs \[height/);
});
