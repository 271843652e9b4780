import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  fastGradientSign,
  inputFooling,
} from "../../lib/probes/fooling_input.ts";
import {
  inputGradientNorm,
  inputGradients,
} from "../../lib/probes/input_gradient.ts";
import { inputNoise } from "../../lib/probes/input_noise.ts";
import { neighbourPaths } from "../../lib/probes/neighbour_paths.ts";
import { lossSurface } from "../../lib/probes/loss_surface.ts";
import { nearestNeighbours } from "../../lib/probes/nearest_neighbours.ts";
import type { ProbeOptions } from "../../lib/probes/problem.ts";
import { norm } from "../../lib/probes/vectors.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { tensorTest } from "../support/tensor_test.ts";
import { near } from "./near.ts";
import {
  convolutionNet,
  denseNet,
  example,
  free,
  normalisedNet,
} from "./nets.ts";

async function lossOf(options: ProbeOptions) {
  const surface = lossSurface(options);
  const value = await surface.evaluate(surface.weights);
  surface.dispose();
  return value;
}

tensorTest(
  "Gradients by the inputs are slopes of each example's loss",
  async () => {
    const given = { ...example(convolutionNet()), batchSize: 10 };
    const { losses, gradients } = await inputGradients(given);
    strictEqual(gradients.length, 23 * 36);
    near(
      losses.reduce((a, b) => a + b) / 23,
      (await lossOf(given)).loss,
      1e-12,
    );
    const x = given.data.inputs.dataSync();
    for (const [e, k] of [[0, 5], [12, 20], [22, 35]] as const) {
      const at = async (step: number) => {
        const moved = x.slice();
        moved[36 * e + k] = moved[36 * e + k]! + step;
        const inputs = tf.tensor(moved, [23, 6, 6, 1]);
        const { losses } = await inputGradients({
          ...given,
          data: { ...given.data, inputs },
        });
        inputs.dispose();
        return losses[e]!;
      };
      const slope = (await at(1e-2) - await at(-1e-2)) / 2e-2;
      near(slope, gradients[36 * e + k]!, 1e-3);
    }
    const { value, standardError } = await inputGradientNorm(given);
    const lengths = Array.from(
      losses,
      (_, e) => norm(gradients.subarray(36 * e, 36 * (e + 1))),
    );
    near(
      value,
      lengths.reduce((a, b) => a + b) / 23,
      1e-12,
    );
    ok(standardError > 0 && standardError < value);
    const wrong = { ...given, normalisation: "batch" } as const;
    await rejects(
      inputGradients(wrong),
      /where inputs are probed, got "batch"/,
    );
    free(given.data);
  },
);

tensorTest(
  "FGSM raises the loss, as fast as the gradient says, within the range",
  async () => {
    const given = example(denseNet());
    const epsilon = 1e-3;
    const change = await fastGradientSign(given, { epsilon });
    const x = given.data.inputs.dataSync();
    const inputs = tf.tensor(
      x.map((v, i) => v + change[i]!),
      given.data.inputs.shape,
    );
    const before = await lossOf(given);
    const after = await lossOf({ ...given, data: { ...given.data, inputs } });
    const { gradients } = await inputGradients(given);
    const promised = gradients.reduce((sum, g) => sum + Math.abs(g), 0) / 23 *
      epsilon;
    near((after.loss - before.loss) / promised, 1, 0.01);
    inputs.dispose();
    const kept = await fastGradientSign(given, {
      epsilon: 10,
      least: -1,
      most: 1,
    });
    ok(kept.every((d, i) => Math.abs(x[i]! + d) <= 1 + 1e-6));
    await rejects(fastGradientSign(given, { epsilon: 0 }), /epsilon/);
    free(given.data);
  },
);

tensorTest("L-BFGS finds the least change of an input that fools", async () => {
  const given = example(denseNet(), 1);
  const x = given.data.inputs.dataSync();
  const net = denseNet();
  const classOf = (values: ArrayLike<number>) =>
    tf.tidy(() => {
      const parameters = given.weights.map((w, i) =>
        tf.tensor(w, [...net.parameters[i]!.shape])
      );
      const { output } = net.apply(
        parameters,
        tf.tensor(Float32Array.from(values), [1, 6]),
        { training: false },
      );
      return tf.argMax(output, 1).dataSync()[0]!;
    });
  const target = (classOf(x) + 1) % 3;
  const found = await inputFooling(given, { target });
  const moved = (share: number) =>
    Array.from(x, (v, i) => v + share * found!.change[i]!);
  strictEqual(classOf(moved(1.001)), target);
  ok(classOf(moved(0.8)) !== target, "it should hardly overshoot");
  const bounded = await inputFooling(given, { target, least: -3, most: 3 });
  ok(bounded!.change.every((d, i) => Math.abs(x[i]! + d) <= 3.0001));
  free(given.data);
  const two = example(denseNet(), 2);
  await rejects(inputFooling(two, { target }), /one example, got 2/);
  free(two.data);
});

tensorTest("Nearest neighbours are those of brute force", async () => {
  const random = randomStream(9, Purpose.generatedData);
  const size = 20;
  const rows = (n: number) =>
    Float32Array.from({ length: n * size }, () => random.normal() + 100);
  const queries = rows(200), points = rows(200);
  points.set(points.subarray(0, 3 * size), 3 * size); // ties
  const found = await nearestNeighbours(queries, points, size, {
    count: 7,
    blockSize: 64,
  });
  for (let q = 0; q < 200; q++) {
    const order = Array.from({ length: 200 }, (_, p) => {
      let sum = 0;
      for (let k = 0; k < size; k++) {
        sum += (queries[q * size + k]! - points[p * size + k]!) ** 2;
      }
      return { p, sum };
    }).sort((a, b) => a.sum - b.sum || a.p - b.p);
    deepStrictEqual(
      [...found.subarray(7 * q, 7 * q + 7)],
      order.slice(0, 7).map(({ p }) => p),
    );
  }
  await rejects(
    nearestNeighbours(queries, points.subarray(0, 60), size),
    /at least 10, got 3/,
  );
  await rejects(
    nearestNeighbours(queries.subarray(1), points, size),
    /rows of 20/,
  );
});

tensorTest(
  "Noise on inputs: at 0 the loss, of length α, shared or not",
  async () => {
    const given = { ...example(normalisedNet()), batchSize: 10 };
    const alphas = [0, 1, 3];
    const options = { alphas, draws: 3 };
    const { loss, error } = await lossOf(given);
    for (const shared of [false, true]) {
      const { lines, mean } = await inputNoise(given, { ...options, shared });
      strictEqual(lines.length, 3);
      for (const line of lines) {
        near(line.loss[0]!, loss, 1e-6);
        near(line.error[0]!, error, 1e-9);
      }
      near(mean.loss[2]!, lines.reduce((s, l) => s + l.loss[2]!, 0) / 3, 1e-12);
      ok(lines[0]!.loss[1] !== lines[1]!.loss[1]);
    }
    const again = await inputNoise({ ...given, batchSize: 23 }, options);
    const first = await inputNoise(given, options);
    again.mean.loss.forEach((x, i) => near(x, first.mean.loss[i]!, 1e-6));
    // The slope at 0 is at most that along the gradients.
    const small = await inputNoise(given, { alphas: [0, 1e-2], draws: 20 });
    const { value } = await inputGradientNorm(given);
    for (const line of small.lines) {
      ok(Math.abs(line.loss[1]! - line.loss[0]!) <= value * 1.2e-2);
    }
    await rejects(inputNoise(given, { alphas: [] }), /alphas/);
    free(given.data);
  },
);

tensorTest(
  "Paths to neighbours: at 1 the neighbour's loss with the example's label",
  async () => {
    const given = { ...example(denseNet(), 40), batchSize: 15 };
    const towards = example(denseNet(), 60).data;
    const options = { towards, alphas: [0, 1], neighbours: 1, draws: 2 };
    const { lines, labelAgreement } = await neighbourPaths(given, options);
    near(lines[0]!.loss[0]!, (await lossOf(given)).loss, 1e-6);
    const size = 6;
    const nearest = await nearestNeighbours(
      given.data.inputs.dataSync() as Float32Array,
      towards.inputs.dataSync() as Float32Array,
      size,
      { count: 1 },
    );
    const inputs = tf.gather(towards.inputs, Array.from(nearest));
    const there = await lossOf({ ...given, data: { ...given.data, inputs } });
    for (const line of lines) near(line.loss[1]!, there.loss, 1e-5);
    const labels = towards.labels.dataSync(),
      own = given.data.labels.dataSync();
    const agreeing = nearest.filter((p, i) => labels[p] === own[i]).length / 40;
    near(labelAgreement, agreeing, 1e-12);
    inputs.dispose();
    const same = await neighbourPaths(given, {
      ...options,
      neighbours: 5,
      sameClass: true,
    });
    strictEqual(same.labelAgreement, 1);
    ok(same.lines[0]!.loss[1] !== same.lines[1]!.loss[1]);
    free(given.data);
    free(towards);
  },
);
