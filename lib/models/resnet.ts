/**
 * Pre-activation residual networks for small images.
 *
 * @module
 */
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

/** Options of {@linkcode resnet}. */
export interface ResnetOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /**
   * Layers with weights along the longest way: 6n + 2 for basic blocks, 9n + 2
   * for bottleneck blocks, n from 1.
   */
  depth: number;
  /** Two 3×3 convolutions, or 1×1, 3×3 and a 1×1 of four times the width. @default {"basic"} */
  block?: "basic" | "bottleneck";
  /** Channels of the first stage's 3×3 convolutions; each stage doubles them. @default {16} */
  width?: number;
  /** Number of classes. @default {10} */
  classes?: number;
}

/**
 * A pre-activation ResNet: 3×3 convolution; three stages of n blocks of width,
 * 2·width and 4·width, halving the image between stages; normalisation, ReLU,
 * mean over the image, classes. Shortcuts are identities, and 1×1 convolutions
 * where the shape changes. Kernels are initialised as He's.
 *
 * k-decay's ResNet-20 of basic blocks is `{ depth: 20, width: 64 }`; that of
 * bottleneck blocks, `{ depth: 20, block: "bottleneck", width: 64 }`.
 *
 * @throws {RangeError} If no number of blocks gives the depth.
 *
 * @example
 * ```ts
 * import { resnet } from "./resnet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { name, parameters } = resnet({ inputShape: [32, 32, 3], depth: 20 });
 * strictEqual(name, "resnet-20-basic-16");
 * strictEqual(parameters.filter((p) => p.role === "kernel").length, 22);
 * ```
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, 2016, arXiv 1603.05027.
 */
export function resnet(options: ResnetOptions): Network {
  const { inputShape, depth, block = "basic", width = 16, classes = 10 } =
    options;
  const layersPerBlock = block === "basic" ? 2 : 3;
  const blocks = (depth - 2) / (3 * layersPerBlock);
  if (!Number.isInteger(blocks) || blocks < 1) {
    throw new RangeError(
      `depth must be ${
        3 * layersPerBlock
      }n + 2 for ${block} blocks, got ${depth}`,
    );
  }
  const stages = [1, 2, 4].map((factor, i): [string, LayerFactory] => [
    `stage${i + 1}`,
    preActivationStage({
      block,
      width: factor * width,
      blocks,
      stride: i === 0 ? 1 : 2,
    }),
  ]);
  return network(
    `resnet-${depth}-${block}-${width}`,
    { kind: "resnet", inputShape, depth, block, width, classes },
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
