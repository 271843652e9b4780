/** A class for every pixel: what counts, what is ignored, measures of whole sets. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { drawnScenes } from "../../lib/datasets/mod.ts";
import { convolution } from "../../lib/models/layers/convolution.ts";
import {
  type LayerFactory,
  mlp,
  type Network,
  network,
  pspnet,
} from "../../lib/models/mod.ts";
import { constant } from "../../lib/models/initialisers.ts";
import { momentum } from "../../lib/optimizers/mod.ts";
import { constant as fixed } from "../../lib/schedules/constant.ts";
import { evaluator } from "../../lib/training/evaluate.ts";
import { classification, regression } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import { segmentation } from "../../lib/training/segmentation.ts";
import { train } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const pass: LayerFactory = (shape) => ({
  outputShape: shape,
  parameters: [],
  apply: (_, input) => input,
});

/** A network whose logits are its inputs. */
const same = (inputShape: number[]): Network =>
  network("same", { kind: "same", inputShape }, pass);

const logits = [1, 2, 0, /**/ 3, 0, 1, /**/ 0, 0, 5, /**/ 2, 1, 1];

tensorflowTest(
  "segmentation: each pixel is an example of a classification",
  () => {
    const labels = [1, 0, 2, 2];
    const pixels = {
      inputs: tf.tensor2d(logits, [4, 3]),
      labels: tf.tensor1d(labels, "int32"),
    };
    const image = {
      inputs: tf.tensor4d(logits, [1, 2, 2, 3]),
      labels: tf.tensor3d(labels, [1, 2, 2], "int32"),
    };
    const one = classification(same([3]));
    const all = segmentation(same([2, 2, 3]));
    const number = (t: tf.Tensor) => t.dataSync()[0]!;
    const mode = { training: true };
    strictEqual(
      number(all.loss([], image, mode).loss).toFixed(6),
      number(one.loss([], pixels, mode).loss).toFixed(6),
    );
    const { errors, sums } = all.evaluate([], image);
    strictEqual(number(errors), 0.25);
    // Rows are what pixels are, columns what they were found to be.
    deepStrictEqual([...sums!.dataSync()], [1, 0, 0, 0, 1, 0, 1, 0, 1]);
    const measured = all.measure!(Float64Array.from(sums!.dataSync()), 1);
    deepStrictEqual(measured, {
      meanIntersectionOverUnion: (1 / 2 + 1 + 1 / 2) / 3,
      pixelAccuracy: 0.75,
    });
  },
);

tensorflowTest(
  "segmentation: what an ignored pixel shows changes nothing",
  () => {
    const objective = segmentation(same([2, 2, 3]));
    const labels = tf.tensor3d([1, 255, 2, 255], [1, 2, 2], "int32");
    const values = [[3, 0, 1, 2, 1, 1], [-50, 9, 80, 1, 2, 3]].map(
      (ignored) => {
        const seen = logits.slice();
        ignored.forEach((value, i) => seen[i < 3 ? 3 + i : 6 + i] = value);
        const batch = { inputs: tf.tensor4d(seen, [1, 2, 2, 3]), labels };
        const { losses, errors, sums } = objective.evaluate([], batch);
        const { loss } = objective.loss([], batch, { training: true });
        const gradient = tf.grad((inputs) =>
          objective.loss([], { inputs, labels }, { training: true }).loss
        )(batch.inputs);
        strictEqual([...gradient.dataSync().slice(3, 6)].join(), "0,0,0");
        strictEqual([...gradient.dataSync().slice(9)].join(), "0,0,0");
        return [losses, errors, sums!, loss].map((t) => [...t.dataSync()]);
      },
    );
    deepStrictEqual(values[0], values[1]);
    strictEqual(values[0]![2]!.reduce((a, b) => a + b), 2);
    // The mean over the two pixels that count: of class 1 and of class 2.
    const [first, third] = [[1, 2, 0], [0, 0, 5]];
    const cost = (z: number[], label: number) =>
      Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[label]!;
    const mean = (cost(first!, 1) + cost(third!, 2)) / 2;
    ok(Math.abs(values[0]![3]![0]! - mean) < 1e-6);
    ok(Math.abs(values[0]![0]![0]! - mean) < 1e-6);
  },
);

tensorflowTest("segmentation: nothing but ignored pixels costs nothing", () => {
  const objective = segmentation(same([1, 2, 2]));
  const batch = {
    inputs: tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]),
    labels: tf.fill([1, 1, 2], 255, "int32"),
  };
  const { loss } = objective.loss([], batch, { training: true });
  strictEqual(loss.dataSync()[0], 0);
});

tensorflowTest(
  "segmentation: mIoU is that of all pixels of a set together",
  async () => {
    const scenes = drawnScenes({ train: 1, test: 70 });
    // Of each scene's pixels the reddest are class 1: a poor guess, but not constant.
    const guess = network("guess", { kind: "guess", inputShape: [48, 48, 3] }, (
      shape,
    ) => ({
      ...convolution({ filters: 6, size: 1, kernel: constant(0) })(shape),
      parameters: [],
      apply: (_, input) =>
        tf.concat([tf.onesLike(input), tf.mul(input, 1.7)], 3),
    }));
    const objective = segmentation(guess);
    strictEqual(objective.evaluatedAtATime, 28);
    const data = residentData(scenes);
    const run = evaluator(objective);
    const [found] = (await run.evaluateAll([[]], data.evaluation))!;
    run.dispose();
    const confusion = new Float64Array(36);
    const { inputs, labels } = scenes.test;
    labels.forEach((label, i) => {
      if (label === 255) return;
      let best = 0, most = 1;
      for (let c = 0; c < 3; c++) {
        const value = Math.fround(inputs[3 * i + c]! * Math.fround(1.7));
        if (value > most) [best, most] = [3 + c, value];
      }
      confusion[label * 6 + best]!++;
    });
    const { meanIntersectionOverUnion } = objective.measure!(confusion, 70);
    const measured = found!.test!.measured!;
    ok(
      Math.abs(
        measured.meanIntersectionOverUnion! - meanIntersectionOverUnion!,
      ) < 1e-5,
    );
    ok(measured.pixelAccuracy! > 0.1 && measured.pixelAccuracy! < 0.9);
    data.dispose();
  },
);

tensorflowTest(
  "a PSPNet learns a few scenes, mirrored at random, and says what it sees",
  async () => {
    const scenes = drawnScenes({ train: 24, test: 8 });
    const data = residentData({
      ...scenes,
      evaluation: { train: scenes.train },
    });
    const objective = segmentation(
      pspnet({
        inputShape: scenes.shape,
        classes: 6,
        blocks: [1, 1],
        width: 8,
      }),
    );
    const training = train({
      objective,
      data,
      optimizer: momentum({ momentum: 0.9 }),
      learningRate: fixed({ value: 0.05 }),
      batchSize: 8,
      epochs: 15,
      augment: true,
      evaluateEvery: 15,
      seed: 0,
    });
    const shares: number[] = [];
    let next = await training.next();
    for (; !next.done; next = await training.next()) {
      if ("evaluation" in next.value) {
        const { measured } = next.value.evaluation.train!;
        shares.push(measured!.meanIntersectionOverUnion!);
      }
    }
    ok(shares[1]! > shares[0]! + 0.1, shares.join(" → "));
    const seen = objective.predict!(next.value.parameters, data.train.inputs);
    deepStrictEqual([seen.shape, seen.dtype], [[24, 48, 48], "int32"]);
    tf.dispose([next.value.parameters, seen]);
    data.dispose();
  },
);

tensorflowTest("images as labels need a network that fits", () => {
  throws(() => segmentation(mlp({ inputShape: [3], outputs: 2 })), {
    name: "TypeError",
    message: /must give \[height, width, classes\], .* gives \[2\]$/,
  });
});

tensorflowTest("what has no images is not augmented", async () => {
  const split = {
    count: 2,
    inputs: new Float32Array(6),
    labels: new Float32Array(4),
  };
  const data = residentData({
    name: "two vectors",
    shape: [3],
    labelShape: [2],
    train: split,
  });
  const training = train({
    objective: regression(mlp({ inputShape: [3], outputs: 2 })),
    data,
    optimizer: momentum(),
    learningRate: fixed({ value: 0.1 }),
    batchSize: 2,
    epochs: 1,
    augment: true,
    seed: 0,
  });
  let refused = "";
  await training.next().catch((error) => refused = String(error));
  ok(
    /^TypeError: augment is of images .* inputs are \[2,3\] and labels \[2,2\]$/
      .test(refused),
    refused,
  );
  data.dispose();
});
