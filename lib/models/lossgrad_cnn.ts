/**
 * The convolutional network of LOSSGRAD's experiments.
 *
 * @module
 */
import { constant, heNormal } from "./initialisers.ts";
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

/** Options of {@linkcode lossgradCnn}. */
export interface LossgradCnnOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /** Number of classes. @default {10} */
  classes?: number;
  /** Channels of the three convolutions. @default {[30, 40, 50]} */
  filters?: readonly [number, number, number];
  /** Share of hidden units dropped after both hidden dense layers. @default {0} */
  dropoutRate?: number;
}

/**
 * conv 5×5, 30 → max-pool 2 → ReLU → conv 5×5, 40 → max-pool 2 → ReLU → conv 3×3, 50
 * → ReLU → 250 → ReLU → 100 → ReLU → classes; convolutions without padding.
 *
 * @throws {RangeError} If an option is out of range, or the images too small.
 *
 * @example
 * ```ts
 * import { lossgradCnn } from "./lossgrad_cnn.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = lossgradCnn({ inputShape: [32, 32, 3] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 189_230);
 * ```
 *
 * Reference: B. Wójcik, Ł. Maziarka, J. Tabor, 2019, arXiv 1902.07656, table 7.
 *
 * Differs from the paper: the deviation and the bias of its initial values are not
 * known; here kernels are initialised as He's, biases are 0.
 */
export function lossgradCnn(options: LossgradCnnOptions): Network {
  const { inputShape, classes = 10, filters = [30, 40, 50], dropoutRate = 0 } =
    options;
  if (filters.length !== 3) {
    throw new RangeError(
      `filters must be three numbers of channels, got [${filters}]`,
    );
  }
  const conv = (filters: number, size: number): LayerFactory => (shape) =>
    convolution({
      filters,
      size,
      padding: "valid",
      kernel: heNormal(size * size * shape[2]!),
      bias: constant(0),
    })(shape);
  const full = (units: number): LayerFactory => (shape) =>
    dense({ units, kernel: heNormal(shape[0]!) })(shape);
  const halve = pool({ kind: "max", size: 2, stride: 2 });
  const hidden = (name: string, units: number): [string, LayerFactory][] => [
    [name, full(units)],
    ["", relu()],
    ["", dropout(dropoutRate)],
  ];
  return network(
    dropoutRate > 0 ? `lossgrad-cnn-dropout-${dropoutRate}` : "lossgrad-cnn",
    { kind: "lossgradCnn", inputShape, classes, filters, dropoutRate },
    sequence([
      ["convolution1", conv(filters[0], 5)],
      ["", halve],
      ["", relu()],
      ["convolution2", conv(filters[1], 5)],
      ["", halve],
      ["", relu()],
      ["convolution3", conv(filters[2], 3)],
      ["", relu()],
      ["", flatten()],
      ...hidden("dense1", 250),
      ...hidden("dense2", 100),
      ["output", full(classes)],
    ]),
  );
}
