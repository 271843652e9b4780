/**
 * LeNet with ReLU and max-pooling.
 *
 * @module
 */
import { constant, fanInUniform } from "./initialisers.ts";
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

/** Options of {@linkcode lenet}. */
export interface LenetOptions {
  /** Shape of one image: `[32, 32, 3]` or `[28, 28, 1]`. */
  inputShape: readonly number[];
  /** Number of classes. @default {10} */
  classes?: number;
  /** Share of hidden units dropped after both hidden dense layers. @default {0} */
  dropoutRate?: number;
}

/**
 * conv 5×5, 6 → pool 2 → conv 5×5, 16 → pool 2 → 120 → 84 → classes, ReLU
 * between; convolutions without padding.
 *
 * @throws {RangeError} If an option is out of range, or the images too small.
 *
 * @example
 * ```ts
 * import { lenet } from "./lenet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = lenet({ inputShape: [32, 32, 3] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 62_006);
 * ```
 *
 * Reference: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Proc. IEEE 86, 1998,
 * in the form that later papers train on CIFAR-10 (Gorti and Ravaut, 2018,
 * arXiv 1801.09136). Initialised as PyTorch does: uniform ±1/√fan-in.
 */
export function lenet(options: LenetOptions): Network {
  const { inputShape, classes = 10, dropoutRate = 0 } = options;
  const conv = (filters: number): LayerFactory => (shape) =>
    convolution({
      filters,
      size: 5,
      padding: "valid",
      kernel: fanInUniform(25 * shape[2]!),
      bias: constant(0),
    })(shape);
  const halve = pool({ kind: "max", size: 2, stride: 2 });
  const hidden = (name: string, units: number): [string, LayerFactory][] => [
    [name, dense({ units })],
    ["", relu()],
    ["", dropout(dropoutRate)],
  ];
  return network(
    dropoutRate > 0 ? `lenet-dropout-${dropoutRate}` : "lenet",
    { kind: "lenet", inputShape, classes, dropoutRate },
    sequence([
      ["convolution1", conv(6)],
      ["", relu()],
      ["", halve],
      ["convolution2", conv(16)],
      ["", relu()],
      ["", halve],
      ["", flatten()],
      ...hidden("dense1", 120),
      ...hidden("dense2", 84),
      ["output", dense({ units: classes })],
    ]),
  );
}
