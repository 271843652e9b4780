/**
 * What Hessian, Gauss–Newton and Fisher products share: central differences along
 * a direction, batch by batch.
 *
 * @module
 */
import type { Tensor } from "../runtime/tensor.ts";
import type { ResidentSplit } from "../training/resident_data.ts";
import { type BatchProduct, batchProducts } from "./batch_products.ts";
import { type ProbeControl, quietly } from "./control.ts";
import type { CurvatureOperator, SharedOperator } from "./operator.ts";
import { overBatches } from "./over_batches.ts";
import { parameterBlock } from "./parameter_block.ts";
import type { ParameterSlice } from "./parameter_layout.ts";
import {
  checkVector,
  type ProbeOptions,
  type Problem,
  problem,
} from "./problem.ts";
import { statisticsOf } from "./statistics.ts";
import { add, norm, scaled } from "./vectors.ts";

/** What curvature is measured, and how. */
export interface CurvatureOperatorOptions extends ProbeOptions {
  /**
   * Which parameters the matrix is over, such as those of one layer. Statistics
   * never are.
   *
   * @default {all that are trained}
   */
  readonly block?: (slice: ParameterSlice) => boolean;
  /**
   * Whether rectifiers and max-pooling keep the decisions that they take at the
   * weights (`frozen`), so that no difference counts a kink as curvature, or not
   * (`free`).
   *
   * @default {"frozen"}
   */
  readonly switches?: "frozen" | "free";
  /**
   * The length ε of the difference, as a multiple of the weights' norm.
   *
   * @default {1e-6 in float64, 1e-4 in float32; 1e-8 in float64 with free switches or
   * forward differences}
   */
  readonly step?: number;
  /**
   * Of the Hessian: whether gradients are taken on both sides of the weights
   * (`central`), or on one, for a little more than half the price (`forward`). In
   * float64 the error is then about 1e-7 instead of 1e-8, far below the residuals of
   * eigenvectors and the errors of traces.
   *
   * @default {"central"}
   */
  readonly difference?: "central" | "forward";
}

function checkStep(step: number): void {
  if (!(step > 0 && step < 1)) {
    throw new RangeError(`step must be > 0 and < 1, got ${step}`);
  }
}

/**
 * An operator from what each batch adds to a product.
 *
 * @param product The batch's mean as a vector of all parameters, statistics 0.
 * @param isForward Whether that is a gradient ahead, of which the one at the weights is
 * to be taken off.
 */
export function curvatureOperator(
  options: CurvatureOperatorOptions,
  product: (given: Problem, part: BatchProduct) => Tensor,
  isForward: boolean = false,
): SharedOperator {
  const given = problem(options);
  const { layout, precision, normalisation } = given;
  const { switches = "frozen", block = () => true } = options;
  if (switches !== "frozen" && switches !== "free") {
    throw new RangeError(
      `switches must be "frozen" or "free", got ${JSON.stringify(switches)}`,
    );
  }
  const { size, embed, restrict } = parameterBlock(layout, block);
  const step = options.step ??
    (precision === "float32"
      ? 1e-4
      : switches === "frozen" && !isForward
      ? 1e-6
      : 1e-8);
  checkStep(step);
  const products = batchProducts(given, product, switches);
  const statistics = statisticsOf(given);

  const over = (
    data: ResidentSplit,
    weights: Float64Array,
  ): CurvatureOperator => {
    const epsilon = step * (norm(weights) || 1);
    const owner = {};
    let point: Promise<Float64Array> | undefined;
    let base: Promise<Float64Array> | undefined;
    /** The mean of the batches' shares, for a shift of the weights. */
    const meanAt = async (shift: Float64Array, control: ProbeControl) => {
      point ??= normalisation === "frozen"
        ? Promise.resolve(weights)
        : statistics.at(weights);
      const sum = new Float64Array(layout.size);
      await overBatches(
        given,
        data,
        [await point, shift, Float64Array.of(2 * epsilon)],
        products.pass(owner),
        quietly(control),
        (numbers, count) => add(sum, count / data.count, numbers),
      );
      return sum;
    };
    return {
      size,
      embed,
      restrict,
      get unfrozen() {
        return products.unfrozen();
      },
      async apply(vector, control = {}) {
        const full = embed(vector);
        const length = norm(full);
        if (length === 0) return new Float64Array(size);
        const shift = full.map((x) => x / length * epsilon);
        if (!isForward) {
          return restrict(scaled(await meanAt(shift, control), length));
        }
        base ??= meanAt(new Float64Array(layout.size), control);
        const here = await base;
        const ahead = await meanAt(shift, control);
        add(ahead, -1, here);
        return restrict(scaled(ahead, length / epsilon));
      },
      dispose() {
        products.dispose();
        statistics.dispose();
      },
    };
  };
  // A spread would read `unfrozen` once for all.
  return Object.assign(over(given.data, given.weights), {
    over: (data: ResidentSplit) => over(data, given.weights),
    at(weights: Float64Array) {
      checkVector("weights", given, weights);
      return over(given.data, weights);
    },
  });
}
