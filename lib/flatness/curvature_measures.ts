/**
 * The Hessian's spectrum.
 *
 * @module
 */
import { quietly, repeat } from "../probes/control.ts";
import { eigenpairs } from "../probes/eigenpairs.ts";
import { hutchinson } from "../probes/trace.ts";
import { meansOfColumns, standardError, together } from "./statistics.ts";
import { type Measure, PRODUCT } from "./subject.ts";

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
