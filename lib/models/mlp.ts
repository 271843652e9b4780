/**
 * Fully connected networks.
 *
 * @module
 */
import { show } from "../text/show.ts";
import { constant, fanInUniform, normal } from "./initialisers.ts";
import { flatten, relu, tanh } from "./layers/activation.ts";
import { dense } from "./layers/dense.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode mlp}. */
export interface MlpOptions {
  /** Shape of one example; it is flattened. */
  inputShape: readonly number[];
  /** Units of the hidden layers; none makes a linear model. */
  hidden?: readonly number[];
  /** Number of outputs (classes, or 1 for regression). */
  outputs: number;
  /** Standard deviation of normal initial kernels; default: uniform ±1/√inputs. */
  deviation?: number;
  /** Whether layers have a bias. @default {true} */
  bias?: boolean;
  /** What is between the layers. @default {"relu"} */
  activation?: "relu" | "tanh";
}

/**
 * A multi-layer perceptron with ReLU, or tanh, between its layers and logits at the end;
 * without hidden layers, softmax or linear regression.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example The parameters of 784-500-300-10
 * ```ts
 * import { mlp } from "./mlp.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = mlp({ inputShape: [28, 28, 1], hidden: [500, 300], outputs: 10 });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 545_810);
 * ```
 */
export function mlp(options: MlpOptions): Network {
  const { inputShape, hidden = [], outputs, deviation, bias = true } = options;
  const { activation = "relu" } = options;
  if (!["relu", "tanh"].includes(activation)) {
    throw new RangeError(
      `activation must be "relu" or "tanh", got ${show(activation)}`,
    );
  }
  const layer = (units: number): LayerFactory => (shape) =>
    dense({
      units,
      kernel: deviation === undefined
        ? fanInUniform(shape[0]!)
        : normal(deviation),
      bias: bias ? constant(0) : null,
    })(shape);
  return network(
    ["mlp", ...hidden, outputs].join("-"),
    {
      kind: "mlp",
      inputShape,
      hidden,
      outputs,
      deviation: deviation ?? null,
      // Not there where there are biases: runs of before stay valid.
      ...bias ? {} : { bias },
      ...activation === "relu" ? {} : { activation },
    },
    sequence([
      ["", flatten()],
      ...hidden.flatMap((units, i): [string, LayerFactory][] => [
        [`dense${i + 1}`, layer(units)],
        ["", activation === "relu" ? relu() : tanh()],
      ]),
      ["output", layer(outputs)],
    ]),
  );
}
