/**
 * The All-CNN: convolutions only, no pooling but the last mean.
 *
 * @module
 */
import { constant } from "./initialisers.ts";
import { relu } from "./layers/activation.ts";
import { convolution } from "./layers/convolution.ts";
import { dropout } from "./layers/dropout.ts";
import { globalAveragePool } from "./layers/pooling.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode allCnn}. */
export interface AllCnnOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /** Channels of the first three convolutions; the others have twice as many. @default {96} */
  width?: number;
  /** Number of classes. @default {10} */
  classes?: number;
  /** Share of the inputs dropped. @default {0.2} */
  inputDropoutRate?: number;
  /** Share dropped after each convolution of stride 2. @default {0.5} */
  dropoutRate?: number;
}

/**
 * All-CNN-C: 3×3 convolutions of 96, 96, 96 (stride 2), 192, 192, 192 (stride 2),
 * 192 (no padding), then 1×1 of 192 and of the classes, ReLU after each, and the
 * mean over the image: the "large model" of Seong et al. (2018).
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { allCnn } from "./all_cnn.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = allCnn({ inputShape: [32, 32, 3] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 1_369_738);
 * ```
 *
 * Reference: J. Springenberg, A. Dosovitskiy, T. Brox, M. Riedmiller, 2014,
 * arXiv 1412.6806, table 1. Kernels are initialised as He's.
 */
export function allCnn(options: AllCnnOptions): Network {
  const {
    inputShape,
    width = 96,
    classes = 10,
    inputDropoutRate = 0.2,
    dropoutRate = 0.5,
  } = options;
  let count = 0;
  const conv = (
    filters: number,
    size: number,
    stride = 1,
    padding: "same" | "valid" = "same",
  ): [string, LayerFactory][] => [
    [
      `convolution${++count}`,
      convolution({ filters, size, stride, padding, bias: constant(0) }),
    ],
    ["", relu()],
  ];
  return network(
    `all-cnn-${width}`,
    {
      kind: "allCnn",
      inputShape,
      width,
      classes,
      inputDropoutRate,
      dropoutRate,
    },
    sequence([
      ["", dropout(inputDropoutRate)],
      ...conv(width, 3),
      ...conv(width, 3),
      ...conv(width, 3, 2),
      ["", dropout(dropoutRate)],
      ...conv(2 * width, 3),
      ...conv(2 * width, 3),
      ...conv(2 * width, 3, 2),
      ["", dropout(dropoutRate)],
      ...conv(2 * width, 3, 1, "valid"),
      ...conv(2 * width, 1),
      ...conv(classes, 1),
      ["", globalAveragePool()],
    ]),
  );
}
