/**
 * Directions in weight space that make a network err.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { type ProbeControl, quietly } from "./control.ts";
import {
  type LossSurface,
  lossSurface,
  type SharedSurface,
} from "./loss_surface.ts";
import { convolutionTransfer, denseTransfer } from "./input_transfer.ts";
import type { Windowing } from "./patches.ts";
import { flattenParameters, parameterLayout } from "./parameter_layout.ts";
import type { ProbeOptions } from "./problem.ts";
import {
  type Fooling,
  smallestFooling,
  type SmallestFoolingOptions,
} from "./smallest_fooling.ts";
import { norm, plus, scaled } from "./vectors.ts";

/**
 * The direction in which the mean loss rises fastest: ∇L/‖∇L‖₂ over all weights.
 *
 * The first reading of "fooling directions" added to weights; for a single example
 * or a batch, make the surface of their data.
 *
 * @param surface Of the examples that are to be fooled.
 * @returns A vector of all parameters of length 1.
 * @throws {RangeError} If the gradient is 0 or not finite.
 *
 * @example ½ (2w + b − 4)² at w = 3, b = 0 has the gradient (4, 2)
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { gradientDirection } from "./fooling_direction.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[2]]), labels: tf.tensor1d([4]) };
 * const surface = lossSurface({ objective, data, weights: [[3], [0]] });
 * const direction = await gradientDirection(surface);
 * deepStrictEqual([...direction].map((d) => d.toFixed(3)), ["0.894", "0.447"]);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: S. Seong et al., figure 4c, which does not say how.
 */
export async function gradientDirection(
  surface: LossSurface,
  control: ProbeControl = {},
): Promise<Float64Array> {
  const { gradient } = await surface.gradient(surface.weights, control);
  const length = norm(gradient);
  if (!(length > 0 && length < Infinity)) {
    throw new RangeError(
      `the gradient must have a length > 0 to give a direction, got ${length}`,
    );
  }
  return scaled(gradient, 1 / length);
}

/**
 * Directions up the gradients of equal parts of the examples, one after the other: the
 * first reading again, for as many directions as one likes. Where a gradient is 0 no
 * direction raises the loss, and the vector is 0; where it is not finite, neither is
 * the vector.
 *
 * @param surface Of the examples that are to be fooled.
 * @param count How many, at most one an example; the last examples may be left over.
 *
 * @example Two examples, one of them met
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { foolingDirections } from "./fooling_direction.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 2, inputs: tf.tensor2d([[0], [1]]), labels: tf.tensor1d([1, 3]) };
 * const surface = lossSurface({ objective, data, weights: [[3], [0]] });
 * const found = await Array.fromAsync(foolingDirections(surface, 2), (d) => [...d]);
 * deepStrictEqual(found, [[0, -1], [0, 0]]);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 */
export async function* foolingDirections(
  surface: SharedSurface,
  count: number,
  control: ProbeControl = {},
): AsyncGenerator<Float64Array> {
  const { weights, problem: { data } } = surface;
  const parts = Math.min(count, data.count);
  const size = Math.floor(data.count / parts);
  async function gradientOver(i: number): Promise<Float64Array> {
    const part = {
      count: size,
      inputs: tf.slice(data.inputs, i * size, size),
      labels: tf.slice(data.labels, i * size, size),
    };
    try {
      return (await surface.over(part).gradient(weights, control)).gradient;
    } finally {
      tf.dispose([part.inputs, part.labels]);
    }
  }
  for (let i = 0; i < parts; i++) {
    const gradient = await gradientOver(i);
    const length = norm(gradient);
    yield length === 0 ? gradient : scaled(gradient, 1 / length);
  }
}

/**
 * A small change of all weights that makes most of the examples wrong in a given way:
 * the minimum of c·‖δ‖₂ + L(w + δ; wrong labels), by L-BFGS, c as large as possible.
 *
 * The second reading of "fooling directions" added to weights: Szegedy's method,
 * moved from inputs to weights.
 *
 * @param options What is probed; its data are the examples to be fooled.
 * @param targets The wrong labels, as many; the caller keeps them.
 * @returns The change, a vector of all parameters; undefined if none was found.
 *
 * @example A classifier of one number learns to say 1 where it said 0
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { classification } from "../training/objective.ts";
 * import { weightFooling } from "./fooling_direction.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = classification(mlp({ inputShape: [1], outputs: 2 }));
 * const data = {
 *   count: 1,
 *   inputs: tf.tensor2d([[1]]),
 *   labels: tf.tensor1d([0], "int32"),
 * };
 * const targets = tf.tensor1d([1], "int32");
 * // Logits 1 and 0: the least change that ties them has length ½.
 * const weights = [[1, 0], [0, 0]];
 * const found = await weightFooling({ objective, data, weights }, targets);
 * ok(found!.length > 0.5 && found!.length < 0.55);
 * tf.dispose([data.inputs, data.labels, targets]);
 * ```
 *
 * Reference: C. Szegedy et al., 2013, arXiv 1312.6199, section 4.1.
 */
export async function weightFooling(
  options: ProbeOptions,
  targets: Tensor,
  search: SmallestFoolingOptions = {},
): Promise<Fooling | undefined> {
  const data = { ...options.data, labels: targets };
  const surface = lossSurface({ ...options, data });
  const control = quietly(search);
  try {
    const at = (change: Float64Array) => plus(surface.weights, 1, change);
    return await smallestFooling(
      async (change) => {
        const { loss, gradient } = await surface.gradient(at(change), control);
        return { value: loss, gradient };
      },
      async (change) =>
        (await surface.evaluate(at(change), control)).error < 0.5,
      surface.layout.size,
      search,
    );
  } finally {
    surface.dispose();
  }
}

/** Options of {@linkcode transferredDirection}. */
export interface TransferredDirectionOptions extends Windowing {
  /** The name of the first layer's kernel in the objective, such as `a/kernel`. */
  readonly kernel: string;
  /** The input, in the numbers that the layer gets. */
  readonly input: Float64Array;
  /** The change of it, such as `fastGradientSign` or `inputFooling` gives. */
  readonly change: Float64Array;
}

/**
 * The change of the first layer's weights that does to an input what a fooling change
 * of it does; of a convolution, as nearly as one can.
 *
 * The third reading of "fooling directions" added to weights, by lemma 1.
 *
 * @param options What is probed; its inputs' shape is that of the images.
 * @returns A vector of all parameters, and the residual (0 for a dense layer).
 * @throws {RangeError} If there is no such kernel, or the input is 0.
 * @throws {TypeError} If shapes do not fit.
 *
 * @example What (0, 1) does to (2, 0) through the weights (1, 3): 3 more
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { transferredDirection } from "./fooling_direction.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [2], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[2, 0]]), labels: tf.tensor1d([0]) };
 * const { direction, residual } = transferredDirection(
 *   { objective, data, weights: [[1, 3], [0]] },
 *   {
 *     kernel: objective.parameters[0]!.name,
 *     input: Float64Array.of(2, 0),
 *     change: Float64Array.of(0, 1),
 *   },
 * );
 * deepStrictEqual([...direction, residual], [1.5, 0, 0, 0]); // 2·1.5 = 3
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: S. Seong et al., lemma 1 and figure 4c.
 */
export function transferredDirection(
  { objective, weights, data }: ProbeOptions,
  { kernel, input, change, ...windowing }: TransferredDirectionOptions,
): { direction: Float64Array; residual: number } {
  const layout = parameterLayout(objective.parameters);
  const slice = layout.slices.find((s) =>
    s.name === kernel && s.role === "kernel"
  );
  const rank = slice?.shape.length;
  if (slice === undefined || (rank !== 2 && rank !== 4)) {
    throw new RangeError(
      `kernel must be that of a dense layer or a convolution, got ${kernel}`,
    );
  }
  const { offset, size, shape } = slice;
  const values = flattenParameters(layout, weights)
    .subarray(offset, offset + size);
  const transfer = rank === 2
    ? denseTransfer(values, input, change)
    : convolutionTransfer(
      { values, shape },
      data.inputs.shape.slice(1),
      input,
      change,
      windowing,
    );
  const direction = new Float64Array(layout.size);
  direction.set(transfer.change, offset);
  return { direction, residual: transfer.residual };
}
