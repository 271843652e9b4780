/**
 * Exact nearest neighbours.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkCount } from "./check.ts";
import { type ProbeControl, repeat } from "./control.ts";

/** Options of {@linkcode nearestNeighbours}. */
export interface NeighbourOptions extends ProbeControl {
  /** How many neighbours. @default {10} */
  readonly count?: number;
  /** Queries at a time. @default {256} */
  readonly blockSize?: number;
}

/** Rows without the mean of all, and their squared lengths. */
function centred(
  rows: Float32Array,
  mean: Float64Array,
): { rows: Float32Array; squares: Float64Array } {
  const size = mean.length;
  const result = new Float32Array(rows.length);
  const squares = new Float64Array(rows.length / size);
  rows.forEach((value, i) => {
    const x = Math.fround(value - mean[i % size]!);
    result[i] = x;
    const row = Math.floor(i / size);
    squares[row] = squares[row]! + x * x;
  });
  return { rows: result, squares };
}

/** The value that `count` of the numbers do not exceed. */
function smallestOf(values: Float64Array, count: number): number {
  const least: number[] = [];
  for (const value of values) {
    if (least.length === count && value >= least.at(-1)!) continue;
    let at = least.length;
    while (at > 0 && least[at - 1]! > value) at--;
    least.splice(at, 0, value);
    if (least.length > count) least.pop();
  }
  return least.at(-1)!;
}

/**
 * The nearest points (Euclidean) of each query, the nearest first; of equally near
 * ones the first.
 *
 * Distances ‖a‖² + ‖b‖² − 2·a·b come from matrix products of blocks in float32; all points
 * that rounding could have kept from being neighbours are measured again in double
 * precision, so the result is exact.
 *
 * @param queries `[n, size]`, row-major.
 * @param points `[m, size]`, row-major, m ≥ count.
 * @param size Numbers a row.
 * @returns Indices of points, `[n, count]`, row-major.
 * @throws {TypeError} If the arrays are not whole rows.
 * @throws {RangeError} If there are fewer points than neighbours.
 *
 * @example
 * ```ts
 * import { initialize } from "../runtime/initialize.ts";
 * import { nearestNeighbours } from "./nearest_neighbours.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const points = Float32Array.of(0, 10, 4);
 * const found = await nearestNeighbours(Float32Array.of(5), points, 1, { count: 2 });
 * deepStrictEqual([...found], [2, 0]);
 * ```
 */
export async function nearestNeighbours(
  queries: Float32Array,
  points: Float32Array,
  size: number,
  options: NeighbourOptions = {},
): Promise<Int32Array> {
  const { count = 10, blockSize = 256 } = options;
  checkCount("size", size);
  checkCount("count", count);
  checkCount("blockSize", blockSize);
  const n = queries.length / size, m = points.length / size;
  if (n % 1 !== 0 || m % 1 !== 0) {
    throw new TypeError(
      `queries and points must be rows of ${size} numbers, got ${queries.length} and ${points.length} numbers`,
    );
  }
  if (m < count) {
    throw new RangeError(`points must be at least ${count}, got ${m}`);
  }
  // Near 0 products of floats are more exact.
  const mean = new Float64Array(size);
  points.forEach((x, i) => mean[i % size] = mean[i % size]! + x / m);
  const a = centred(queries, mean), b = centred(points, mean);
  const largest = b.squares.reduce((x, y) => Math.max(x, y), 0);
  const found = new Int32Array(n * count);
  const columns = tf.tensor2d(b.rows, [m, size]);
  const distance = (query: number, point: number): number => {
    let sum = 0;
    for (let k = 0; k < size; k++) {
      sum += (queries[query * size + k]! - points[point * size + k]!) ** 2;
    }
    return sum;
  };
  const distances = new Float64Array(m);
  const one = (query: number, products: Float32Array) => {
    const own = a.squares[query]!;
    for (let j = 0; j < m; j++) {
      distances[j] = own + b.squares[j]! - 2 * products[j]!;
    }
    // Of a product of rows, and of the centring: each number to half a unit.
    const rounding = (size + 8) * 2 ** -22 *
      (Math.sqrt(own * largest) + own + largest);
    const limit = smallestOf(distances, count) + 2 * rounding;
    const candidates: { point: number; exact: number }[] = [];
    distances.forEach((d, point) => {
      if (d <= limit) candidates.push({ point, exact: distance(query, point) });
    });
    candidates.sort((x, y) => x.exact - y.exact || x.point - y.point);
    for (let k = 0; k < count; k++) {
      found[query * count + k] = candidates[k]!.point;
    }
  };
  try {
    const blocks = Math.ceil(n / blockSize);
    await repeat(blocks, "neighbours", options, (block) => {
      const start = block * blockSize;
      const length = Math.min(blockSize, n - start);
      const products = tf.tidy(() => {
        const rows = a.rows.subarray(start * size, (start + length) * size);
        const queries = tf.tensor2d(rows, [length, size]);
        return tf.matMul(queries, columns, false, true).dataSync();
      }) as Float32Array;
      for (let i = 0; i < length; i++) {
        one(start + i, products.subarray(i * m, (i + 1) * m));
      }
    });
  } finally {
    columns.dispose();
  }
  return found;
}
