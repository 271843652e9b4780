/**
 * The statistics of batch normalisation at points of weight space.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../runtime/compile.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Batch } from "../training/objective.ts";
import { gather } from "../training/resident_data.ts";
import { type ProbeControl, quietly } from "./control.ts";
import { type BatchFunction, overBatches } from "./over_batches.ts";
import { parametersIn, type Problem } from "./problem.ts";

/** A batch's own statistics, in order. */
export function batchStatistics(
  { objective }: Problem,
  parameters: readonly Tensor[],
  batch: Batch,
): Tensor[] {
  return objective.loss(parameters, batch, {
    training: true,
    batchStatistics: true,
    dropout: false,
  }).statistics;
}

/** Puts the statistics of a problem's normalisation into points. */
export interface Statistics {
  /** The point with the statistics that the normalisation asks for. */
  at(point: Float64Array, control?: ProbeControl): Promise<Float64Array>;
  /** Frees the compiled function. */
  dispose(): void;
}

/** Makes {@linkcode Statistics}. */
export function statisticsOf(given: Problem): Statistics {
  const { layout, weights, normalisation, calibration, precision } = given;
  const slices = layout.slices.filter(({ role }) => role === "statistic");
  const size = slices.reduce((sum, slice) => sum + slice.size, 0);
  const compiled = compile<BatchFunction>(
    ({ inputs, labels }, indices, point) => {
      const batch = gather(inputs, labels, indices);
      const found = batchStatistics(given, parametersIn(layout, point!), batch);
      return tf.concat(found.map((s) => tf.reshape(s, [-1])));
    },
    { precision },
  );

  /** Means of the batches' own statistics, one after the other. */
  async function recalibrated(
    point: Float64Array,
    control: ProbeControl,
  ): Promise<Float64Array> {
    const means = new Float64Array(size);
    await overBatches(
      given,
      calibration,
      [point],
      compiled,
      quietly(control),
      (values, length) => {
        const share = length / calibration.count;
        values.forEach((value, i) => means[i] = means[i]! + share * value);
      },
    );
    return means;
  }

  return {
    async at(point, control = {}) {
      if (size === 0) return point;
      const result = point.slice();
      const means = normalisation === "recalibrated"
        ? await recalibrated(point, control)
        : undefined;
      let at = 0;
      for (const { name, offset, size } of slices) {
        const own = result.subarray(offset, offset + size);
        if (means !== undefined) own.set(means.subarray(at, at += size));
        else if (normalisation !== "interpolated") {
          own.set(weights.subarray(offset, offset + size));
        } else if (/variance(:\d+)?$/.test(name)) {
          own.forEach((value, i) => own[i] = Math.max(0, value));
        }
      }
      return result;
    },
    dispose: () => compiled.dispose(),
  };
}
