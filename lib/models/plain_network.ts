/**
 * Plain networks for small images: deep, and without shortcuts.
 *
 * @module
 */
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import { constant, heNormal } from "./initialisers.ts";
import { relu } from "./layers/activation.ts";
import { batchNormalisation } from "./layers/batch_normalisation.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { globalAveragePool } from "./layers/pooling.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode plainNetwork}. */
export interface PlainNetworkOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /** Layers with weights, an integer ≥ 5. */
  depth: number;
  /** Channels of the first stage; each stage doubles them. @default {16} */
  width?: number;
  /** Whether each convolution is followed by batch normalisation; if not, it has a bias. @default {true} */
  normalised?: boolean;
  /** Stride of the first convolution. @default {1} */
  stemStride?: number;
  /** Number of classes. @default {10} */
  classes?: number;
}

/** Convolutions of each stage: as even as can be, the first stages have more. */
function stageLengths(depth: number): number[] {
  return [0, 1, 2].map((stage) => Math.ceil((depth - 2 - stage) / 3));
}

/**
 * A plain network: 3×3 convolution; three stages of 3×3 convolutions of width,
 * 2·width and 4·width channels, halving the image between stages; mean over the
 * image, classes. Each convolution is followed by normalisation, if any, and ReLU.
 * Kernels are initialised as He's, biases are 0.
 *
 * The stages share the depth − 2 convolutions between the first and the classes as
 * evenly as can be: at a depth of 6n + 2 it is the plain network that He et al.
 * compare their residual networks with, 2n a stage.
 *
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If `normalised` is not a boolean.
 *
 * @example 40 layers: 13, 13 and 12 convolutions between the first and the classes
 * ```ts
 * import { plainNetwork } from "./plain_network.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { name, parameters } = plainNetwork({ inputShape: [32, 32, 3], depth: 40 });
 * const kernels = parameters.filter((p) => p.role === "kernel");
 * strictEqual(name, "plain-40-16");
 * strictEqual(kernels.length, 40);
 * strictEqual(kernels.filter((p) => p.shape[3] === 64).length, 12);
 * ```
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, 2015, arXiv 1512.03385, section 4.2.
 */
export function plainNetwork(options: PlainNetworkOptions): Network {
  const {
    inputShape,
    depth,
    width = 16,
    normalised = true,
    stemStride = 1,
    classes = 10,
  } = options;
  checkInteger("depth", depth, 5);
  if (typeof normalised !== "boolean") {
    throw new TypeError(
      `normalised must be true or false, got ${show(normalised)}`,
    );
  }
  const unit = (filters: number, stride: number): LayerFactory =>
    sequence([
      [
        "convolution",
        convolution({
          filters,
          size: 3,
          stride,
          bias: normalised ? null : constant(0),
        }),
      ],
      ...normalised ? [["normalisation", batchNormalisation()] as const] : [],
      ["", relu()],
    ]);
  const stages = stageLengths(depth).map((length, stage) =>
    sequence(
      Array.from({ length }, (_, i) => [
        `unit${i + 1}`,
        unit(width * 2 ** stage, stage > 0 && i === 0 ? 2 : 1),
      ]),
    )
  );
  return network(
    `plain-${depth}-${width}${normalised ? "" : "-unnormalised"}`,
    {
      kind: "plainNetwork",
      inputShape,
      depth,
      width,
      normalised,
      stemStride,
      classes,
    },
    sequence([
      ["stem", unit(width, stemStride)],
      ...stages.map((stage, i) => [`stage${i + 1}`, stage] as const),
      ["", globalAveragePool()],
      [
        "output",
        (shape) =>
          dense({ units: classes, kernel: heNormal(shape[0]!) })(shape),
      ],
    ]),
  );
}
