/**
 * Network in Network: a small multi-layer perceptron at each place of an image.
 *
 * @module
 */
import { constant, heNormal, normal } from "./initialisers.ts";
import { relu } from "./layers/activation.ts";
import { convolution } from "./layers/convolution.ts";
import { dropout } from "./layers/dropout.ts";
import { globalAveragePool, pool } from "./layers/pooling.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode networkInNetwork}. */
export interface NetworkInNetworkOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /**
   * Channels of the eight convolutions before the last, which has one a class.
   *
   * @default {[192, 160, 96, 192, 192, 192, 192, 192], for CIFAR}
   */
  channels?: readonly number[];
  /** Share dropped after the first and the second block. @default {0.5} */
  dropoutRate?: number;
  /** `"paper"`: kernels normal of deviation 0.05; `"he"`: He's. @default {"paper"} */
  initialisation?: "paper" | "he";
  /**
   * Whether ReLU follows the last convolution as it follows the others. In narrow
   * networks a class may then never be given: it starts at 0 and stays there.
   *
   * @default {true}
   */
  rectifiedOutput?: boolean;
  /** Number of classes. @default {10} */
  classes?: number;
}

/** Channels for CIFAR. */
const CHANNELS = [192, 160, 96, 192, 192, 192, 192, 192];

/** Deviation of initial kernels. */
const DEVIATION = 0.05;

/**
 * Three blocks of a convolution (5×5, 5×5, 3×3) and two 1×1 convolutions, ReLU
 * after each; max-pooling 3×3 of stride 2 and dropout after the first block,
 * mean-pooling and dropout after the second; the last 1×1 convolution has a channel
 * a class, and the mean over the image is the output.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { networkInNetwork } from "./network_in_network.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = networkInNetwork({ inputShape: [32, 32, 3] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 966_986);
 * ```
 *
 * Reference: M. Lin, Q. Chen, S. Yan, 2013, arXiv 1312.4400, figure 2; sizes and
 * initial deviations as in its authors' Caffe definition.
 */
export function networkInNetwork(options: NetworkInNetworkOptions): Network {
  const {
    inputShape,
    channels = CHANNELS,
    dropoutRate = 0.5,
    initialisation = "paper",
    rectifiedOutput = true,
    classes = 10,
  } = options;
  if (channels.length !== CHANNELS.length) {
    throw new RangeError(
      `channels must be ${CHANNELS.length} numbers, got ${channels.length}`,
    );
  }
  const filters = [...channels, classes];
  const conv = (at: number, size: number): [string, LayerFactory][] => [
    [
      `convolution${at + 1}`,
      (shape) =>
        convolution({
          filters: filters[at]!,
          size,
          kernel: initialisation === "paper"
            ? normal(DEVIATION)
            : heNormal(size * size * shape[2]!),
          bias: constant(0),
        })(shape),
    ],
    ["", relu()],
  ];
  const block = (at: number, size: number) => [
    ...conv(at, size),
    ...conv(at + 1, 1),
    ...conv(at + 2, 1),
  ];
  const halve = (kind: "max" | "average"): [string, LayerFactory][] => [
    ["", pool({ kind, size: 3, stride: 2, padding: "same" })],
    ["", dropout(dropoutRate)],
  ];
  return network(
    `network-in-network-${channels[0]}`,
    {
      kind: "networkInNetwork",
      inputShape,
      channels,
      dropoutRate,
      initialisation,
      rectifiedOutput,
      classes,
    },
    sequence([
      ...block(0, 5),
      ...halve("max"),
      ...block(3, 5),
      ...halve("average"),
      ...rectifiedOutput ? block(6, 3) : block(6, 3).slice(0, -1),
      ["", globalAveragePool()],
    ]),
  );
}
