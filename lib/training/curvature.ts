/**
 * The loss along the gradient to second order: g·g and gᵀHg along a training.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled } from "../runtime/compile.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { checkInteger } from "../text/check_integer.ts";
import {
  batchGradients,
  type BatchOptions,
  trainedIndices,
} from "./batch_gradients.ts";
import type { Telemetry } from "./telemetry.ts";

/** Options of {@linkcode curvature}. */
export interface CurvatureOptions {
  /** Steps between measurements, an integer ≥ 1. */
  readonly every: number;
}

/**
 * The lengths of the steps of the difference, in units of ‖θ‖: so short that hardly
 * an activation crosses a kink of ReLU in between, and still far above the rounding
 * of doubles.
 */
const REACH = [1e-10, 1e-11] as const;

function dot(a: readonly Tensor[], b: readonly Tensor[]): Tensor {
  return tf.addN(a.map((x, i) => tf.sum(tf.mul(x, b[i]!))));
}

/** A compiled function: float64 `[3]`, g·g and gᵀHg with both lengths. */
function compileCurvature(options: BatchOptions): Compiled<
  (
    data: { inputs: Tensor; labels: Tensor },
    parameters: readonly Tensor[],
    draw: Tensor1D,
  ) => Tensor
> {
  const trained = trainedIndices(options.objective);
  return compile((data, parameters, draw) => {
    const gradientsAt = (values: readonly Tensor[]) => {
      const all = parameters.slice();
      trained.forEach((at, i) => all[at] = values[i]!);
      return batchGradients(options, data, all, draw).gradients;
    };
    const values = trained.map((at) => parameters[at]!);
    const gradients = gradientsAt(values);
    const squared = dot(gradients, gradients);
    const length = tf.sqrt(tf.div(dot(values, values), squared));
    const curvatures = REACH.map((reach) => {
      const step = tf.mul(length, reach);
      const moved = gradients.map((g) => tf.mul(g, step));
      const ahead = gradientsAt(values.map((v, i) => tf.add(v, moved[i]!)));
      const behind = gradientsAt(values.map((v, i) => tf.sub(v, moved[i]!)));
      const change = ahead.map((g, i) => tf.sub(g, behind[i]!));
      return tf.div(dot(gradients, change), tf.mul(step, 2));
    });
    return tf.stack([squared, ...curvatures]);
  }, { precision: "float64" });
}

/**
 * Measures the terms of the loss along the gradient on a step's own batch:
 * L(θ − ηg) ≈ L(θ) − η·g·g + ½η²·gᵀHg, where g is the unweighted gradient of the
 * batch at the parameters θ, H the Hessian and η the length of a plain gradient
 * step.
 *
 * gᵀHg ≈ g·(∇L(θ + s·g) − ∇L(θ − s·g)) / 2s with s·‖g‖ = 10⁻¹⁰·‖θ‖, all in double
 * precision, with the step's dropout, augmentation and batch statistics. A ReLU
 * that changes its sign in between counts as curvature; to see whether any does, it
 * is computed with a tenth of s as well.
 *
 * Records get `gradientSquared` (g·g), `curvature` (gᵀHg), and `curvatureError`,
 * the difference of the two estimates over the larger's magnitude. A measurement
 * costs five gradients in double precision.
 *
 * @param options How often.
 * @returns Telemetry for `train`; it needs the tensorflow backend, and steps that
 * are not taken in micro-batches.
 * @throws {RangeError} If `every` is no integer ≥ 1; when training begins, on
 * another backend.
 *
 * @example L = w²/2 for one weight: the gradient is w, the Hessian 1
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { curvature } from "./curvature.ts";
 * import { regression } from "./objective.ts";
 * import { residentData } from "./resident_data.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const split = {
 *   count: 1,
 *   inputs: Float32Array.of(1),
 *   labels: Float32Array.of(0),
 * };
 * const data = residentData({ name: "a point", shape: [1], train: split });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const measure = curvature({ every: 1 })
 *   .prepare({ objective, data, batchSize: 1, augment: false });
 * const parameters = [tf.tensor2d([[3]]), tf.tensor1d([0])];
 * const found = await measure.of(parameters, Int32Array.of(0, 0, 0));
 * // Of kernel and bias: g = (3, 3), H = ((1, 1), (1, 1)).
 * strictEqual(found.gradientSquared, 18);
 * strictEqual(found.curvature!.toFixed(3), "36.000");
 * measure.dispose();
 * tf.dispose(parameters);
 * data.dispose();
 * ```
 *
 * Reference: J. Wei, "Forget the learning rate, decay loss", 2019, eq. 2, after
 * I. Goodfellow, Y. Bengio, A. Courville, "Deep learning", 2016, eq. 8.10.
 */
export function curvature({ every }: CurvatureOptions): Telemetry {
  checkInteger("every", every, 1);
  return {
    spec: { kind: "curvature", every },
    every,
    prepare({ objective, batchSize, augment, data: { train } }) {
      const compiled = compileCurvature({ objective, batchSize, augment });
      const data = { inputs: train.inputs, labels: train.labels };
      return {
        of(parameters, draw) {
          const packed = tf.tensor1d(draw, "int32");
          const result = compiled(data, parameters, packed);
          const [gradientSquared, first, second] = result.dataSync();
          tf.dispose([result, packed]);
          return {
            gradientSquared: gradientSquared!,
            curvature: first!,
            curvatureError: Math.abs(first! - second!) /
              Math.max(Math.abs(first!), Math.abs(second!)),
          };
        },
        dispose: () => compiled.dispose(),
      };
    },
  };
}
