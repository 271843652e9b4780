/**
 * Residual networks for large images.
 *
 * @module
 */
import { checkSize } from "./check.ts";
import { heNormal } from "./initialisers.ts";
import { relu } from "./layers/activation.ts";
import { batchNormalisation } from "./layers/batch_normalisation.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { normalised } from "./layers/normalised.ts";
import { globalAveragePool, pool } from "./layers/pooling.ts";
import { residual } from "./layers/residual.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode imagenetResnet}. */
export interface ImagenetResnetOptions {
  /** Shape of one image, such as `[224, 224, 3]`. */
  inputShape: readonly number[];
  /** Bottleneck blocks of each stage. @default {[3, 4, 6, 3], which is ResNet-50} */
  blocks?: readonly number[];
  /** Channels of the first stage's 3×3 convolutions; each stage doubles them. @default {64} */
  width?: number;
  /** Number of classes. @default {1000} */
  classes?: number;
}

/** relu(x + what a bottleneck makes of it). */
function block(width: number, stride: number): LayerFactory {
  const filters = 4 * width;
  return (shape) => {
    const shortcut = sequence([
      ["convolution", convolution({ filters, size: 1, stride })],
      ["normalisation", batchNormalisation()],
    ]);
    const body = sequence([
      ["convolution1", convolution({ filters: width, size: 1 })],
      ["after1", normalised],
      ["convolution2", convolution({ filters: width, size: 3, stride })],
      ["after2", normalised],
      ["convolution3", convolution({ filters, size: 1 })],
      ["normalisation", batchNormalisation()],
    ]);
    const shapeChanges = stride > 1 || shape[2] !== filters;
    return sequence([
      ["residual", residual({ body, ...shapeChanges ? { shortcut } : {} })],
      ["", relu()],
    ])(shape);
  };
}

/**
 * A ResNet of bottleneck blocks for large images: 7×7 convolution of stride 2,
 * normalisation, ReLU, max-pooling 3×3 of stride 2; stages of blocks (1×1, 3×3, 1×1
 * of four times the width, normalised, then added to the input, then ReLU) whose
 * width doubles and whose images halve from stage to stage; mean over the image,
 * classes. Kernels are initialised as He's. Its depth is 2 + 3·(blocks in all).
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example ResNet-50 has 25.6 million parameters
 * ```ts
 * import { imagenetResnet } from "./imagenet_resnet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { name, parameters } = imagenetResnet({ inputShape: [224, 224, 3] });
 * strictEqual(name, "imagenet-resnet-50-64");
 * const sizes = parameters.filter((p) => p.role !== "statistic")
 *   .map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 25_557_032);
 * ```
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, 2015, arXiv 1512.03385, table 1.
 * Differs from the paper: a stage's stride is in its first 3×3 convolution, not in
 * the 1×1 before it, as later implementations have it.
 */
export function imagenetResnet(options: ImagenetResnetOptions): Network {
  const { inputShape, blocks = [3, 4, 6, 3], width = 64, classes = 1000 } =
    options;
  checkSize("the number of stages in blocks", blocks.length);
  for (const count of blocks) checkSize("each number of blocks", count);
  const stages = blocks.map((count, stage): [string, LayerFactory] => [
    `stage${stage + 1}`,
    sequence(
      Array.from({ length: count }, (_, i): [string, LayerFactory] => [
        `block${i + 1}`,
        block(2 ** stage * width, stage > 0 && i === 0 ? 2 : 1),
      ]),
    ),
  ]);
  const depth = 2 + 3 * blocks.reduce((sum, count) => sum + count, 0);
  return network(
    `imagenet-resnet-${depth}-${width}`,
    { kind: "imagenetResnet", inputShape, blocks, width, classes },
    sequence([
      ["stem", convolution({ filters: width, size: 7, stride: 2 })],
      ["after", normalised],
      ["", pool({ kind: "max", size: 3, stride: 2, padding: "same" })],
      ...stages,
      ["", globalAveragePool()],
      [
        "output",
        (shape) =>
          dense({ units: classes, kernel: heNormal(shape[0]!) })(shape),
      ],
    ]),
  );
}
