/**
 * Inputs that fool a network.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkCount, checkPositive } from "./check.ts";
import { type ProbeControl, quietly } from "./control.ts";
import {
  type InputGradients,
  inputGradients,
  inputSurface,
} from "./input_gradient.ts";
import type { ProbeOptions } from "./problem.ts";
import {
  type Fooling,
  smallestFooling,
  type SmallestFoolingOptions,
} from "./smallest_fooling.ts";

/** The range that inputs keep to. */
export interface InputRange {
  /** The least value. @default {−∞} */
  readonly least?: number;
  /** The largest value. @default {∞} */
  readonly most?: number;
}

/** Options of {@linkcode fastGradientSign}. */
export interface FastGradientSignOptions extends ProbeControl, InputRange {
  /** How far each number moves, > 0, in units of the prepared inputs. */
  readonly epsilon: number;
}

/**
 * Inputs moved up their loss by the sign of its gradient: x + ε·sign(∂ℓ/∂x), put into
 * the range.
 *
 * @returns The changes, `[count, ...shape]`, row-major.
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 *
 * @example ½ (2x − 4)² rises at x = 3, where 3.2 is the most there may be
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { fastGradientSign } from "./fooling_input.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[3]]), labels: tf.tensor1d([4]) };
 * const options = { objective, data, weights: [[2], [0]] };
 * const [change] = await fastGradientSign(options, { epsilon: 0.5, most: 3.2 });
 * ok(Math.abs(change! - 0.2) < 1e-6);
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: I. Goodfellow et al., 2015, arXiv 1412.6572, section 4.
 */
export async function fastGradientSign(
  options: ProbeOptions,
  { epsilon, least = -Infinity, most = Infinity, ...control }:
    FastGradientSignOptions,
): Promise<Float64Array> {
  checkPositive("epsilon", epsilon);
  const { gradients } = await inputGradients(options, control);
  const inputs = await options.data.inputs.data() as Float32Array;
  return gradients.map((g, i) => {
    const x = inputs[i]!;
    const moved = x + epsilon * Math.sign(g);
    return Math.min(Math.max(moved, least), most) - x;
  });
}

/** Options of {@linkcode inputFooling}. */
export interface InputFoolingOptions extends InputRange, ProbeControl {
  /** The wrong class that the example is to get, from 0 to one less than there are. */
  readonly target: number;
  /** How many weights of the length are tried. @default {12} */
  readonly searches?: number;
  /** Steps of L-BFGS each. @default {20} */
  readonly iterations?: number;
}

/**
 * A small change of one example's input that gives it a wrong class: the minimum of
 * c·‖δ‖₂ + ℓ(x + δ; target) within the range, by L-BFGS, c as large as possible.
 *
 * @param options What is probed; its data are one example.
 * @returns The change; undefined if none was found.
 * @throws {RangeError} If there is more than one example, or an option is out of
 * range.
 *
 * @example Logits x and 0 at x = 1: the least change that makes them tie has length 1
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { classification } from "../training/objective.ts";
 * import { inputFooling } from "./fooling_input.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = classification(mlp({ inputShape: [1], outputs: 2 }));
 * const inputs = tf.tensor2d([[1]]), labels = tf.tensor1d([0], "int32");
 * const data = { count: 1, inputs, labels };
 * const options = { objective, data, weights: [[1, 0], [0, 0]] };
 * const found = await inputFooling(options, { target: 1 });
 * ok(found!.length > 1 && found!.length < 1.1 && found!.change[0]! < 0);
 * tf.dispose([inputs, labels]);
 * ```
 *
 * Reference: C. Szegedy et al., 2013, arXiv 1312.6199, section 4.1.
 */
export async function inputFooling(
  options: ProbeOptions,
  { target, least = -Infinity, most = Infinity, ...search }:
    InputFoolingOptions,
): Promise<Fooling | undefined> {
  const { data } = options;
  if (data.count !== 1) {
    throw new RangeError(`data must be one example, got ${data.count}`);
  }
  checkCount("target", target, 0);
  const x = await data.inputs.data() as Float32Array;
  const labels = tf.tensor1d([target], "int32");
  const control = quietly(search);
  const surface = inputSurface(options);
  /** What the example gives when it is moved. */
  const moved = async (change: Float64Array): Promise<InputGradients> => {
    const values = Float32Array.from(change, (d, i) => x[i]! + d);
    const inputs = tf.tensor(values, data.inputs.shape);
    try {
      return await surface.at({ count: 1, inputs, labels }, control);
    } finally {
      inputs.dispose();
    }
  };
  const bounds: SmallestFoolingOptions = {
    ...search,
    lower: Float64Array.from(x, (v) => Math.min(0, least - v)),
    upper: Float64Array.from(x, (v) => Math.max(0, most - v)),
  };
  try {
    return await smallestFooling(
      async (change) => {
        const { losses, gradients } = await moved(change);
        return { value: losses[0]!, gradient: gradients };
      },
      async (change) => (await moved(change)).errors[0] === 0,
      x.length,
      bounds,
    );
  } finally {
    surface.dispose();
    labels.dispose();
  }
}
