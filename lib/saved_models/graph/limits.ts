/**
 * How much a graph of a file may compute.
 *
 * @module
 */

/** Limits of one run of a graph. */
interface Limits {
  /** The most numbers of one result. */
  readonly largest: number;
  /** Numbers of all results that are left. */
  numbers: number;
  /** Multiplications that are left. */
  products: number;
}

/** Without a limit but that of memory: of graphs that were tried. */
const open: Limits = {
  largest: 2 ** 31,
  numbers: Infinity,
  products: Infinity,
};

let limits = open;

/** The number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * Does something that computes a graph for one or two examples, within limits: the
 * numbers of its results and the products in them. What a small file asks for is small,
 * whatever sizes are written in it.
 *
 * @param weights How many numbers the file has.
 * @param input How many one example has.
 */
export function withinLimits<T>(
  weights: number,
  input: number,
  work: () => T,
): T {
  const before = limits;
  const numbers = Math.min(2 ** 28, 2 ** 22 + 256 * (weights + input));
  limits = {
    largest: Math.min(2 ** 25, numbers),
    numbers,
    products: Math.min(2 ** 36, 2 ** 27 + 16 * weights * input),
  };
  try {
    return work();
  } finally {
    limits = before;
  }
}

/**
 * Refuses shapes that no memory holds, before memory is taken.
 *
 * @throws {SyntaxError} If it is one.
 */
export function checkShape(shape: readonly number[]): void {
  const isShape = shape.every((size) =>
    Number.isSafeInteger(size) && size >= 0
  );
  if (!isShape || !(sizeOf(shape) <= limits.largest)) {
    throw new SyntaxError(`a result would have the shape [${shape}]`);
  }
}

/**
 * Counts the numbers of a result.
 *
 * @throws {SyntaxError} If they are too many.
 */
export function countNumbers(shape: readonly number[]): void {
  limits.numbers -= sizeOf(shape);
  if (!(limits.numbers >= 0)) {
    throw new SyntaxError("the results of all operations are too large");
  }
}

/**
 * Counts products before they are computed.
 *
 * @throws {SyntaxError} If they are too many.
 */
export function countProducts(count: number): void {
  limits.products -= count;
  if (!(limits.products >= 0)) {
    throw new SyntaxError("the operations take too many multiplications");
  }
}
