/** Networks that give images: numbers of parameters, shapes, what layers do. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { instanceNormalisation } from "../../lib/models/layers/instance_normalisation.ts";
import {
  adaptiveAveragePool,
  bilinear,
  linearWeights,
  meanWeights,
} from "../../lib/models/layers/resample.ts";
import { transposedConvolution } from "../../lib/models/layers/transposed_convolution.ts";
import { constant } from "../../lib/models/initialisers.ts";
import {
  type LayerFactory,
  type Network,
  network,
  patchDiscriminator,
  pspnet,
  receptiveField,
  unet,
} from "../../lib/models/mod.ts";
import { classification } from "../../lib/training/objective.ts";
import { assertClose, waves } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { initialTensors } from "../training/small_training.ts";

const count = ({ parameters }: Network) =>
  parameters.filter(({ role }) => role !== "statistic")
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0);

Deno.test("pix2pix's networks have the sizes of the authors' code", () => {
  const inputShape = [256, 256, 3];
  const generator = unet({ inputShape, levels: 8 });
  strictEqual((count(generator) / 1e6).toFixed(3), "54.414");
  const discriminator = patchDiscriminator({ inputShape: [256, 256, 6] });
  strictEqual((count(discriminator) / 1e6).toFixed(3), "2.769");
});

Deno.test("small networks, parameter by parameter", () => {
  // 4·4·3·2 down; 4·4·2·4 + 4·4·2·4 + 2·2 within; 4·4·3·4 + 3 up.
  strictEqual(
    count(unet({ inputShape: [8, 8, 3], levels: 2, width: 2 })),
    96 + 128 + 128 + 4 + 195,
  );
  // 4·4·6·2 + 2, then 4·4·2·4 + 2·4, then 4·4·4 + 1.
  strictEqual(
    count(patchDiscriminator({ inputShape: [8, 8, 6], layers: 1, width: 2 })),
    194 + 136 + 65,
  );
  // Stem 27·4; stage 1: two of 144 and 2 norms of 8; end 8; pyramid 4·(4 + 2);
  // head 3·3·8·5, norm 10; output 5·6 + 6.
  strictEqual(
    count(
      pspnet({
        inputShape: [8, 8, 3],
        classes: 6,
        blocks: [1],
        width: 4,
        headWidth: 5,
      }),
    ),
    108 + 288 + 16 + 8 + 24 + 360 + 10 + 36,
  );
  // PSPNet101's stages, classes and head.
  const large = pspnet({
    inputShape: [224, 224, 3],
    blocks: [3, 4, 23, 3],
    block: "bottleneck",
    width: 64,
    headWidth: 512,
  });
  strictEqual((count(large) / 1e6).toFixed(1), "65.6");
});

Deno.test("a patch is what an output depends on", () => {
  deepStrictEqual([1, 2, 3].map(receptiveField), [16, 34, 70]);
});

const networks: Network[] = [
  pspnet({ inputShape: [24, 24, 3], classes: 5, width: 4 }),
  pspnet({
    inputShape: [20, 28, 3],
    classes: 5,
    blocks: [1, 1, 1, 1],
    block: "bottleneck",
    width: 2,
  }),
  unet({ inputShape: [16, 32, 3], outputs: 2, levels: 4, width: 4 }),
  unet({ inputShape: [4, 4, 1], levels: 1, width: 4 }),
  patchDiscriminator({ inputShape: [16, 16, 6], layers: 2, width: 4 }),
];

for (const network of networks) {
  const { name, inputShape, outputShape, parameters } = network;
  tensorflowTest(`${name} on [${inputShape}] gives what its shapes say`, () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const values = initialTensors(classification(network), 0);
      const input = waves([3, ...inputShape]);
      for (const training of [true, false]) {
        const { output, statistics } = network.apply(values, input, {
          training,
          seed: tf.tensor1d([1, 2], "int32"),
        });
        deepStrictEqual(output.shape, [3, ...outputShape]);
        ok(output.dataSync().every(Number.isFinite));
        strictEqual(
          statistics.length,
          training
            ? parameters.filter(({ role }) => role === "statistic").length
            : 0,
        );
      }
    });
    strictEqual(tf.memory().numTensors, before);
  });
}

/** Asserts that tensors are close. */
function assertNear(actual: tf.Tensor, expected: tf.Tensor, tolerance: number) {
  deepStrictEqual(actual.shape, expected.shape);
  assertClose([...actual.dataSync()], [...expected.dataSync()], tolerance);
}

/** What a layer without parameters makes of an image of one channel. */
function applied(factory: LayerFactory, rows: number[][]): number[][] {
  return tf.tidy(() => {
    const inputShape = [rows.length, rows[0]!.length, 1];
    const { output } = network("l", { kind: "l", inputShape }, factory)
      .apply(
        [],
        tf.tensor4d(rows.flat(), [1, rows.length, rows[0]!.length, 1]),
        {
          training: false,
        },
      );
    return tf.squeeze(output, [0, 3]).arraySync() as number[][];
  });
}

Deno.test("weights along an axis add up to one, and keep what is constant", () => {
  for (const weights of [meanWeights, linearWeights]) {
    for (
      const [from, to] of [[12, 6], [5, 3], [4, 6], [1, 8], [7, 7]] as const
    ) {
      for (const row of weights(from, to)) {
        const sum = row.reduce((a, b) => a + b);
        ok(Math.abs(sum - 1) < 1e-12, `${from} to ${to}: ${sum}`);
      }
    }
  }
  // PyTorch's AdaptiveAvgPool takes [0, 2), [1, 4) and [3, 5) of five.
  deepStrictEqual(
    meanWeights(5, 3).map((row) => row.map((w) => w > 0 ? 1 : 0)),
    [
      [1, 1, 0, 0, 0],
      [0, 1, 1, 1, 0],
      [0, 0, 0, 1, 1],
    ],
  );
});

tensorflowTest("pooling over a grid: means of its windows", () => {
  const rows = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]];
  deepStrictEqual(applied(adaptiveAveragePool(1), rows), [[8.5]]);
  deepStrictEqual(applied(adaptiveAveragePool(2), rows), [[3.5, 5.5], [
    11.5,
    13.5,
  ]]);
});

tensorflowTest(
  "stretching: half a pixel between the middles, as PyTorch's",
  () => {
    // torch.nn.functional.interpolate(mode="bilinear", align_corners=False)
    deepStrictEqual(applied(bilinear(2, 4), [[0, 8], [4, 12]]), [
      [0, 2, 6, 8],
      [4, 6, 10, 12],
    ]);
    const resized = tf.tidy(() =>
      tf.image.resizeBilinear(
        waves([2, 3, 5, 2]) as tf.Tensor4D,
        [7, 4],
        false,
        true,
      )
    );
    const own = tf.tidy(() =>
      network("b", { kind: "b", inputShape: [3, 5, 2] }, bilinear(7, 4))
        .apply([], waves([2, 3, 5, 2]), { training: false }).output
    );
    assertNear(own, resized, 1e-5);
    tf.dispose([resized, own]);
  },
);

tensorflowTest(
  "instance normalisation: mean 0 and variance 1 of each image",
  () => {
    tf.tidy(() => {
      const layer = instanceNormalisation()([5, 4, 2]);
      const input = tf.add(tf.mul(waves([3, 5, 4, 2]), 7), 3);
      const output = layer.apply(
        [tf.tensor1d([1, 2]), tf.tensor1d([0, 5])],
        input,
        {
          training: true,
          statistics: [],
          dropoutCount: 0,
        },
      );
      const { mean, variance } = tf.moments(output, [1, 2]);
      assertNear(mean, tf.tensor2d([[0, 5], [0, 5], [0, 5]]), 1e-5);
      assertNear(variance, tf.tensor2d([[1, 4], [1, 4], [1, 4]]), 1e-3);
    });
  },
);

tensorflowTest(
  "a transposed convolution is the transpose of the convolution",
  () => {
    tf.tidy(() => {
      const layer = transposedConvolution({
        filters: 2,
        size: 4,
        stride: 2,
        kernel: constant(0),
      })([3, 3, 5]);
      deepStrictEqual(layer.outputShape, [6, 6, 2]);
      const kernel = waves([4, 4, 2, 5]) as tf.Tensor4D;
      const small = waves([1, 3, 3, 5]);
      const large = tf.cos(waves([1, 6, 6, 2])) as tf.Tensor4D;
      const up = layer.apply([kernel], small, {
        training: true,
        statistics: [],
        dropoutCount: 0,
      });
      // ⟨up(x), y⟩ = ⟨x, down(y)⟩
      const down = tf.conv2d(large, kernel, 2, "same");
      assertNear(tf.sum(tf.mul(up, large)), tf.sum(tf.mul(small, down)), 1e-4);
    });
  },
);

Deno.test("options out of range are refused by name", () => {
  const refuse = (make: () => unknown, message: RegExp) =>
    throws(make, { name: "RangeError", message });
  refuse(
    () => unet({ inputShape: [48, 64, 3], levels: 5 }),
    /^an image of 48×64 cannot be halved 5 times/,
  );
  refuse(
    () => pspnet({ inputShape: [8, 8, 3], blocks: [1, 1, 1, 1, 1] }),
    /^blocks must have at most 4 stages, got 5$/,
  );
  refuse(
    () => pspnet({ inputShape: [8, 8, 3], bins: [] }),
    /number of bins .* 0$/,
  );
  refuse(() => pspnet({ inputShape: [8, 8, 3], classes: 0 }), /^classes .* 0$/);
  refuse(
    () => patchDiscriminator({ inputShape: [8, 8, 6], layers: 0 }),
    /^layers .* got 0$/,
  );
  refuse(() => unet({ inputShape: [8], levels: 1 }), /needs inputs \[height/);
});
