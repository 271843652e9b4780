/**
 * The Hessian's spectrum.
 *
 * @module
 */
import { quietly, repeat } from "../probes/control.ts";
import { eigenpairs } from "../probes/eigenpairs.ts";
import { flatnessVector } from "../probes/relative_flatness.ts";
import { hutchinson } from "../probes/trace.ts";
import { dot } from "../probes/vectors.ts";
import { standardError, together } from "./statistics.ts";
import { type Measure, PRODUCT } from "./subject.ts";

/** The mean of each column. */
function meansOfColumns(rows: readonly (readonly number[])[]): number[] {
  return rows[0]!.map((_, column) =>
    rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length
  );
}

/** The ends of the spectrum. */
export const eigenvalueMeasure: Measure = {
  names: ["hessianTopEigenvalues", "hessianSmallestEigenvalue"],
  needsGradient: true,
  passes: ({ iterations, eigenvalues }) =>
    PRODUCT * (iterations + eigenvalues + 1),
  async take(subject, control) {
    const { effort: { eigenvalues, iterations }, seed } = subject;
    const operator = subject.hessian();
    const found = await eigenpairs(operator, {
      largest: eigenvalues,
      smallest: 1,
      iterations,
      seed,
      ...control,
    });
    const pairs = [...found.largest, ...found.smallest];
    operator.takeForms();
    await repeat(pairs.length, "error bars of eigenvalues", control, (i) => {
      const product = operator.apply(pairs[i]!.vector, quietly(control));
      return product.then(() => {});
    });
    // To first order an eigenvalue moves by vᵀ(H' − H)v when the data do.
    const size = Math.max(...pairs.map(({ value }) => Math.abs(value)));
    const errors = operator.takeForms().map((forms, i) =>
      together(standardError(forms), pairs[i]!.residual * size)
    );
    const note = found.converged
      ? {}
      : { note: `not converged after ${found.products} products` };
    return {
      passes: PRODUCT * (found.products + pairs.length),
      values: {
        hessianTopEigenvalues: {
          value: found.largest.map(({ value }) => value),
          error: errors.includes(null)
            ? null
            : errors.slice(0, found.largest.length) as number[],
          ...note,
        },
        hessianSmallestEigenvalue: {
          value: found.smallest[0]!.value,
          error: errors.at(-1)!,
          ...note,
        },
      },
    };
  },
};

/** Trace and Frobenius norm. */
export const traceMeasure: Measure = {
  names: ["hessianTrace", "hessianFrobeniusNorm"],
  needsGradient: true,
  passes: ({ products }) => PRODUCT * products,
  async take(subject, control) {
    const { effort: { products }, seed } = subject;
    const operator = subject.hessian();
    operator.takeForms();
    const { trace, frobeniusNorm } = await hutchinson(operator, {
      products,
      seed,
      ...control,
    });
    const byPart = meansOfColumns(operator.takeForms());
    return {
      passes: PRODUCT * products,
      values: {
        hessianTrace: {
          value: trace.value,
          error: together(trace.standardError, standardError(byPart)),
        },
        hessianFrobeniusNorm: {
          value: frobeniusNorm.value,
          error: frobeniusNorm.standardError,
          note: "the error is of the random vectors alone",
        },
      },
    };
  },
};

/** Relative flatness of the last layer. */
export const relativeFlatnessMeasure: Measure = {
  names: ["relativeFlatness"],
  needsGradient: true,
  passes: ({ products }) => PRODUCT * Math.ceil(products / 2),
  async take(subject, control) {
    const { effort: { products }, seed, surface } = subject;
    const last = surface.layout.slices.findLast(({ role, shape }) =>
      role === "kernel" && shape.length >= 2
    );
    if (last === undefined) {
      const note = "there is no layer with a kernel";
      return {
        passes: 0,
        values: { relativeFlatness: { value: null, error: null, note } },
      };
    }
    const count = Math.max(2, Math.ceil(products / 2));
    const { offset, size, shape } = last;
    const kernel = surface.weights.subarray(offset, offset + size);
    const operator = subject.hessian();
    operator.takeForms();
    const terms: number[] = [];
    await repeat(count, "relative flatness", control, async (i) => {
      const full = new Float64Array(surface.layout.size);
      full.set(flatnessVector(kernel, shape.at(-1)!, seed, i), offset);
      const vector = operator.restrict(full);
      terms.push(dot(vector, await operator.apply(vector, quietly(control))));
    });
    const byPart = meansOfColumns(operator.takeForms());
    return {
      passes: PRODUCT * count,
      values: {
        relativeFlatness: {
          value: terms.reduce((sum, x) => sum + x, 0) / count,
          error: together(standardError(terms), standardError(byPart)),
          note: `of ${last.name}`,
        },
      },
    };
  },
};
