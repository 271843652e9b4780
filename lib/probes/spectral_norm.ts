/**
 * The largest singular value of a layer.
 *
 * @module
 */
import type { ProbeControl } from "./control.ts";
import { eigenpairs } from "./eigenpairs.ts";
import { patchesOf, type Windowing } from "./patches.ts";
import { norm, scaled } from "./vectors.ts";

/** A largest singular value and its vectors: K·right = value·left. */
export interface SingularValue {
  /** σmax. */
  readonly value: number;
  /** In the space of inputs, of length 1. */
  readonly right: Float64Array;
  /** In the space of outputs, of length 1. */
  readonly left: Float64Array;
  /** How good it is: that of the eigenvalue σ² of KᵀK, relative. */
  readonly residual: number;
}

/** A linear map and its transpose. */
interface LinearMap {
  inputs: number;
  forward(x: Float64Array): Float64Array;
  backward(y: Float64Array): Float64Array;
}

async function largest(
  map: LinearMap,
  { signal, onProgress }: ProbeControl,
): Promise<SingularValue> {
  const { largest: [pair] } = await eigenpairs({
    size: map.inputs,
    apply: (x) => Promise.resolve(map.backward(map.forward(x))),
  }, {
    largest: 1,
    smallest: 0,
    iterations: 300,
    tolerance: 1e-10,
    signal,
    onProgress,
  });
  const image = map.forward(pair!.vector);
  const value = norm(image);
  return {
    value,
    right: pair!.vector,
    left: value === 0 ? image : scaled(image, 1 / value),
    residual: pair!.residual,
  };
}

/**
 * The largest singular value of a dense layer x ↦ xᵀ·K.
 *
 * @param kernel K, `[inputs, outputs]`, row-major.
 * @param outputs The number of columns.
 * @throws {TypeError} If the kernel is not whole rows.
 *
 * @example A diagonal matrix
 * ```ts
 * import { denseSpectralNorm } from "./spectral_norm.ts";
 * import { ok } from "node:assert";
 *
 * const { value, right } = await denseSpectralNorm([3, 0, 0, -5], 2);
 * ok(Math.abs(value - 5) < 1e-12);
 * ok(Math.abs(Math.abs(right[1]!) - 1) < 1e-12);
 * ```
 */
export function denseSpectralNorm(
  kernel: ArrayLike<number>,
  outputs: number,
  control: ProbeControl = {},
): Promise<SingularValue> {
  const inputs = kernel.length / outputs;
  if (!(Number.isInteger(inputs) && inputs > 0)) {
    throw new TypeError(
      `the kernel must be rows of ${outputs} numbers, got ${kernel.length} numbers`,
    );
  }
  return largest({
    inputs,
    forward(x) {
      const y = new Float64Array(outputs);
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < outputs; o++) {
          y[o] = y[o]! + x[i]! * kernel[i * outputs + o]!;
        }
      }
      return y;
    },
    backward: (y) =>
      Float64Array.from({ length: inputs }, (_, i) => {
        let sum = 0;
        for (let o = 0; o < outputs; o++) {
          sum += y[o]! * kernel[i * outputs + o]!;
        }
        return sum;
      }),
  }, control);
}

/**
 * The largest singular value of a convolution as a linear map from images to images:
 * the norm of the matrix without shared weights, not that of the kernel.
 *
 * @param kernel `[height, width, channels, filters]`, row-major, and its shape.
 * @param image The shape of its input, `[height, width, channels]`.
 * @throws {TypeError} If shapes do not fit.
 *
 * @example A kernel of one weight multiplies each pixel by it
 * ```ts
 * import { convolutionSpectralNorm } from "./spectral_norm.ts";
 * import { ok } from "node:assert";
 *
 * const kernel = { values: [-3], shape: [1, 1, 1, 1] };
 * const { value } = await convolutionSpectralNorm(kernel, [2, 2, 1]);
 * ok(Math.abs(value - 3) < 1e-12);
 * ```
 *
 * Reference: H. Sedghi, V. Gupta, P. Long, 2019, arXiv 1805.10408, for the singular
 * values of that matrix; here by Lanczos's iteration, whatever the padding.
 */
export function convolutionSpectralNorm(
  kernel: { values: ArrayLike<number>; shape: readonly number[] },
  image: readonly number[],
  options: Windowing & ProbeControl = {},
): Promise<SingularValue> {
  const { values, shape } = kernel;
  const { count, size, places } = patchesOf(image, shape, options);
  const filters = shape[3]!;
  const inputs = image.reduce((product, n) => product * n, 1);
  /** Does something with each product of an input and a weight. */
  const over = (work: (place: number, weight: number, out: number) => void) => {
    for (let l = 0; l < count; l++) {
      for (let q = 0; q < size; q++) {
        const place = places[l * size + q]!;
        if (place < 0) continue;
        for (let f = 0; f < filters; f++) {
          work(place, values[q * filters + f]!, l * filters + f);
        }
      }
    }
  };
  return largest({
    inputs,
    forward(x) {
      const y = new Float64Array(count * filters);
      over((place, weight, out) => y[out] = y[out]! + x[place]! * weight);
      return y;
    },
    backward(y) {
      const x = new Float64Array(inputs);
      over((place, weight, out) => x[place] = x[place]! + y[out]! * weight);
      return x;
    },
  }, options);
}
