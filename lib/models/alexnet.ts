/**
 * AlexNet: five convolutions and three dense layers.
 *
 * @module
 */
import { checkSize } from "./check.ts";
import {
  constant,
  heNormal,
  type Initialiser,
  normal,
} from "./initialisers.ts";
import { flatten, relu } from "./layers/activation.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { dropout } from "./layers/dropout.ts";
import { pool } from "./layers/pooling.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode alexnet}. */
export interface AlexnetOptions {
  /** Shape of one image, such as `[227, 227, 3]`. */
  inputShape: readonly number[];
  /** Channels of the five convolutions. @default {[96, 256, 384, 384, 256]} */
  channels?: readonly number[];
  /** Height and width of the first kernel. @default {11} */
  stemSize?: number;
  /** Step of the first convolution; 1 for small images. @default {4} */
  stemStride?: number;
  /** Units of the two dense layers before the last. @default {4096} */
  units?: number;
  /** Share dropped before each of them. @default {0.5} */
  dropoutRate?: number;
  /**
   * `"paper"`: kernels normal of deviation 0.01, biases 1 or 0 by layer; `"he"`:
   * He's, biases 0.
   *
   * @default {"paper"}
   */
  initialisation?: "paper" | "he";
  /** Number of classes. @default {1000} */
  classes?: number;
}

const CHANNELS = [96, 256, 384, 384, 256];

/** Deviation of initial kernels. */
const DEVIATION = 0.01;

/**
 * Convolutions 11×11 of stride 4, 5×5, and three of 3×3, ReLU after each;
 * max-pooling 3×3 of stride 2 after the first, the second and the fifth; two dense
 * layers with dropout, classes.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { alexnet } from "./alexnet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = alexnet({ inputShape: [227, 227, 3] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 62_378_344);
 * ```
 *
 * Reference: A. Krizhevsky, I. Sutskever, G. Hinton, NIPS 2012. Differs from the
 * paper: one tower, whose convolutions see all channels, and no local response
 * normalisation.
 */
export function alexnet(options: AlexnetOptions): Network {
  const {
    inputShape,
    channels = CHANNELS,
    stemSize = 11,
    stemStride = 4,
    units = 4096,
    dropoutRate = 0.5,
    initialisation = "paper",
    classes = 1000,
  } = options;
  if (channels.length !== CHANNELS.length) {
    throw new RangeError(
      `channels must be ${CHANNELS.length} numbers, got ${channels.length}`,
    );
  }
  checkSize("units", units);
  const isPaper = initialisation === "paper";
  const initial = (fanIn: number, bias: number): Initial => ({
    kernel: isPaper ? normal(DEVIATION) : heNormal(fanIn),
    bias: constant(isPaper ? bias : 0),
  });
  const conv = (
    at: number,
    size: number,
    bias: number,
    stride = 1,
  ): [string, LayerFactory][] => [
    [
      `convolution${at}`,
      (shape) =>
        convolution({
          filters: channels[at - 1]!,
          size,
          stride,
          ...initial(size * size * shape[2]!, bias),
        })(shape),
    ],
    ["", relu()],
  ];
  const hidden = (at: number): [string, LayerFactory][] => [
    ["", dropout(dropoutRate)],
    [
      `dense${at}`,
      (shape) => dense({ units, ...initial(shape[0]!, 1) })(shape),
    ],
    ["", relu()],
  ];
  const halve: [string, LayerFactory] = [
    "",
    pool({ kind: "max", size: 3, stride: 2 }),
  ];
  return network(
    `alexnet-${channels[0]}`,
    {
      kind: "alexnet",
      inputShape,
      channels,
      stemSize,
      stemStride,
      units,
      dropoutRate,
      initialisation,
      classes,
    },
    sequence([
      ...conv(1, stemSize, 0, stemStride),
      halve,
      ...conv(2, 5, 1),
      halve,
      ...conv(3, 3, 0),
      ...conv(4, 3, 1),
      ...conv(5, 3, 1),
      halve,
      ["", flatten()],
      ...hidden(1),
      ...hidden(2),
      [
        "output",
        (shape) => dense({ units: classes, ...initial(shape[0]!, 0) })(shape),
      ],
    ]),
  );
}

/** How a layer starts. */
interface Initial {
  kernel: Initialiser;
  bias: Initialiser;
}
