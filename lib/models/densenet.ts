/**
 * Densely connected networks for small images.
 *
 * @module
 */
import { checkSize } from "./check.ts";
import { heNormal } from "./initialisers.ts";
import { concatenated } from "./layers/concatenated.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { normalised } from "./layers/normalised.ts";
import { globalAveragePool, pool } from "./layers/pooling.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode densenet}. */
export interface DensenetOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /** Layers with weights: 6n + 4, n bottleneck layers in each of three blocks. */
  depth: number;
  /** Channels that each layer adds, k. */
  growth: number;
  /** Share of the channels that the layers between blocks keep, in (0, 1]. @default {0.5} */
  compression?: number;
  /** Number of classes. @default {10} */
  classes?: number;
}

/** What a layer adds: normalised, 1×1 to 4k channels, normalised, 3×3 to k. */
function bottleneck(growth: number): LayerFactory {
  return sequence([
    ["before1", normalised],
    ["convolution1", convolution({ filters: 4 * growth, size: 1 })],
    ["before2", normalised],
    ["convolution2", convolution({ filters: growth, size: 3 })],
  ]);
}

/** Between two blocks: fewer channels, half the height and width. */
function transition(compression: number): LayerFactory {
  return (shape) =>
    sequence([
      ["before", normalised],
      [
        "convolution",
        convolution({ filters: Math.floor(compression * shape[2]!), size: 1 }),
      ],
      ["", pool({ kind: "average", size: 2, stride: 2 })],
    ])(shape);
}

/**
 * A DenseNet-BC: 3×3 convolution of 2k channels; three blocks of n layers, each of
 * which sees the outputs of all before it and adds k channels by a 1×1 and a 3×3
 * convolution; between blocks a 1×1 convolution that keeps a share of the channels,
 * and mean-pooling by 2; normalisation, ReLU, mean over the image, classes. Kernels
 * are initialised as He's.
 *
 * @throws {RangeError} If no number of layers gives the depth, or another option is
 * out of range.
 *
 * @example DenseNet-BC (L = 100, k = 12) has .8 million parameters
 * ```ts
 * import { densenet } from "./densenet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = densenet({ inputShape: [32, 32, 3], depth: 100, growth: 12 });
 * const sizes = parameters.filter((p) => p.role !== "statistic")
 *   .map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 769_162);
 * ```
 *
 * Reference: G. Huang, Z. Liu, L. van der Maaten, K. Weinberger, 2016,
 * arXiv 1608.06993, section 3. Differs from the paper: no dropout, which it uses
 * only where images are not augmented.
 */
export function densenet(options: DensenetOptions): Network {
  const { inputShape, depth, growth, compression = 0.5, classes = 10 } =
    options;
  const layers = (depth - 4) / 6;
  if (!Number.isInteger(layers) || layers < 1) {
    throw new RangeError(`depth must be 6n + 4, n from 1, got ${depth}`);
  }
  checkSize("growth", growth);
  if (!(compression > 0 && compression <= 1)) {
    throw new RangeError(`compression must be in (0, 1], got ${compression}`);
  }
  const block = sequence(
    Array.from({ length: layers }, (_, i): [string, LayerFactory] => [
      `layer${i + 1}`,
      concatenated(bottleneck(growth)),
    ]),
  );
  return network(
    `densenet-bc-${depth}-${growth}`,
    { kind: "densenet", inputShape, depth, growth, compression, classes },
    sequence([
      ["stem", convolution({ filters: 2 * growth, size: 3 })],
      ["block1", block],
      ["transition1", transition(compression)],
      ["block2", block],
      ["transition2", transition(compression)],
      ["block3", block],
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
