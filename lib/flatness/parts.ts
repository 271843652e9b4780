/**
 * Measures over data in parts, so that examples give an error bar.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type ProbeControl, quietly } from "../probes/control.ts";
import type { CurvatureOperatorOptions } from "../probes/curvature_operator.ts";
import { hessian } from "../probes/hessian.ts";
import {
  lossSurface,
  type SharedSurface,
  type SurfaceValue,
} from "../probes/loss_surface.ts";
import type { CurvatureOperator } from "../probes/operator.ts";
import type { ProbeOptions } from "../probes/problem.ts";
import { add, dot } from "../probes/vectors.ts";
import type { ResidentSplit } from "../training/resident_data.ts";

/** Data in parts. */
export interface Parts {
  /** The parts, in order, each about as large. */
  readonly splits: readonly ResidentSplit[];
  /** Frees the parts. */
  dispose(): void;
}

/**
 * Divides data into parts of consecutive examples.
 *
 * @param wanted How many, if there are as many examples.
 */
export function divide(
  { count, inputs, labels }: ResidentSplit,
  wanted: number,
): Parts {
  const parts = Math.min(wanted, count);
  const splits = Array.from({ length: parts }, (_, i) => {
    const from = Math.floor(count * i / parts);
    const length = Math.floor(count * (i + 1) / parts) - from;
    const take = (tensor: tf.Tensor) => tf.slice(tensor, from, length);
    return { count: length, inputs: take(inputs), labels: take(labels) };
  });
  return {
    splits,
    dispose: () => tf.dispose(splits.map((s) => [s.inputs, s.labels])),
  };
}

/** The mean over parts, each with its number of examples as weight. */
export function weighted(parts: Parts, values: readonly number[]): number {
  let sum = 0, count = 0;
  parts.splits.forEach((split, i) => {
    sum += split.count * values[i]!;
    count += split.count;
  });
  return sum / count;
}

/** The same of vectors. */
function meanVector(
  parts: Parts,
  vectors: readonly Float64Array[],
): Float64Array {
  const count = parts.splits.reduce((sum, split) => sum + split.count, 0);
  const mean = new Float64Array(vectors[0]!.length);
  parts.splits.forEach((split, i) => {
    add(mean, split.count / count, vectors[i]!);
  });
  return mean;
}

/** A loss surface over data in parts. */
export interface PartedSurface extends SharedSurface {
  /**
   * Does something with the surface, and keeps what each evaluation gave, by part and
   * point.
   */
  recorded<T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; calls: SurfaceValue[][][] }>;
  /** The gradient at the weights, of each part, and its mean. */
  gradients(
    control: ProbeControl,
  ): Promise<{ parts: Float64Array[]; mean: Float64Array }>;
}

/** The loss over data in parts; dispose it when done. */
export function partedSurface(
  options: ProbeOptions,
  parts: Parts,
): PartedSurface {
  const shared = lossSurface(options);
  const { layout, weights, problem } = shared;
  const surfaces = parts.splits.map((data) => shared.over(data));
  let calls: SurfaceValue[][][] | undefined;

  async function evaluateAll(
    points: readonly Float64Array[],
    control: ProbeControl = {},
  ): Promise<SurfaceValue[]> {
    const found: SurfaceValue[][] = [];
    for (const surface of surfaces) {
      found.push(await surface.evaluateAll(points, control));
    }
    calls?.push(found);
    const mean = (point: number, key: keyof SurfaceValue) =>
      weighted(parts, found.map((values) => values[point]![key]));
    return points.map((_, i) => ({
      loss: mean(i, "loss"),
      error: mean(i, "error"),
    }));
  }
  async function gradientParts(point: Float64Array, control: ProbeControl) {
    const found: { loss: number; gradient: Float64Array }[] = [];
    for (const surface of surfaces) {
      found.push(await surface.gradient(point, control));
    }
    const mean = meanVector(parts, found.map(({ gradient }) => gradient));
    return { found, mean };
  }
  return {
    layout,
    weights,
    problem,
    over: (data) => shared.over(data),
    evaluateAll,
    evaluate: async (point, control) =>
      (await evaluateAll([point], control))[0]!,
    async gradient(point, control = {}) {
      const { found, mean } = await gradientParts(point, control);
      return {
        loss: weighted(parts, found.map(({ loss }) => loss)),
        gradient: mean,
      };
    },
    async gradients(control) {
      const { found, mean } = await gradientParts(weights, control);
      return { parts: found.map(({ gradient }) => gradient), mean };
    },
    async recorded(work) {
      const own: SurfaceValue[][][] = [];
      calls = own;
      try {
        return { result: await work(), calls: own };
      } finally {
        calls = undefined;
      }
    },
    dispose: () => shared.dispose(),
  };
}

/** The Hessian over data in parts. */
export interface PartedHessian extends CurvatureOperator {
  /** vᵀ·H·v of each part, one row a product since the last call of this. */
  takeForms(): number[][];
}

/** The Hessian over data in parts; dispose it when done. */
export function partedHessian(
  options: CurvatureOperatorOptions,
  parts: Parts,
): PartedHessian {
  const shared = hessian(options);
  const operators = parts.splits.map((data) => shared.over(data));
  let forms: number[][] = [];
  return {
    size: shared.size,
    embed: (vector) => shared.embed(vector),
    restrict: (vector) => shared.restrict(vector),
    get unfrozen() {
      return shared.unfrozen;
    },
    async apply(vector, control = {}) {
      const products: Float64Array[] = [];
      for (const operator of operators) {
        products.push(await operator.apply(vector, quietly(control)));
      }
      forms.push(products.map((product) => dot(vector, product)));
      return meanVector(parts, products);
    },
    takeForms() {
      const taken = forms;
      forms = [];
      return taken;
    },
    dispose: () => shared.dispose(),
  };
}
