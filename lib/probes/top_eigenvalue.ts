/**
 * The largest curvature along a training, and the learning rate that it allows.
 *
 * @module
 */
import type { ResidentSplit } from "../training/resident_data.ts";
import type { Measure, Telemetry } from "../training/telemetry.ts";
import { checkCount, checkPositive } from "./check.ts";
import type { CurvatureOperatorOptions } from "./curvature_operator.ts";
import { eigenpairs } from "./eigenpairs.ts";
import { hessian } from "./hessian.ts";
import type { SharedOperator } from "./operator.ts";
import { flattenParameters, parameterLayout } from "./parameter_layout.ts";
import { takeSnapshot } from "./snapshot.ts";

/** Options of {@linkcode topEigenvalue}. */
export interface TopEigenvalueOptions
  extends Pick<CurvatureOperatorOptions, "normalisation"> {
  /** Steps between measurements, an integer ≥ 1. */
  readonly every: number;
  /** What the loss is over; the caller keeps it. @default {the training split} */
  readonly data?: ResidentSplit;
  /** The most products of a measurement. @default {60} */
  readonly iterations?: number;
  /** A measurement ends when its residual is no larger, > 0. @default {1e-3} */
  readonly tolerance?: number;
}

/** η·λ. */
const atRate: NonNullable<Measure["atRate"]> = (
  { topEigenvalue },
  learningRate,
) => ({
  rateTimesCurvature: learningRate * topEigenvalue!,
});

/**
 * Measures the largest eigenvalue λ of the Hessian along a training: of the mean loss
 * over all examples, without dropout and augmentation, with frozen switches in double
 * precision ({@linkcode hessian}), by Lanczos's iteration, which begins at the
 * eigenvector of the measurement before.
 *
 * Records get `topEigenvalue` (λ), `topEigenvalueResidual` (‖H·v − λ·v‖/|λ|) and
 * `rateTimesCurvature` (η·λ, η the rate of the step, from a schedule or a controller).
 * Gradient descent on a parabola diverges if η·λ > 2 ({@linkcode stabilityLimit}); on
 * networks λ rises until η·λ is about 2 and hovers there (the edge of stability).
 * Coupled weight decay δ adds δ to λ, which is not counted here.
 *
 * A measurement costs two gradients in double precision over all of the data for each
 * product, of which a few are enough once it has a vector to begin with. A training that
 * was stopped and resumed begins with none, so its numbers may differ within the
 * tolerance.
 *
 * @param options How often, and over what.
 * @returns Telemetry for `train`; steps may not be taken in micro-batches.
 * @throws {RangeError} If an option is out of range.
 *
 * @example ½ (3w − 3)², whose curvature in w and the bias is 3² + 1
 * ```ts
 * import { momentum } from "../optimizers/sgd.ts";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { constant } from "../schedules/constant.ts";
 * import { regression } from "../training/objective.ts";
 * import { residentData } from "../training/resident_data.ts";
 * import { train } from "../training/train.ts";
 * import { topEigenvalue } from "./top_eigenvalue.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const data = residentData({
 *   name: "a point",
 *   shape: [1],
 *   train: { count: 1, inputs: Float32Array.of(3), labels: Float32Array.of(3) },
 * });
 * const training = train({
 *   objective: regression(mlp({ inputShape: [1], outputs: 1 })),
 *   data,
 *   optimizer: momentum({ momentum: 0 }),
 *   learningRate: constant({ value: 0.1 }),
 *   batchSize: 1,
 *   epochs: 2,
 *   seed: 0,
 *   telemetry: topEigenvalue({ every: 1 }),
 * });
 * let next = await training.next();
 * for (; !next.done; next = await training.next()) {
 *   if (!("measured" in next.value)) continue;
 *   const { topEigenvalue, rateTimesCurvature } = next.value.measured!;
 *   strictEqual(topEigenvalue!.toFixed(4), "10.0000");
 *   strictEqual(rateTimesCurvature!.toFixed(4), "1.0000");
 * }
 * next.value.parameters.forEach((parameter) => parameter.dispose());
 * data.dispose();
 * ```
 *
 * Reference: J. Cohen, S. Kaur, Y. Li, J. Z. Kolter, A. Talwalkar, 2021,
 * arXiv 2103.00065, sections 2 and 3.
 */
export function topEigenvalue(options: TopEigenvalueOptions): Telemetry {
  const { every, iterations = 60, tolerance = 1e-3, normalisation = "frozen" } =
    options;
  checkCount("every", every);
  checkCount("iterations", iterations);
  checkPositive("tolerance", tolerance);
  return {
    spec: {
      kind: "topEigenvalue",
      every,
      examples: options.data?.count ?? null,
      iterations,
      tolerance,
      normalisation,
    },
    every,
    prepare({ objective, data: { train } }) {
      const data = options.data ?? train;
      const layout = parameterLayout(objective.parameters);
      const before = new Map<number, Float64Array>();
      let shared: SharedOperator | undefined;
      return {
        async of(parameters, _, { run, learningRate } = { run: 0 }) {
          const { values } = takeSnapshot(parameters);
          shared ??= hessian({
            objective,
            data,
            weights: values,
            normalisation,
          });
          const matrix = shared.at(flattenParameters(layout, values));
          const start = before.get(run);
          const { largest: [top] } = await eigenpairs(matrix, {
            largest: 1,
            smallest: 0,
            iterations,
            tolerance,
            ...start === undefined ? {} : { start },
          });
          before.set(run, top!.vector);
          const found = {
            topEigenvalue: top!.value,
            topEigenvalueResidual: top!.residual,
          };
          return learningRate === undefined
            ? found
            : { ...found, ...atRate(found, learningRate) };
        },
        atRate,
        dispose: () => shared?.dispose(),
      };
    },
  };
}
