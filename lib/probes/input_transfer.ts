/**
 * Changes of an input as changes of the first layer's weights.
 *
 * @module
 */
import { checkPositive } from "./check.ts";
import { singularValues } from "./dense.ts";
import { type Patches, patchesOf, type Windowing } from "./patches.ts";
import { dot, norm } from "./vectors.ts";

/** A change of a kernel that does what a change of the input does. */
export interface Transfer {
  /** δK, of the kernel's shape, row-major. */
  readonly change: Float64Array;
  /**
   * How much of the effect it misses: ‖effect of δx − effect of δK‖/‖effect of δx‖. 0 for a
   * dense layer; 0 to 1 for a convolution.
   */
  readonly residual: number;
}

function checkInput(x: Float64Array, change: Float64Array): void {
  if (change.length !== x.length) {
    throw new TypeError(
      `the change must have the input's ${x.length} numbers, got ${change.length}`,
    );
  }
  if (!(norm(x) > 0)) {
    throw new RangeError(
      "the input must not be 0: no weights then do what a change of it does",
    );
  }
}

/**
 * The smallest change of a dense layer's weights that does to an input x what a change
 * δx of it does: δK = x·(δxᵀK)/‖x‖², so that xᵀ(K + δK) = (x + δx)ᵀK.
 *
 * In the paper's layout δW = W·δx·xᵀ/‖x‖². Its length is ‖Wδx‖/‖x‖ exactly. It holds for one
 * input: another is changed too, by its share along x.
 *
 * @param kernel K, `[inputs, outputs]`, row-major.
 * @throws {TypeError} If lengths do not fit.
 * @throws {RangeError} If x is 0.
 *
 * @example
 * ```ts
 * import { denseTransfer } from "./input_transfer.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const x = Float64Array.of(2, 0), dx = Float64Array.of(0, 1);
 * const { change } = denseTransfer(Float64Array.of(1, 5, 3, 4), x, dx);
 * deepStrictEqual([...change], [1.5, 2, 0, 0]); // 2·1.5 = 3 and 2·2 = 4, the second row
 * ```
 *
 * Reference: S. Seong et al., lemma 1, equation 2.
 */
export function denseTransfer(
  kernel: ArrayLike<number>,
  x: Float64Array,
  change: Float64Array,
): Transfer {
  checkInput(x, change);
  const outputs = kernel.length / x.length;
  if (!(Number.isInteger(outputs) && outputs > 0)) {
    throw new TypeError(
      `the kernel must have a row for each of ${x.length} inputs, got ${kernel.length} numbers`,
    );
  }
  const effect = new Float64Array(outputs);
  change.forEach((d, i) => {
    for (let o = 0; o < outputs; o++) {
      effect[o] = effect[o]! + d * kernel[i * outputs + o]!;
    }
  });
  const square = dot(x, x);
  return {
    change: Float64Array.from(
      { length: kernel.length },
      (_, k) => x[Math.floor(k / outputs)]! * effect[k % outputs]! / square,
    ),
    residual: 0,
  };
}

/** The windows of an image as rows. */
function rowsOf({ count, size, places }: Patches, image: Float64Array) {
  return Array.from(
    { length: count },
    (_, l) =>
      Float64Array.from(
        places.subarray(l * size, (l + 1) * size),
        (place) => place < 0 ? 0 : image[place]!,
      ),
  );
}

/**
 * The same for a convolution, as far as that is possible: δK = P⁺·ΔP·K, where P has the
 * windows of x as rows and ΔP those of δx, P⁺ being the pseudo-inverse.
 *
 * All windows share the kernel, so there are more equations than unknowns: no change
 * of the kernel does exactly what δx does, but for images of few windows, or δx = c·x.
 * The lemma carries over only to the layer's matrix without shared weights; the
 * residual says what is lost.
 *
 * @param kernel `[height, width, channels, filters]`, row-major, and its shape.
 * @param image The shape of the input.
 * @throws {TypeError} If shapes do not fit.
 * @throws {RangeError} If x is 0.
 *
 * @example Two windows, one weight: δx = (1, 0) beside x = (1, 1) is half missed
 * ```ts
 * import { convolutionTransfer } from "./input_transfer.ts";
 * import { ok } from "node:assert";
 *
 * const kernel = { values: [2], shape: [1, 1, 1, 1] };
 * const x = Float64Array.of(1, 1), dx = Float64Array.of(1, 0);
 * const { change, residual } = convolutionTransfer(kernel, [2, 1, 1], x, dx);
 * ok(Math.abs(change[0]! - 1) < 1e-12);
 * ok(Math.abs(residual - Math.SQRT1_2) < 1e-12);
 * ```
 */
export function convolutionTransfer(
  kernel: { values: ArrayLike<number>; shape: readonly number[] },
  image: readonly number[],
  x: Float64Array,
  change: Float64Array,
  windowing: Windowing = {},
): Transfer {
  checkInput(x, change);
  const patches = patchesOf(image, kernel.shape, windowing);
  const { size } = patches;
  const filters = kernel.shape[3]!;
  const windows = rowsOf(patches, x);
  /** Rows times a `[size, filters]` matrix. */
  const times = (rows: readonly Float64Array[], matrix: ArrayLike<number>) =>
    rows.map((row) => {
      const result = new Float64Array(filters);
      row.forEach((value, q) => {
        if (value === 0) return;
        for (let f = 0; f < filters; f++) {
          result[f] = result[f]! + value * matrix[q * filters + f]!;
        }
      });
      return result;
    });
  const effect = times(rowsOf(patches, change), kernel.values);
  const { values, left, right } = singularValues(windows);
  const least = 1e-12 * Math.max(...values) * Math.max(windows.length, size);
  const result = new Float64Array(size * filters);
  values.forEach((value, k) => {
    if (value <= least) return;
    const u = left[k]!, v = right[k]!;
    for (let f = 0; f < filters; f++) {
      const share = effect.reduce((sum, row, l) => sum + u[l]! * row[f]!, 0) /
        value;
      for (let q = 0; q < size; q++) {
        result[q * filters + f] = result[q * filters + f]! + v[q]! * share;
      }
    }
  });
  const reached = times(windows, result);
  let missed = 0, whole = 0;
  effect.forEach((row, l) =>
    row.forEach((value, f) => {
      whole += value * value;
      missed += (value - reached[l]![f]!) ** 2;
    })
  );
  return {
    change: result,
    residual: whole === 0 ? 0 : Math.sqrt(missed / whole),
  };
}

/**
 * How large a change of a dense layer's weights a change of an input can stand for:
 * ‖δK‖_F ≤ σmax·‖δx‖/‖x‖, with equality for δx along the top singular vector.
 *
 * So changes within ‖δx‖ < δ·‖x‖/σmax stand for changes of weights shorter than δ.
 *
 * @param spectralNorm σmax of the layer.
 * @param changeLength ‖δx‖.
 * @param inputLength ‖x‖ > 0.
 * @throws {RangeError} If the input's length is not > 0.
 *
 * @example
 * ```ts
 * import { transferBound } from "./input_transfer.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(transferBound(3, 0.5, 2), 0.75);
 * ```
 *
 * Reference: S. Seong et al., proposition 1.
 */
export function transferBound(
  spectralNorm: number,
  changeLength: number,
  inputLength: number,
): number {
  checkPositive("inputLength", inputLength);
  return spectralNorm * changeLength / inputLength;
}
