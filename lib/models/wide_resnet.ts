/**
 * Wide residual networks for small images.
 *
 * @module
 */
import { checkSize } from "./check.ts";
import { heNormal } from "./initialisers.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { normalised } from "./layers/normalised.ts";
import { globalAveragePool } from "./layers/pooling.ts";
import { preActivationStage } from "./layers/pre_activation.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode wideResnet}. */
export interface WideResnetOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /** Convolutions in all, the shortcut that a stage begins with included: 6n + 4. */
  depth: number;
  /** What the widths of the three stages (16, 32, 64) are multiplied by. */
  widen: number;
  /**
   * Channels of the first convolution, and of the first stage before it is widened;
   * each stage doubles them.
   *
   * @default {16}
   */
  width?: number;
  /** Share dropped between the two convolutions of a block. @default {0} */
  dropoutRate?: number;
  /** Number of classes. @default {10} */
  classes?: number;
}

/**
 * A wide ResNet, WRN-depth-widen: 3×3 convolution of 16; three stages of n
 * pre-activation blocks of two 3×3 convolutions, 16, 32 and 64 times `widen`
 * channels, halving the image between stages; normalisation, ReLU, mean over the
 * image, classes. Kernels are initialised as He's.
 *
 * @throws {RangeError} If no number of blocks gives the depth, or another option is
 * out of range.
 *
 * @example WRN-16-8 has 11.0 million parameters
 * ```ts
 * import { wideResnet } from "./wide_resnet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = wideResnet({ inputShape: [32, 32, 3], depth: 16, widen: 8 });
 * const sizes = parameters.filter((p) => p.role !== "statistic")
 *   .map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 10_961_370);
 * ```
 *
 * Reference: S. Zagoruyko, N. Komodakis, 2016, arXiv 1605.07146, table 1.
 */
export function wideResnet(options: WideResnetOptions): Network {
  const {
    inputShape,
    depth,
    widen,
    width = 16,
    dropoutRate = 0,
    classes = 10,
  } = options;
  const blocks = (depth - 4) / 6;
  if (!Number.isInteger(blocks) || blocks < 1) {
    throw new RangeError(`depth must be 6n + 4, n from 1, got ${depth}`);
  }
  checkSize("widen", widen);
  const stages = [1, 2, 4].map((factor, i): [string, LayerFactory] => [
    `stage${i + 1}`,
    preActivationStage({
      block: "basic",
      width: factor * width * widen,
      blocks,
      stride: i === 0 ? 1 : 2,
      dropoutRate,
    }),
  ]);
  return network(
    `wide-resnet-${depth}-${widen}` + (width === 16 ? "" : `-of-${width}`) +
      (dropoutRate > 0 ? `-dropout-${dropoutRate}` : ""),
    {
      kind: "wideResnet",
      inputShape,
      depth,
      widen,
      width,
      dropoutRate,
      classes,
    },
    sequence([
      ["stem", convolution({ filters: width, size: 3 })],
      ...stages,
      ["end", normalised],
      ["", globalAveragePool()],
      [
        "output",
        (shape) =>
          dense({ units: classes, kernel: heNormal(shape[0]!) })(shape),
      ],
    ]),
  );
}
