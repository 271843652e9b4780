/** Outputs, dropout, running statistics. */
import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  strictEqual,
  throws,
} from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { batchNormalisation } from "../../lib/models/layers/batch_normalisation.ts";
import { channelDropout, dropout } from "../../lib/models/layers/dropout.ts";
import { residual } from "../../lib/models/layers/residual.ts";
import {
  alexnet,
  allCnn,
  cudaConvnet,
  densenet,
  googlenet,
  imagenetResnet,
  type LayerFactory,
  lenet,
  mlp,
  type Network,
  network,
  networkInNetwork,
  plainNetwork,
  resnet,
  resnet18,
  sequence,
  wideResnet,
} from "../../lib/models/mod.ts";
import { classification } from "../../lib/training/objective.ts";
import { assertClose, waves } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { initialTensors } from "../training/small_training.ts";

const networks: Network[] = [[32, 32, 3] as const, [28, 28, 1] as const]
  .flatMap((inputShape) => [
    mlp({ inputShape, hidden: [7], outputs: 10 }),
    lenet({ inputShape }),
    resnet({ inputShape, depth: 8, width: 4 }),
    resnet({ inputShape, depth: 11, block: "bottleneck", width: 2 }),
    plainNetwork({ inputShape, depth: 9, width: 4, stemStride: 2 }),
    plainNetwork({ inputShape, depth: 9, width: 4, normalised: false }),
    cudaConvnet({ inputShape, width: 4 }),
    allCnn({ inputShape, width: 4 }),
    wideResnet({ inputShape, depth: 10, widen: 2, width: 2, dropoutRate: 0.3 }),
    densenet({ inputShape, depth: 16, growth: 3 }),
    imagenetResnet({ inputShape, blocks: [1, 2], width: 3, classes: 10 }),
    networkInNetwork({ inputShape, channels: [4, 3, 3, 4, 4, 4, 4, 4] }),
    alexnet({
      inputShape,
      channels: [4, 5, 6, 7, 8],
      stemSize: 5,
      stemStride: 1,
      units: 9,
      classes: 10,
    }),
    googlenet({ inputShape, modules: [1, 2, 1], share: 0.05, classes: 10 }),
    googlenet({
      inputShape,
      normalised: true,
      stem: "small",
      modules: [1, 1, 1],
      share: 0.05,
      classes: 10,
    }),
    resnet18({ inputShape, widths: [2, 3, 4, 5], dropoutRate: 0.5 }),
  ]);

for (const network of networks) {
  const { name, inputShape, outputShape, parameters } = network;
  tensorflowTest(`${name} on [${inputShape}] gives what its shapes say`, () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      deepStrictEqual(outputShape, [10]);
      const values = initialTensors(classification(network), 0);
      const input = waves([3, ...inputShape]);
      const { output, statistics } = network.apply(values, input, {
        training: true,
        seed: tf.tensor1d([1, 2], "int32"),
      });
      deepStrictEqual(output.shape, [3, 10]);
      deepStrictEqual(
        statistics.map(({ shape }) => shape),
        parameters.filter(({ role }) => role === "statistic")
          .map(({ shape }) => shape),
      );
      const logits = output.dataSync();
      ok(logits.every(Number.isFinite));
      const evaluated = network.apply(values, input, { training: false });
      deepStrictEqual(evaluated.output.shape, [3, 10]);
      deepStrictEqual(evaluated.statistics, []);
    });
    strictEqual(tf.memory().numTensors, before);
  });
}

tensorflowTest(
  "residual: the block's own input goes round, or the shortcut's output",
  () => {
    const times = (factor: number): LayerFactory => (inputShape) => ({
      outputShape: inputShape,
      parameters: [],
      apply: (_, input) => tf.mul(input, factor),
    });
    const of = (options: Parameters<typeof residual>[0]) =>
      tf.tidy(() => {
        const block = network(
          "r",
          { kind: "r", inputShape: [1] },
          residual(options),
        );
        const { output } = block.apply([], tf.ones([1, 1]), {
          training: false,
        });
        return output.dataSync()[0];
      });
    strictEqual(of({ body: times(3) }), 3 + 1);
    strictEqual(of({ before: times(2), body: times(3) }), 3 * 2 + 1);
    strictEqual(
      of({ before: times(2), body: times(3), shortcut: times(5) }),
      3 * 2 + 5 * 2,
    );
  },
);

/** Two dropouts, one after the other. */
const twice = network(
  "twice",
  { kind: "twice", inputShape: [2000] },
  sequence([["", dropout(0.25)], ["", dropout(0.5)]]),
);

/** What it makes of ones. */
function dropped(seed: [number, number]): number[] {
  return tf.tidy(() => [
    ...twice.apply([], tf.ones([1, 2000]), {
      training: true,
      seed: tf.tensor1d(seed, "int32"),
    }).output.dataSync(),
  ]);
}

tensorflowTest("dropout: a seed is a mask, and each layer has its own", () => {
  const values = dropped([3, 4]);
  deepStrictEqual(dropped([3, 4]), values);
  for (const other of [[3, 5], [4, 4]] as [number, number][]) {
    const same = dropped(other).filter((x, i) => x === values[i]).length;
    // Two independent masks agree on kept·kept + dropped·dropped.
    const share = 0.375 ** 2 + 0.625 ** 2;
    ok(Math.abs(same / 2000 - share) < 0.06, `${same} of 2000 alike`);
  }
  // Kept by both, scaled by both: the masks are independent.
  const kept = values.filter((x) => x !== 0);
  ok(kept.every((x) => Math.abs(x - 1 / (0.75 * 0.5)) < 1e-6));
  ok(Math.abs(kept.length / 2000 - 0.375) < 0.06, `${kept.length} kept`);
});

tensorflowTest(
  "channelDropout: a channel is dropped whole, or kept whole",
  () => {
    const images = network(
      "images",
      { kind: "images", inputShape: [2, 2, 500] },
      channelDropout(0.25),
    );
    const values = tf.tidy(() => {
      const { output } = images.apply([], tf.ones([2, 2, 2, 500]), {
        training: true,
        seed: tf.tensor1d([3, 4], "int32"),
      });
      return (output.arraySync() as number[][][][]).map((image) =>
        image.flat()
      );
    });
    for (const image of values) {
      for (const pixel of image) deepStrictEqual(pixel, image[0]);
      const kept = image[0]!.filter((x) => x !== 0);
      ok(kept.every((x) => Math.abs(x - 4 / 3) < 1e-6));
      ok(Math.abs(kept.length / 500 - 0.75) < 0.08, `${kept.length} kept`);
    }
    notDeepStrictEqual(values[0]![0], values[1]![0]);
  },
);

tensorflowTest("dropout: none in evaluation; none without a seed", () => {
  tf.tidy(() => {
    const input = tf.ones([1, 2000]);
    const { output } = twice.apply([], input, { training: false });
    deepStrictEqual(output.dataSync(), input.dataSync());
    throws(
      () => twice.apply([], input, { training: true }),
      /dropout needs a seed to be trained/,
    );
  });
});

tensorflowTest("normalisation: running statistics move, and are used", () => {
  const normalise = network(
    "normalise",
    { kind: "normalise", inputShape: [1, 1, 2] },
    batchNormalisation({ momentum: 0.75, epsilon: 1e-3 }),
  );
  tf.tidy(() => {
    const parameters = [[2, 1], [0, 3], [1, -1], [4, 9]].map((v) =>
      tf.tensor1d(v)
    );
    // Means 2 and 20, biased variances 1 and 100.
    const input = tf.tensor4d([1, 10, 3, 30], [2, 1, 1, 2]);
    const { output, statistics } = normalise.apply(parameters, input, {
      training: true,
    });
    assertClose(statistics.flatMap((s) => [...s.dataSync()]), [
      0.75 * 1 + 0.25 * 2,
      0.75 * -1 + 0.25 * 20,
      0.75 * 4 + 0.25 * 1,
      0.75 * 9 + 0.25 * 100,
    ], 1e-6);
    const a = 1 / Math.sqrt(1.001), b = 10 / Math.sqrt(100.001);
    assertClose([...output.dataSync()], [-2 * a, 3 - b, 2 * a, 3 + b], 1e-5);

    const evaluated = normalise.apply(parameters, input, { training: false });
    const at = (x: number, mean: number, variance: number) =>
      (x - mean) / Math.sqrt(variance + 1e-3);
    assertClose([...evaluated.output.dataSync()], [
      2 * at(1, 1, 4),
      at(10, -1, 9) + 3,
      2 * at(3, 1, 4),
      at(30, -1, 9) + 3,
    ], 1e-5);
  });
});
