/**
 * Relative flatness of a layer.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import { checkCount } from "./check.ts";
import { quietly, repeat } from "./control.ts";
import type { CurvatureOperatorOptions } from "./curvature_operator.ts";
import { hessian } from "./hessian.ts";
import { flattenParameters, parameterLayout } from "./parameter_layout.ts";
import type { Estimate, TraceOptions } from "./trace.ts";
import { dot, signs } from "./vectors.ts";

/**
 * A random vector v = z ⊗ (Wᵀr) of a kernel, of which the mean of vᵀ·H·v is κ.
 *
 * @param index Tells vectors of one seed apart.
 */
export function flatnessVector(
  kernel: Float64Array,
  outputs: number,
  seed: number,
  index: number,
): Float64Array {
  const inputs = kernel.length / outputs;
  const random = randomStream(seed, Purpose.probes, 7, index);
  const z = signs(inputs, random), r = signs(inputs, random);
  const mixed = new Float64Array(outputs);
  kernel.forEach((weight, k) => {
    const s = k % outputs;
    mixed[s] = mixed[s]! + r[Math.floor(k / outputs)]! * weight;
  });
  return kernel.map((_, k) =>
    z[Math.floor(k / outputs)]! * mixed[k % outputs]!
  );
}

/**
 * Relative flatness of a layer: κ = Σ_{s,s'} ⟨w_s, w_s'⟩·Tr H_{s,s'}, where w_s are the
 * weights of output s (a column of the kernel, of a convolution one filter) and
 * H_{s,s'} is the part of the Hessian between those of two outputs. The larger, the
 * sharper.
 *
 * It does not change when layers are rescaled and the function stays the same. It is
 * estimated from random signs z (one an input) and r: with v = z ⊗ (Wᵀr) the mean of
 * vᵀ·H·v is κ.
 *
 * @param options What is probed; `block` is ignored.
 * @param name The kernel's name in the objective, such as `b/kernel`. Its last axis
 * counts outputs.
 * @returns κ and its standard error.
 * @throws {RangeError} If there is no such kernel, or fewer than 2 products.
 *
 * @example One output: κ = ‖w‖²·Tr H, here 2²·3²
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { relativeFlatness } from "./relative_flatness.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const { name } = objective.parameters[0]!;
 * const data = { count: 1, inputs: tf.tensor2d([[3]]), labels: tf.tensor1d([1]) };
 * const options = { objective, data, weights: [[2], [0]] };
 * const { value } = await relativeFlatness(options, name, { products: 2 });
 * ok(Math.abs(value - 36) < 1e-5);
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: H. Petzka et al., 2021, arXiv 2001.00939, definition 3.
 */
export async function relativeFlatness(
  options: CurvatureOperatorOptions,
  name: string,
  probing: TraceOptions = {},
): Promise<Estimate> {
  const { products = 32, seed = 0 } = probing;
  checkCount("products", products, 2);
  const { objective, weights } = options;
  const layout = parameterLayout(objective.parameters);
  const slice = layout.slices.find((s) =>
    s.name === name && s.role === "kernel" && s.shape.length >= 2
  );
  if (slice === undefined) {
    const kernels = layout.slices.filter((s) => s.role === "kernel");
    throw new RangeError(
      `name must be that of a kernel (${
        kernels.map((s) => s.name).join(", ")
      }), got ${name}`,
    );
  }
  const { offset, size } = slice;
  const kernel = flattenParameters(layout, weights)
    .subarray(offset, offset + size);
  const outputs = slice.shape.at(-1)!;
  const matrix = hessian({ ...options, block: (s) => s.name === name });
  const terms: number[] = [];
  try {
    await repeat(products, "relative flatness", probing, async (i) => {
      const v = flatnessVector(kernel, outputs, seed, i);
      terms.push(dot(v, await matrix.apply(v, quietly(probing))));
    });
  } finally {
    matrix.dispose();
  }
  const value = terms.reduce((sum, x) => sum + x, 0) / products;
  const squares = terms.reduce((sum, x) => sum + (x - value) ** 2, 0);
  return {
    value,
    standardError: Math.sqrt(squares / (products - 1) / products),
  };
}
