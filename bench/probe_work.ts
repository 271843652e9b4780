/**
 * Probes of the loss surface: a line of points over many images, and the spectrum of
 * the Hessian.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  eigenpairs,
  evaluateGrid,
  evenly,
  flattenParameters,
  hessian,
  hutchinson,
  linearChart,
  lossSurface,
} from "../lib/probes/mod.ts";
import { compile } from "../lib/runtime/compile.ts";
import { classification } from "../lib/training/objective.ts";
import { gather } from "../lib/training/resident_data.ts";
import { startingPoint } from "./sgd_step.ts";
import { waves } from "./waves.ts";
import type { Workload } from "./workloads.ts";

/** Images that are evaluated at a time. */
export const AT_A_TIME = 250;

/** The points of the line, as multiples of the direction. */
export const ALPHAS: readonly number[] = evenly(-1, 1, 11);

/** Products of the spectrum: Lanczos's steps, and random vectors of the trace. */
export const LANCZOS_STEPS = 40, TRACE_PROBES = 32, EIGENVALUES = 5;

/** Does the work, and tells what came out. */
export interface ProbeWork<Result> {
  step(): Promise<Result>;
  dispose(): void;
}

/** A direction of each parameter: a tenth of waves. */
export function direction(sizes: readonly number[]): Float32Array[] {
  return sizes.map((size) => waves(size).map((x) => 0.1 * x));
}

/** What a workload's probes are given. */
function given(workload: Workload) {
  const { network, batchSize } = workload;
  const start = startingPoint(workload);
  const data = {
    count: batchSize,
    inputs: tf.tensor(start.inputs, [batchSize, ...network.inputShape]),
    labels: tf.tensor1d(start.labels, "int32"),
  };
  return {
    objective: classification(network),
    data,
    weights: start.parameters,
    free: () => tf.dispose([data.inputs, data.labels]),
  };
}

/** The mean losses at the points of a line. */
export function lineWork(workload: Workload): ProbeWork<number[]> {
  const { free, ...problem } = given(workload);
  const surface = lossSurface({
    ...problem,
    precision: "float32",
    batchSize: AT_A_TIME,
  });
  const { slices } = surface.layout;
  const along = direction(slices.map(({ size }) => size));
  slices.forEach(({ role }, i) => role === "statistic" && along[i]!.fill(0));
  const chart = linearChart(surface.weights, [
    flattenParameters(surface.layout, along),
  ]);
  return {
    async step() {
      const surfaces = { train: surface };
      const { values } = await evaluateGrid({
        chart,
        axes: [ALPHAS],
        surfaces,
      });
      return values.train!.loss.map(Number);
    },
    dispose() {
      surface.dispose();
      free();
    },
  };
}

/** As many forward passes over the same images, at the same weights each time. */
export function forwardWork(workload: Workload): ProbeWork<number> {
  const { objective, data: { inputs, labels }, weights, free } = given(
    workload,
  );
  const parameters = weights.map((values, i) =>
    tf.tensor(values, [...objective.parameters[i]!.shape])
  );
  const forward = compile((
    source: { inputs: tf.Tensor; labels: tf.Tensor },
    indices: tf.Tensor1D,
    parameters: tf.Tensor[],
  ) => {
    const batch = gather(source.inputs, source.labels, indices);
    return objective.evaluate(parameters, batch).losses;
  });
  return {
    step() {
      let sum = 0;
      for (let pass = 0; pass < ALPHAS.length; pass++) {
        for (let at = 0; at < workload.batchSize; at += AT_A_TIME) {
          const indices = tf.range(at, at + AT_A_TIME, 1, "int32");
          const losses = forward({ inputs, labels }, indices, parameters);
          for (const loss of losses.dataSync()) sum += loss;
          tf.dispose([losses, indices]);
        }
      }
      return Promise.resolve(sum / ALPHAS.length / workload.batchSize);
    },
    dispose() {
      forward.dispose();
      tf.dispose(parameters);
      free();
    },
  };
}

/** The ends of a spectrum, and how well they are known. */
export interface Spectrum {
  eigenvalues: number[];
  residual: number;
  trace: number;
  standardError: number;
}

/** The largest eigenvalues and the trace of the Hessian, in double precision. */
export function spectrumWork(workload: Workload): ProbeWork<Spectrum> {
  const { free, ...problem } = given(workload);
  const matrix = hessian({ ...problem, difference: "forward" });
  return {
    async step() {
      const { largest } = await eigenpairs(matrix, {
        largest: EIGENVALUES,
        smallest: 0,
        iterations: LANCZOS_STEPS,
        tolerance: Number.MIN_VALUE,
      });
      const { trace } = await hutchinson(matrix, { products: TRACE_PROBES });
      return {
        eigenvalues: largest.map(({ value }) => value),
        residual: Math.max(...largest.map(({ residual }) => residual)),
        trace: trace.value,
        standardError: trace.standardError,
      };
    },
    dispose() {
      matrix.dispose();
      free();
    },
  };
}
