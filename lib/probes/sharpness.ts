/**
 * How much the loss rises in the worst direction nearby.
 *
 * @module
 */
import { checkPositive } from "./check.ts";
import { type ProbeControl, quietly } from "./control.ts";
import { minimise } from "./lbfgs.ts";
import type { LossSurface } from "./loss_surface.ts";
import { trainedMask } from "./problem.ts";
import { norm, plus, scaled } from "./vectors.ts";

/** Options of {@linkcode samSharpness}. */
export interface SamOptions extends ProbeControl {
  /** The length ρ of the step, > 0. @default {0.05} */
  readonly rho?: number;
}

/** Options of {@linkcode asamSharpness}. */
export interface AsamOptions extends ProbeControl {
  /** The length ρ of the step where weights are measured in themselves. @default {0.5} */
  readonly rho?: number;
  /**
   * η ≥ 0, added to the size of each weight. The authors take 0.01; at 0 alone does the
   * measure stay the same when layers are rescaled.
   *
   * @default {0}
   */
  readonly eta?: number;
}

/** The rise of the loss by a step e, 0 if e is. */
async function rise(
  surface: LossSurface,
  step: Float64Array,
  control: ProbeControl,
): Promise<number> {
  const { weights } = surface;
  const [here, there] = await surface.evaluateAll(
    [weights, plus(weights, 1, step)],
    control,
  );
  return there!.loss - here!.loss;
}

/** ρ·x/length, or 0 where the length is. */
function ofLength(x: Float64Array, rho: number, length: number): Float64Array {
  return scaled(x, length === 0 ? 0 : rho / length);
}

/**
 * SAM's sharpness: the rise of the loss by a step up its gradient,
 * L(w + ρ·g/‖g‖) − L(w), g = ∇L(w).
 *
 * It changes when layers are rescaled though the function stays the same.
 *
 * @throws {RangeError} If rho is not > 0.
 *
 * @example ½ (b − 1)² at b = 3 rises from 2 to ½·2.1²
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { samSharpness } from "./sharpness.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[0]]), labels: tf.tensor1d([1]) };
 * const surface = lossSurface({ objective, data, weights: [[1], [3]] });
 * const rise = await samSharpness(surface, { rho: 0.1 });
 * ok(Math.abs(rise - (0.5 * 2.1 ** 2 - 2)) < 1e-9);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: P. Foret et al., 2021, arXiv 2010.01412, equation 2.
 */
export async function samSharpness(
  surface: LossSurface,
  options: SamOptions = {},
): Promise<number> {
  const { rho = 0.05 } = options;
  checkPositive("rho", rho);
  const { gradient } = await surface.gradient(
    surface.weights,
    quietly(options),
  );
  return rise(surface, ofLength(gradient, rho, norm(gradient)), options);
}

/**
 * ASAM's sharpness: the same where each weight is measured in its own size,
 * L(w + e) − L(w), e = ρ·T²g/‖T·g‖, T = |w| + η.
 *
 * For η = 0 it does not change when layers or neurons are rescaled and the function
 * stays the same.
 *
 * @throws {RangeError} If rho is not > 0 or eta < 0.
 *
 * @example ½ (b − 1)² at b = 3, a step of a tenth of b
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { asamSharpness } from "./sharpness.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[0]]), labels: tf.tensor1d([1]) };
 * const surface = lossSurface({ objective, data, weights: [[1], [3]] });
 * const rise = await asamSharpness(surface, { rho: 0.1 });
 * ok(Math.abs(rise - (0.5 * 2.3 ** 2 - 2)) < 1e-9);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: J. Kwon et al., 2021, arXiv 2102.11600, equation 6.
 */
export async function asamSharpness(
  surface: LossSurface,
  options: AsamOptions = {},
): Promise<number> {
  const { rho = 0.5, eta = 0 } = options;
  checkPositive("rho", rho);
  if (!(eta >= 0 && eta < Infinity)) {
    throw new RangeError(`eta must be ≥ 0, got ${eta}`);
  }
  const { weights } = surface;
  const { gradient } = await surface.gradient(weights, quietly(options));
  const sizes = weights.map((w) => Math.abs(w) + eta);
  const once = gradient.map((g, i) => sizes[i]! * g);
  const twice = once.map((g, i) => sizes[i]! * g);
  return rise(surface, ofLength(twice, rho, norm(once)), options);
}

/** Options of {@linkcode keskarSharpness}. */
export interface KeskarOptions extends ProbeControl {
  /** The size ε of the box, > 0. @default {1e-3} */
  readonly epsilon?: number;
  /** Steps of L-BFGS. @default {10} */
  readonly iterations?: number;
}

/**
 * Keskar's sharpness φ = 100·(max L(w + y) − L(w))/(1 + L(w)) over the box
 * |yᵢ| ≤ ε(|wᵢ| + 1), its maximum sought by L-BFGS from a step up the gradient of half the
 * box.
 *
 * It changes when layers are rescaled though the function stays the same. The box is
 * in the full space of weights (A = I in the paper).
 *
 * @returns φ, in per cent; a lower bound, as the maximum found may be a local one.
 * @throws {RangeError} If an option is out of range.
 *
 * @example ½ (b − 1)² at b = 3: the box ends at 3 + 0.01·4
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { keskarSharpness } from "./sharpness.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[0]]), labels: tf.tensor1d([1]) };
 * const surface = lossSurface({ objective, data, weights: [[1], [3]] });
 * const sharpness = await keskarSharpness(surface, { epsilon: 0.01 });
 * ok(Math.abs(sharpness - 100 * (0.5 * 2.04 ** 2 - 2) / 3) < 1e-6);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: N. S. Keskar et al., 2017, arXiv 1609.04836, metric 2.1.
 */
export async function keskarSharpness(
  surface: LossSurface,
  options: KeskarOptions = {},
): Promise<number> {
  const { epsilon = 1e-3, iterations = 10 } = options;
  checkPositive("epsilon", epsilon);
  const { weights, layout } = surface;
  const isTrained = trainedMask(layout);
  const upper = weights.map((w, i) =>
    isTrained[i] ? epsilon * (Math.abs(w) + 1) : 0
  );
  const at = (y: Float64Array) =>
    surface.gradient(plus(weights, 1, y), quietly(options));
  const { loss, gradient } = await at(new Float64Array(layout.size));
  const { value } = await minimise(
    async (y) => {
      const there = await at(y);
      return { value: -there.loss, gradient: scaled(there.gradient, -1) };
    },
    gradient.map((g, i) => 0.5 * Math.sign(g) * upper[i]!),
    { lower: scaled(upper, -1), upper, iterations, ...progressOf(options) },
  );
  return 100 * Math.max(0, -value - loss) / (1 + loss);
}

function progressOf({ signal, onProgress }: ProbeControl): ProbeControl {
  return { signal, onProgress };
}
