/**
 * Relative flatness of a network's last layer, exactly.
 *
 * @module
 */
import { compile } from "../runtime/compile.ts";
import { gather } from "../training/resident_data.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import { type BatchFunction, overBatches } from "./over_batches.ts";
import type { ParameterSlice } from "./parameter_layout.ts";
import { parametersIn, type ProbeOptions, problem } from "./problem.ts";
import { dot } from "./vectors.ts";

/** How far outputs may be from what the layer's inputs give, of the largest of them. */
const TOLERANCE = 1e-3;

/** Some columns of the unit matrix as a kernel: its outputs are inputs of the layer. */
function selector([inputs, outputs]: readonly number[], from: number) {
  const kernel = new Float64Array(inputs! * outputs!);
  for (let o = 0; o < outputs! && from + o < inputs!; o++) {
    kernel[(from + o) * outputs! + o] = 1;
  }
  return kernel;
}

/** Σ p_s‖w_s‖² − ‖Σ p_s·w_s‖², p the softmax of outputs. */
function spread(outputs: Float64Array, columns: readonly Float64Array[]) {
  const most = Math.max(...outputs);
  const powers = outputs.map((z) => Math.exp(z - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const mean = new Float64Array(columns[0]!.length);
  let squares = 0;
  columns.forEach((column, s) => {
    const share = powers[s]! / total;
    squares += share * dot(column, column);
    column.forEach((w, i) => mean[i] = mean[i]! + share * w);
  });
  return squares - dot(mean, mean);
}

/** The dense kernel of a name. */
function denseKernel(slices: readonly ParameterSlice[], name: string) {
  const found = slices.find((slice) =>
    slice.name === name && slice.role === "kernel" && slice.shape.length === 2
  );
  if (found === undefined) {
    throw new RangeError(`name must be that of a dense kernel, got ${name}`);
  }
  return found;
}

/**
 * Relative flatness of the last layer in closed form: what {@linkcode relativeFlatness}
 * estimates, without random numbers and Hessian products.
 *
 * With φ the layer's input, W its kernel and p the softmax of its outputs,
 * H_{s,s'} = mean of (p_s·δ_{s,s'} − p_s·p_s')·φφᵀ, so
 * κ = mean of ‖φ‖²·(Σ_s p_s·‖w_s‖² − ‖Σ_s p_s·w_s‖²); of least squares
 * κ = mean of ‖φ‖²·‖W‖². The inputs φ are read by putting columns of the unit matrix
 * in the kernel's place: as many passes as inputs over outputs, and two.
 *
 * @param options What is probed; statistics of normalisation must be frozen.
 * @param name The kernel's name in the objective, such as `output/kernel`.
 * @returns κ ≥ 0.
 * @throws {RangeError} If there is no such kernel, or the layer is not the last, or the
 * objective is neither a classification nor a regression.
 *
 * @example Least squares of one output: κ = ‖w‖²·mean ‖φ‖², here 2²·3²
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lastLayerFlatness } from "./last_layer_flatness.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const { name } = objective.parameters[0]!;
 * const data = { count: 1, inputs: tf.tensor2d([[3]]), labels: tf.tensor1d([1]) };
 * const options = { objective, data, weights: [[2], [0]] };
 * const value = await lastLayerFlatness(options, name);
 * ok(Math.abs(value - 36) < 1e-5);
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: H. Petzka et al., 2021, arXiv 2001.00939, definition 3.
 */
export async function lastLayerFlatness(
  options: ProbeOptions,
  name: string,
  control: ProbeControl = {},
): Promise<number> {
  const given = problem(options);
  const { objective: { head }, layout, weights, data, normalisation } = given;
  if (head === undefined || normalisation !== "frozen") {
    throw new RangeError(
      "the last layer's flatness is that of a classification or a regression with frozen statistics",
    );
  }
  const { offset, size, shape } = denseKernel(layout.slices, name);
  const [inputs, outputs] = shape as [number, number];
  const compiled = compile<BatchFunction>(
    ({ inputs, labels }, indices, point) => {
      const batch = gather(inputs, labels, indices);
      return head.outputs(parametersIn(layout, point!), batch.inputs);
    },
    { precision: given.precision },
  );
  /** The outputs of all examples, one after the other, with another kernel. */
  const outputsWith = async (kernel: Float64Array) => {
    const vector = weights.slice();
    vector.set(kernel, offset);
    const all: number[] = [];
    await overBatches(
      given,
      data,
      [vector],
      compiled,
      quietly(control),
      (values) => all.push(...values),
    );
    return Float64Array.from(all);
  };
  const own = weights.slice(offset, offset + size);
  const columns = Array.from(
    { length: outputs },
    (_, s) => own.filter((_, k) => k % outputs === s),
  );
  try {
    const actual = await outputsWith(own);
    const bias = await outputsWith(new Float64Array(size));
    if (actual.length !== data.count * outputs) {
      throw new RangeError(`${name} must be the last layer's kernel`);
    }
    const squares = new Float64Array(data.count);
    const rest = actual.map((value, k) => value - bias[k]!);
    await repeat(
      Math.ceil(inputs / outputs),
      "relative flatness",
      control,
      async (part) => {
        const from = part * outputs;
        const found = await outputsWith(selector(shape, from));
        for (let k = 0; k < found.length; k++) {
          const i = from + k % outputs;
          if (i >= inputs) continue;
          const n = Math.floor(k / outputs), phi = found[k]! - bias[k]!;
          squares[n] = squares[n]! + phi * phi;
          columns.forEach((column, s) => {
            const at = n * outputs + s;
            rest[at] = rest[at]! - phi * column[i]!;
          });
        }
      },
    );
    const largest = actual.reduce((most, z) => Math.max(most, Math.abs(z)), 0);
    if (rest.some((value) => Math.abs(value) > TOLERANCE * largest)) {
      throw new RangeError(`${name} must be the last layer's kernel`);
    }
    const whole = columns.reduce((sum, w) => sum + dot(w, w), 0);
    const terms = squares.map((square, n) =>
      square * (head.kind === "leastSquares" ? whole : spread(
        actual.subarray(n * outputs, (n + 1) * outputs),
        columns,
      ))
    );
    return terms.reduce((sum, term) => sum + term, 0) / data.count;
  } finally {
    compiled.dispose();
  }
}
