import type { ParameterLayout, ParameterSlice } from "./parameter_layout.ts";

/** Some of the trained parameters, as a vector of their own. */
export interface ParameterBlock {
  /** How many they are. */
  readonly size: number;
  /** A vector of all parameters from one of the block's; the others are 0. */
  embed(vector: Float64Array): Float64Array;
  /** The block's numbers of a vector of all parameters. */
  restrict(vector: Float64Array): Float64Array;
}

/**
 * The block of the parameters that are chosen; statistics never are.
 *
 * @throws {RangeError} If none is chosen.
 */
export function parameterBlock(
  layout: ParameterLayout,
  choose: (slice: ParameterSlice) => boolean,
): ParameterBlock {
  const slices = layout.slices.filter((slice) =>
    slice.role !== "statistic" && choose(slice)
  );
  const size = slices.reduce((sum, slice) => sum + slice.size, 0);
  if (size === 0) {
    throw new RangeError("block must choose at least one trained parameter");
  }
  return {
    size,
    embed(vector) {
      if (vector.length !== size) {
        throw new TypeError(
          `a vector of this operator must have ${size} numbers, got ${vector.length}`,
        );
      }
      const full = new Float64Array(layout.size);
      let at = 0;
      for (const slice of slices) {
        full.set(vector.subarray(at, at += slice.size), slice.offset);
      }
      return full;
    },
    restrict(vector) {
      const part = new Float64Array(size);
      let at = 0;
      for (const { offset, size } of slices) {
        part.set(vector.subarray(offset, offset + size), at);
        at += size;
      }
      return part;
    },
  };
}
