/**
 * The first layer.
 *
 * @module
 */
import { denseSpectralNorm } from "../probes/spectral_norm.ts";
import type { Measure } from "./subject.ts";

/** σmax of the first layer's kernel; of a convolution as a map of one window. */
export const spectralNormMeasure: Measure = {
  names: ["spectralNormFirstLayer"],
  passes: () => 0,
  async take({ surface: { layout, weights } }, control) {
    const first = layout.slices.find(({ role, shape }) =>
      role === "kernel" && shape.length >= 2
    );
    const [axis, ...others] = first?.filterAxes ?? [];
    // Of other kernels it is not one matrix from inputs to outputs.
    const isLast = axis === (first?.shape.length ?? 0) - 1 &&
      others.length === 0;
    if (first === undefined || !isLast) {
      const note = "the first layer is neither dense nor a convolution";
      return {
        passes: 0,
        values: { spectralNormFirstLayer: { value: null, error: null, note } },
      };
    }
    const { offset, size, shape, name } = first;
    const kernel = weights.subarray(offset, offset + size);
    const { value, residual } = await denseSpectralNorm(
      kernel,
      shape.at(-1)!,
      control,
    );
    return {
      passes: 0,
      values: {
        spectralNormFirstLayer: {
          value,
          // No double is known better than to its last digit.
          error: value * Math.max(residual / 2, Number.EPSILON),
          note: shape.length === 2
            ? `of ${name}`
            : `of ${name}, from one window to the filters`,
        },
      },
    };
  },
};
