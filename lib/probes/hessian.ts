/**
 * The Hessian of the loss.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { currentTensorFlowBackend } from "../runtime/state.ts";
import { show } from "../text/show.ts";
import type { ProbeControl } from "./control.ts";
import {
  curvatureOperator,
  type CurvatureOperatorOptions,
} from "./curvature_operator.ts";
import type { SharedOperator } from "./operator.ts";
import { batchLoss, gradientVector } from "./problem.ts";
import { norm, plus } from "./vectors.ts";

/**
 * The Hessian H of the mean loss L at the weights, by its products
 *
 * H·v = ‖v‖·(∇L(w + ε·v̂) − ∇L(w − ε·v̂)) / 2ε,  v̂ = v/‖v‖,
 *
 * with the switches frozen: what rectifiers and max-pooling decide is recorded at w
 * and replayed at w ± ε·v̂, so that the difference is that of a smooth function and
 * gives the Hessian that exists almost everywhere. In float64 the relative error is
 * about 1e-8, in float32 about 1e-3. TensorFlow.js's own second derivatives are
 * wrong, without an error, for tanh, sigmoid, exp and softmax. One product costs
 * about two gradients, the first one three: what was decided is kept up to 256 MB on
 * the tensorflow backend, and recorded anew beyond that.
 *
 * Under batch statistics the Hessian is the mean of those of the batches.
 *
 * @param options What is probed, over which parameters, and how.
 * @returns The matrix; dispose it when done.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If weights do not fit the objective.
 *
 * @example ½ mean (x·w − y)² for x = 3: its curvature in w is 9
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { hessian } from "./hessian.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[3]]), labels: tf.tensor1d([1]) };
 * const curvature = hessian({
 *   objective,
 *   data,
 *   weights: [[0.5], [0]],
 *   block: ({ role }) => role === "kernel",
 * });
 * const [product] = await curvature.apply(Float64Array.of(2));
 * ok(Math.abs(product! - 18) < 1e-6);
 * curvature.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: B. A. Pearlmutter, "Fast exact multiplication by the Hessian", 1994,
 * section 2, for the difference.
 */
export function hessian(options: CurvatureOperatorOptions): SharedOperator {
  const isForward = isForwardDifference(options);
  return curvatureOperator(options, (given, part) => {
    const gradients = (all: readonly tf.Tensor[]) => {
      const { loss, trained } = batchLoss(given, all, part.batch);
      return gradientVector(
        given.layout,
        tf.valueAndGrads(loss)(trained).grads,
      );
    };
    return part.freeze(() => gradients(part.at), (replay) => {
      const ahead = replay(() => gradients(part.ahead));
      if (isForward) return ahead;
      const behind = replay(() => gradients(part.behind));
      return tf.div(tf.sub(ahead, behind), part.width);
    });
  }, isForward);
}

/** Whether gradients are taken on one side; refuses what float32 is too coarse for. */
function isForwardDifference(
  { difference = "central", precision }: CurvatureOperatorOptions,
): boolean {
  if (difference !== "central" && difference !== "forward") {
    throw new RangeError(
      `difference must be "central" or "forward", got ${show(difference)}`,
    );
  }
  const isSingle = precision === "float32" || !currentTensorFlowBackend();
  if (difference === "forward" && isSingle) {
    throw new RangeError(
      'difference "forward" needs float64 on the tensorflow backend: use "central"',
    );
  }
  return difference === "forward";
}

/** How a Hessian product with frozen switches compares with differences that are not. */
export interface HessianCheck {
  /**
   * ‖a − b‖/‖a‖ of the products without frozen switches at ε and ε/10: the error
   * bar of the check itself. Where it is large, kinks were crossed.
   */
  readonly pair: number;
  /** ‖a − f‖/‖f‖ of the one at ε/10 and the frozen one f. */
  readonly difference: number;
  /** Kernels with kinks that could not be frozen. */
  readonly unfrozen: readonly string[];
}

/**
 * Checks a Hessian product with frozen switches against plain central differences,
 * at ε = 1e-8‖w‖ and a tenth of it.
 *
 * @param options What is probed; `switches` and `step` are ignored.
 * @param vector A vector of the operator that {@linkcode hessian} makes.
 * @throws {RangeError} On another backend than tensorflow: float32 is too coarse.
 */
export async function checkHessian(
  options: CurvatureOperatorOptions,
  vector: Float64Array,
  control: ProbeControl = {},
): Promise<HessianCheck> {
  const { step: _, ...rest } = options;
  const product = async (own: Partial<CurvatureOperatorOptions>) => {
    const operator = hessian({ ...rest, precision: "float64", ...own });
    try {
      const value = await operator.apply(vector, control);
      return { value, unfrozen: operator.unfrozen };
    } finally {
      operator.dispose();
    }
  };
  const frozen = await product({ switches: "frozen" });
  const coarse = await product({ switches: "free", step: 1e-8 });
  const fine = await product({ switches: "free", step: 1e-9 });
  const distance = (a: Float64Array, b: Float64Array) =>
    norm(plus(a, -1, b)) / (norm(b) || 1);
  return {
    pair: distance(fine.value, coarse.value),
    difference: distance(fine.value, frozen.value),
    unfrozen: frozen.unfrozen,
  };
}
