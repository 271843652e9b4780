/**
 * Parameters as one flat vector.
 *
 * @module
 */
import type { StoredTensor } from "../files/safetensors.ts";
import type { ParameterSpec, Role } from "../models/network.ts";

/** The place of one parameter in the flat vector. */
export interface ParameterSlice {
  /** Its name. */
  readonly name: string;
  /** What it does. */
  readonly role: Role;
  /** Its shape. */
  readonly shape: readonly number[];
  /**
   * The axes that together count its filters (output units): most often one;
   * two for depthwise kernels; none where the whole parameter is one filter.
   */
  readonly filterAxes: readonly number[];
  /** Where it begins in the vector. */
  readonly offset: number;
  /** How many numbers it has. */
  readonly size: number;
}

/** How an objective's parameters, statistics included, make one vector. */
export interface ParameterLayout {
  /** The parameters, in the objective's order. */
  readonly slices: readonly ParameterSlice[];
  /** The length of the vector. */
  readonly size: number;
}

/** The axes of a parameter that count its filters. */
function filterAxes(
  { name, shape, filterAxis }: ParameterSpec,
): readonly number[] {
  // [height, width, channels, multiplier]: an output for each of the last two.
  if (/(^|\/)depthwise_kernel(:\d+)?$/.test(name) && shape.length === 4) {
    return [2, 3];
  }
  return filterAxis === null ? [] : [filterAxis];
}

/**
 * The flat vector of some parameters: they follow each other in their order, each
 * in row-major order.
 *
 * @param parameters Of an objective or a network.
 *
 * @example A dense layer from 3 inputs to 2 outputs
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { parameterLayout } from "./parameter_layout.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const network = mlp({ inputShape: [3], outputs: 2 });
 * const { size, slices } = parameterLayout(network.parameters);
 * strictEqual(size, 8);
 * deepStrictEqual(slices.map((slice) => slice.offset), [0, 6]);
 * deepStrictEqual(slices[0]!.filterAxes, [1]); // a kernel is [inputs, outputs]
 * ```
 */
export function parameterLayout(
  parameters: readonly ParameterSpec[],
): ParameterLayout {
  let end = 0;
  const slices = parameters.map((parameter) => {
    const { name, role, shape } = parameter;
    const size = shape.reduce((product, n) => product * n, 1);
    const offset = end;
    end += size;
    return {
      name,
      role,
      shape,
      filterAxes: filterAxes(parameter),
      offset,
      size,
    };
  });
  return { slices, size: end };
}

/** The slices that are trained: all but running statistics. */
export function trainedSlices({ slices }: ParameterLayout): ParameterSlice[] {
  return slices.filter(({ role }) => role !== "statistic");
}

/**
 * The filter of each number of a parameter, and how many filters there are.
 *
 * @example A kernel of 2 inputs and 3 outputs has 3 filters, its columns
 * ```ts
 * import { filtersOf } from "./parameter_layout.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { filters, count } = filtersOf({ shape: [2, 3], filterAxes: [1], size: 6 });
 * deepStrictEqual([[...filters], count], [[0, 1, 2, 0, 1, 2], 3]);
 * ```
 */
export function filtersOf(
  { shape, filterAxes, size }: Pick<
    ParameterSlice,
    "shape" | "filterAxes" | "size"
  >,
): { filters: Int32Array; count: number } {
  const filters = new Int32Array(size);
  let count = 1;
  for (const axis of filterAxes) {
    const length = shape[axis]!;
    const stride = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
    for (let i = 0; i < size; i++) {
      filters[i] = filters[i]! * length + Math.floor(i / stride) % length;
    }
    count *= length;
  }
  return { filters, count };
}

/** Values of parameters: an array each, in order, or by name as a run keeps them. */
export type ParameterValues =
  | readonly ArrayLike<number>[]
  | Readonly<Record<string, StoredTensor>>;

/** Whether values come in order. */
function isList(
  values: ParameterValues,
): values is readonly ArrayLike<number>[] {
  return Array.isArray(values);
}

/** Values by name in the order of a layout. */
function inOrder(
  { slices }: ParameterLayout,
  values: Readonly<Record<string, StoredTensor>>,
): ArrayLike<number>[] {
  return slices.map(({ name }) => {
    if (!Object.hasOwn(values, name)) {
      throw new TypeError(
        `weights must have ${name}, got ${Object.keys(values).join(", ")}`,
      );
    }
    return values[name]!.values;
  });
}

/**
 * Parameters' values as one vector of doubles.
 *
 * @param layout Where each goes.
 * @param given One array a parameter in order, or tensors by name; other names are
 * passed over.
 * @throws {TypeError} If their number, names or lengths do not fit.
 */
export function flattenParameters(
  layout: ParameterLayout,
  given: ParameterValues,
): Float64Array {
  const { slices, size } = layout;
  const values = isList(given) ? given : inOrder(layout, given);
  if (values.length !== slices.length) {
    throw new TypeError(
      `weights must be ${slices.length} arrays, one a parameter, got ${values.length}`,
    );
  }
  const vector = new Float64Array(size);
  slices.forEach((slice, i) => {
    if (values[i]!.length !== slice.size) {
      throw new TypeError(
        `weights of ${slice.name} must be ${slice.size} numbers, got ${
          values[i]!.length
        }`,
      );
    }
    vector.set(values[i]!, slice.offset);
  });
  return vector;
}
