/**
 * The loss of each example as a function of its input.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../runtime/compile.ts";
import { gather, type ResidentSplit } from "../training/resident_data.ts";
import type { ProbeControl } from "./control.ts";
import { type BatchFunction, overBatches } from "./over_batches.ts";
import { parametersIn, type ProbeOptions, problem } from "./problem.ts";
import type { Estimate } from "./trace.ts";
import { norm } from "./vectors.ts";

/** Losses and their gradients by the inputs. */
export interface InputGradients {
  /** One an example. */
  readonly losses: Float64Array;
  /** One an example: 1 for a wrong class, or the squared difference. */
  readonly errors: Float64Array;
  /** `[count, ...shape]`, row-major. */
  readonly gradients: Float64Array;
}

/** Refuses statistics that depend on the batch, as examples do then. */
export function checkApart({ normalisation = "frozen" }: ProbeOptions): void {
  if (normalisation === "batch" || normalisation === "recalibrated") {
    throw new RangeError(
      `normalisation must be "frozen" or "interpolated" where inputs are probed, got "${normalisation}"`,
    );
  }
}

/** The losses of examples as functions of their inputs; compiled once. */
export interface InputSurface {
  /** Losses, errors and gradients of examples of the same shape. */
  at(data: ResidentSplit, control?: ProbeControl): Promise<InputGradients>;
  /** Frees the compiled function. */
  dispose(): void;
}

/** Makes a function of inputs; see {@linkcode inputGradients}. */
export function inputSurface(options: ProbeOptions): InputSurface {
  checkApart(options);
  const given = problem(options);
  const { objective, layout, weights, precision } = given;
  const compiled = compile<BatchFunction>(
    ({ inputs, labels }, indices, point) => {
      const batch = gather(inputs, labels, indices);
      const parameters = parametersIn(layout, point!);
      const kept: tf.Tensor[] = [];
      const total = (x: tf.Tensor) => {
        const own = { ...batch, inputs: x };
        const { losses, errors } = objective.evaluate(parameters, own);
        // They outlive the gradient's scope.
        kept.push(tf.keep(losses), tf.keep(errors));
        return tf.sum(losses) as tf.Scalar;
      };
      const { grad } = tf.valueAndGrad(total)(batch.inputs);
      const result = tf.concat([...kept, tf.reshape(grad, [-1])]);
      tf.dispose(kept);
      return result;
    },
    { precision },
  );
  return {
    async at(data, control = {}) {
      const { count, inputs } = data;
      const size = inputs.size / inputs.shape[0]!;
      const losses = new Float64Array(count), errors = new Float64Array(count);
      const gradients = new Float64Array(count * size);
      let at = 0;
      await overBatches(
        given,
        data,
        [weights],
        compiled,
        control,
        (values, length) => {
          losses.set(values.subarray(0, length), at);
          errors.set(values.subarray(length, 2 * length), at);
          gradients.set(values.subarray(2 * length), at * size);
          at += length;
        },
      );
      return { losses, errors, gradients };
    },
    dispose: () => compiled.dispose(),
  };
}

/**
 * The gradient ∂ℓ/∂x of each example's loss by its input.
 *
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 *
 * @example ½ (2x − 4)² at x = 3
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { inputGradients } from "./input_gradient.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[3]]), labels: tf.tensor1d([4]) };
 * const { gradients } = await inputGradients({ objective, data, weights: [[2], [0]] });
 * deepStrictEqual([...gradients], [4]);
 * tf.dispose([data.inputs, data.labels]);
 * ```
 */
export async function inputGradients(
  options: ProbeOptions,
  control: ProbeControl = {},
): Promise<InputGradients> {
  const surface = inputSurface(options);
  try {
    return await surface.at(options.data, control);
  } finally {
    surface.dispose();
  }
}

/**
 * The mean length of the gradient by the input, E ‖∂ℓ/∂x‖₂: how much the loss changes
 * when inputs do. It depends on the function alone, not on how weights are scaled.
 *
 * @returns The mean over examples, in units of the loss over those of the prepared
 * inputs, and its standard error, which is NaN of one example.
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 *
 * @example ½ (2x − 4)² has the slopes 4 and 0 at x = 3 and 2
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { inputGradientNorm } from "./input_gradient.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const inputs = tf.tensor2d([[3], [2]]), labels = tf.tensor1d([4, 4]);
 * const data = { count: 2, inputs, labels };
 * const found = await inputGradientNorm({ objective, data, weights: [[2], [0]] });
 * deepStrictEqual(found, { value: 2, standardError: 2 });
 * tf.dispose([inputs, labels]);
 * ```
 *
 * Reference: R. Novak et al., 2018, arXiv 1802.08760, who take the outputs'
 * derivatives where this takes the loss's.
 */
export async function inputGradientNorm(
  options: ProbeOptions,
  control: ProbeControl = {},
): Promise<Estimate> {
  const { losses, gradients } = await inputGradients(options, control);
  const count = losses.length;
  const size = gradients.length / count;
  const lengths = Array.from({ length: count }, (_, i) => {
    const own = gradients.subarray(i * size, (i + 1) * size);
    return norm(own);
  });
  const value = lengths.reduce((sum, x) => sum + x, 0) / count;
  const squares = lengths.reduce((sum, x) => sum + (x - value) ** 2, 0);
  return { value, standardError: Math.sqrt(squares / (count - 1) / count) };
}
