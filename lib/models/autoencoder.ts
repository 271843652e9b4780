/**
 * Fully connected autoencoders.
 *
 * @module
 */
import { constant, normal } from "./initialisers.ts";
import { flatten, relu, sigmoid } from "./layers/activation.ts";
import { dense } from "./layers/dense.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode autoencoder}. */
export interface AutoencoderOptions {
  /** Shape of one example with values in [0, 1]; it is flattened. */
  inputShape: readonly number[];
  /**
   * Units of the encoder's layers, the code last; the decoder mirrors them.
   *
   * @default {[200, 100, 50]}
   */
  hidden?: readonly number[];
  /** Standard deviation of the normal initial kernels, > 0. @default {0.05} */
  deviation?: number;
  /** Initial value of all biases. @default {0.2} */
  bias?: number;
}

/**
 * An autoencoder: inputs → hidden layers → code → the same layers backwards → as many
 * outputs as inputs. ReLU after each layer but the last, which has a sigmoid.
 *
 * @throws {RangeError} If there is no hidden layer, or a size or the deviation is out
 * of range.
 *
 * @example 784-200-100-50-100-200-784
 * ```ts
 * import { autoencoder } from "./autoencoder.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { parameters, outputShape } = autoencoder({ inputShape: [28, 28, 1] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 365_034);
 * deepStrictEqual(outputShape, [784]);
 * ```
 *
 * Reference: B. Wójcik, Ł. Maziarka, J. Tabor, 2019, arXiv 1902.07656, table 7; the
 * initial values as in the authors' program.
 */
export function autoencoder(options: AutoencoderOptions): Network {
  const {
    inputShape,
    hidden = [200, 100, 50],
    deviation = 0.05,
    bias = 0.2,
  } = options;
  if (hidden.length === 0) {
    throw new RangeError("hidden must name at least the units of the code");
  }
  if (!(deviation > 0 && deviation < Infinity)) {
    throw new RangeError(`deviation must be > 0, got ${deviation}`);
  }
  const size = inputShape.reduce((product, n) => product * n, 1);
  const layer = (units: number): LayerFactory =>
    dense({ units, kernel: normal(deviation), bias: constant(bias) });
  const inner = [...hidden, ...hidden.slice(0, -1).reverse()];
  return network(
    ["autoencoder", ...inner].join("-"),
    { kind: "autoencoder", inputShape, hidden, deviation, bias },
    sequence([
      ["", flatten()],
      ...inner.flatMap((units, i): [string, LayerFactory][] => [
        [`dense${i + 1}`, layer(units)],
        ["", relu()],
      ]),
      ["output", layer(size)],
      ["", sigmoid()],
    ]),
  );
}
